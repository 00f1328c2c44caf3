"""Verifying receipts as anybody can: with the public keys alone."""

import json
from collections.abc import Mapping
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from deploy.local.rehearsal.door import Person

ALGORITHM = "Ed25519"


async def receipt_keys(anybody: Person) -> KeySet:
    """The keys that receipts are signed with."""
    return KeySet.import_key_set(await anybody.get("/intake/v1/receipt-keys"))


def signed_content(receipt: Mapping[str, Any], keys: KeySet) -> Mapping[str, Any] | None:
    """What the receipt's signature says, or None when it is not from one of ``keys``."""
    try:
        found = jws.deserialize_compact(receipt["signature"], keys, algorithms=[ALGORITHM])
    except (JoseError, ValueError, KeyError):
        return None
    content = json.loads(found.payload)
    return content if isinstance(content, dict) else None
