"""Tokens as nobody should write them, signed with whatever key one likes."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import OKPKey

from shared.testing.issuer import TokenIssuer

ELSEWHERE = "https://keys.attacker.example/jwks"
INVALID, EXPIRED = "token-invalid", "token-expired"


@dataclass(frozen=True)
class Forger:
    """Writes tokens of ``issuer``, or that look so. ``stranger``: a key that the issuer never published."""

    issuer: TokenIssuer
    stranger: OKPKey

    @property
    def header(self) -> dict[str, Any]:
        return {"alg": "Ed25519", "kid": self.issuer.key.kid, "typ": "JWT"}

    def claims(self, **changes: Any) -> dict[str, Any]:
        now = int(time.time())
        usual = {"iss": self.issuer.url, "aud": "kcity", "sub": "eve", "iat": now, "exp": now + 60}
        return {**usual, "roles": ["operator"], **changes}

    def token(
        self,
        header: Mapping[str, Any] | bytes | None = None,
        claims: Mapping[str, Any] | bytes | None = None,
        *,
        key: OKPKey | None = None,
    ) -> str:
        """Signed by the issuer's own key unless another is given; bytes go in as they are."""
        signed = f"{_part(self.header if header is None else header)}.{_part(claims or self.claims())}"
        private = (key or self.issuer.key).private_key
        assert isinstance(private, Ed25519PrivateKey)
        return f"{signed}.{_encoded(private.sign(signed.encode()))}"

    def with_header(self, **more: Any) -> str:
        return self.token({**self.header, **more})

    def by_stranger(self, **more: Any) -> str:
        return self.token({**self.header, **more}, key=self.stranger)

    def by_public_key_as_secret(self) -> str:
        public = self.issuer.key.public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        signed = f"{_part({**self.header, 'alg': 'HS256'})}.{_part(self.claims())}"
        mac = hmac.HMAC(public, hashes.SHA256())
        mac.update(signed.encode())
        return f"{signed}.{_encoded(mac.finalize())}"

    def twice(self, name: str, first: Any) -> bytes:
        """Claims in which one stands twice, the honest value last."""
        return f"{{{json.dumps(name)}: {json.dumps(first)}, {json.dumps(self.claims())[1:]}".encode()


def _part(content: Mapping[str, Any] | bytes) -> str:
    return _encoded(content if isinstance(content, bytes) else json.dumps(content).encode())


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


