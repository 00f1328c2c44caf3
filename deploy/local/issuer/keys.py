"""The issuer's keys: it signs with one, and publishes the former ones until every token that they signed is over."""

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from joserfc.jwk import OKPKey

from deploy.local.issuer.tokens import MOST_SECONDS
from deploy.local.keys import load_key, write_private

KID_PREFIX = "local-"
_CLOCKS_SECONDS = 300
"""How far the clocks of those who check tokens may be behind."""


class SigningKeys(Protocol):
    """What the issuer asks of its keys, anew for each request."""

    def signing(self) -> OKPKey:
        """The key that signs from now on."""

    def published(self) -> Sequence[OKPKey]:
        """Every key whose tokens may still hold, the signing one first."""


class OneKey:
    """A key that never changes."""

    def __init__(self, key: OKPKey) -> None:
        self._key = key

    def signing(self) -> OKPKey:
        """The key."""
        return self._key

    def published(self) -> Sequence[OKPKey]:
        """The key alone."""
        return (self._key,)


class KeyFile:
    """A private key in a file, the former ones' public halves beside it; both are read again when they change."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._signing = load_key(file, kid_prefix=KID_PREFIX)
        self._read_at = self._changed_at()

    @property
    def _former(self) -> Path:
        return self.file.with_suffix(".former.json")

    def signing(self) -> OKPKey:
        """The key in the file at this moment."""
        if (changed_at := self._changed_at()) != self._read_at:
            self._signing, self._read_at = load_key(self.file, kid_prefix=KID_PREFIX), changed_at
        return self._signing

    def published(self) -> Sequence[OKPKey]:
        """The signing key, and former ones until their last token is over."""
        now, signing = time.time(), self.signing()
        former = [OKPKey.import_key(one["jwk"]) for one in self._kept() if one["until"] > now]
        return (signing, *(key for key in former if key.kid != signing.kid))

    def rotate(self, *, withdraw: bool = False) -> OKPKey:
        """Sign with a fresh key from now on. ``withdraw``: former keys, and so all present tokens, stop counting."""
        until = time.time() + MOST_SECONDS + _CLOCKS_SECONDS
        present = {"jwk": self.signing().as_dict(private=False), "until": until}
        kept = [] if withdraw else [one for one in self._kept() if one["until"] > time.time()] + [present]
        write_private(self._former, json.dumps(kept))  # first: no key signs that was never published
        fresh = self.file.with_suffix(".fresh")
        fresh.unlink(missing_ok=True)
        load_key(fresh, kid_prefix=KID_PREFIX)
        fresh.replace(self.file)
        return self.signing()

    def _kept(self) -> list[Mapping[str, Any]]:
        if not self._former.exists():
            return []
        found: list[Mapping[str, Any]] = json.loads(self._former.read_text())
        return found

    def _changed_at(self) -> tuple[int, int]:
        facts = self.file.stat()
        return facts.st_mtime_ns, facts.st_ino
