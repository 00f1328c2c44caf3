"""Signed receipts (Ed25519, JWS compact) and salted commitments."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Self, cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, KeySetSerialization, OKPKey

from shared.canonical import canonical_bytes
from shared.errors import DomainError, Kind

ALGORITHM: Final = "Ed25519"
SALT_BYTES = 32


class SignatureInvalid(DomainError):
    """The signature does not belong to these bytes and these keys."""

    kind = Kind.INVALID
    title = "The signature is not valid"

    def __init__(self) -> None:
        super().__init__("It was not signed by any of the keys given, or was changed since.")


class UnfitKey(ValueError):
    """The file holds no private Ed25519 key."""


class ReceiptSigner:
    """Signs with one private key; deterministic: the same payload gives the same bytes, so answers need no storing."""

    def __init__(self, key: OKPKey) -> None:
        if key.as_dict(private=False).get("crv") != ALGORITHM or not key.is_private:
            raise UnfitKey("a private Ed25519 key (JWK, kty OKP) is needed")
        key.ensure_kid()
        self._key = key
        self._private = cast("Ed25519PrivateKey", key.get_op_key("sign"))
        header = jws.serialize_compact(
            {"alg": ALGORITHM, "kid": str(key.kid)}, b"", key, algorithms=[ALGORITHM]
        )
        self._header = header.partition(".")[0].encode()

    @classmethod
    def from_jwk_file(cls, path: Path) -> Self:
        """Read a private JWK. Raises ``OSError`` when it cannot be read, ``UnfitKey`` when it is no such key."""
        try:
            key = OKPKey.import_key(json.loads(path.read_bytes()))
        except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnfitKey(f"{path.name} holds no Ed25519 JWK") from error
        return cls(key)

    @classmethod
    def generate(cls) -> Self:
        """A signer with a fresh key, for tests and one machine."""
        return cls(OKPKey.generate_key(ALGORITHM, auto_kid=True))

    @property
    def key_id(self) -> str:
        """The ``kid`` in every signature's header (RFC 7638 thumbprint unless the file names one)."""
        return str(self._key.kid)

    @property
    def private_jwk(self) -> dict[str, Any]:
        """The private key, for writing it to a key file."""
        return {**self._key.as_dict(private=True), "kid": self.key_id}

    @property
    def public_jwks(self) -> dict[str, Any]:
        """The key set that verifies these signatures, for publishing."""
        public = {**self._key.as_dict(private=False), "kid": self.key_id, "use": "sig", "alg": ALGORITHM}
        return {"keys": [public]}

    def sign(self, payload: Mapping[str, Any]) -> str:
        """JWS compact over the canonical JSON of ``payload``. Raises ``NotCanonical``."""
        return self.sign_canonical(canonical_bytes(payload))

    def sign_canonical(self, content: bytes) -> str:
        """JWS compact over ``content``, which is canonical JSON already. Put together by hand: RFC 7515, section 7.1."""
        signed = self._header + b"." + urlsafe_b64encode(content).rstrip(b"=")
        signature = urlsafe_b64encode(self._private.sign(signed)).rstrip(b"=")
        return (signed + b"." + signature).decode()


def verify(signature: str, jwks: Mapping[str, Any]) -> dict[str, Any]:
    """The payload of a JWS compact signed by one of ``jwks``. Raises ``SignatureInvalid``. Needs no network."""
    try:
        keys = KeySet.import_key_set(cast("KeySetSerialization", jwks))
        payload = json.loads(jws.deserialize_compact(signature, keys, algorithms=[ALGORITHM]).payload)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise SignatureInvalid from error
    if not isinstance(payload, dict):
        raise SignatureInvalid
    return payload


def commitment(salt: bytes, value: bytes) -> str:
    """Salted commitment, SHA-256(salt ‖ value) in hex: erasing value and salt later leaves every proof valid.

    ``salt`` has a fixed length (32 random bytes) for every commitment, so that the border cannot be moved.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(salt + value).hexdigest()