Writing = Callable[[Forger], str]
FORGERIES: Mapping[str, tuple[Writing, str]] = {
    "alg none": (
        lambda f: f"{_part({'alg': 'none', 'kid': f.issuer.key.kid})}.{_part(f.claims())}.",
        INVALID,
    ),
    "alg none, signed": (lambda f: f.with_header(alg="none"), INVALID),
    "alg nOnE": (lambda f: f.with_header(alg="nOnE"), INVALID),
    "HS256 with the public key": (lambda f: f.by_public_key_as_secret(), INVALID),
    "the deprecated EdDSA": (lambda f: f.with_header(alg="EdDSA"), INVALID),
    "no algorithm": (lambda f: f.token({"kid": f.issuer.key.kid}), INVALID),
    "another audience": (lambda f: f.token(claims=f.claims(aud="another")), INVALID),
    "no audience": (lambda f: f.token(claims=f.claims(aud=[])), INVALID),
    "an identity token's audience": (lambda f: f.token(claims=f.claims(aud="kcity-front-end")), INVALID),
    "another issuer": (lambda f: f.token(claims=f.claims(iss="https://issuer.example")), INVALID),
    "the issuer with a slash": (lambda f: f.token(claims=f.claims(iss=f.issuer.url + "/")), INVALID),
    "not valid yet": (lambda f: f.token(claims=f.claims(nbf=int(time.time()) + 3600)), INVALID),
    "issued in the future": (lambda f: f.token(claims=f.claims(iat=int(time.time()) + 3600)), INVALID),
    "expired": (lambda f: f.token(claims=f.claims(exp=int(time.time()) - 3600)), EXPIRED),
    "expiring never": (lambda f: f.token(claims=f.claims(exp=None)), INVALID),
    "expiring beyond all time": (lambda f: f.token(claims=f.claims(exp=10**30)), INVALID),
    "expiring at infinity": (lambda f: f.token(claims=_claims_with(f, b'"exp": Infinity')), INVALID),
    "another key under the issuer's key id": (lambda f: f.by_stranger(), INVALID),
    "an unknown key id": (lambda f: f.by_stranger(kid="made-up"), INVALID),
    "no key id": (lambda f: f.token({"alg": "Ed25519"}), INVALID),
    "a key id that is a path": (lambda f: f.by_stranger(kid="../../dev/null"), INVALID),
    "a key id that is no text": (lambda f: f.with_header(kid=["a"]), INVALID),
    "a critical header": (lambda f: f.with_header(crit=["exp"], exp=1), INVALID),
    "an unencoded payload": (lambda f: f.with_header(b64=False, crit=["b64"]), INVALID),
    "its own key": (lambda f: f.by_stranger(jwk=f.stranger.as_dict(private=False)), INVALID),
    "its own key beside a good signature": (
        lambda f: f.with_header(jwk=f.stranger.as_dict(private=False)),
        INVALID,
    ),
    "the address of its key": (lambda f: f.by_stranger(jku=ELSEWHERE), INVALID),
    "the address of its key beside a good signature": (lambda f: f.with_header(jku=ELSEWHERE), INVALID),
    "the address of its certificate": (lambda f: f.by_stranger(x5u=ELSEWHERE), INVALID),
    "its own certificate": (lambda f: f.by_stranger(x5c=["MIIB"]), INVALID),
    "another type": (lambda f: f.with_header(typ="secevent+jwt"), INVALID),
    "8 KB of claims": (lambda f: f.token(claims=f.claims(more="x" * 8192)), INVALID),
    "a claim twice": (lambda f: f.token(claims=f.twice("sub", "somebody")), INVALID),
    "the roles twice": (lambda f: f.token(claims=f.twice("roles", ["ministry_officer"])), INVALID),
    "a header twice": (
        lambda f: f.token(b'{"alg": "none", ' + json.dumps(f.header).encode()[1:]),
        INVALID,
    ),
    "claims that are no JSON": (lambda f: f.token(claims=b"sub=eve"), INVALID),
    "claims that are a list": (lambda f: f.token(claims=b"[1]"), INVALID),
    "claims that are no text": (lambda f: f.token(claims=b"\xff\xfe"), INVALID),
    "claims nested 1,000 deep": (lambda f: f.token(claims=_nested(1_000)), INVALID),
    "claims nested 9 deep": (
        lambda f: f.token(claims=f.claims(a=json.loads(_nested(8)))),
        INVALID,
    ),
    "a header nested 1,000 deep": (lambda f: f.token(_nested(1_000)), INVALID),
    "a line break in the subject": (lambda f: f.token(claims=f.claims(sub="eve\nadmin")), INVALID),
    "a NUL in the subject": (lambda f: f.token(claims=f.claims(sub="eve\0")), INVALID),
    "a subject of 256 characters": (lambda f: f.token(claims=f.claims(sub="e" * 256)), INVALID),
    "a subject in look-alikes": (lambda f: f.token(claims=f.claims(sub="еve")), INVALID),
    "a subject that is a number": (lambda f: f.token(claims=f.claims(sub=7)), INVALID),
    "no subject": (lambda f: f.token(claims=f.claims(sub=None)), INVALID),
    "an organisation that is no id": (lambda f: f.token(claims=f.claims(organisation_id="*")), INVALID),
    "five parts, as if encrypted": (lambda f: f.token() + ".a.b", INVALID),
    "two parts": (lambda f: f.token().rpartition(".")[0], INVALID),
    "padding": (lambda f: f.token() + "==", INVALID),
    "a changed signature": (lambda f: f.token()[:-10] + "AAAAAAAAAA", INVALID),
    "nothing of all this": (lambda _: "x", INVALID),
}


def _claims_with(forger: Forger, claim: bytes) -> bytes:
    claims = forger.claims()
    del claims["exp"]
    return b"{" + claim + b", " + json.dumps(claims).encode()[1:]
