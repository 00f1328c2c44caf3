"""Somebody at a front end, as the local issuer sees them."""

import base64
import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet

from deploy.local.issuer import Issuer

BACK = "http://localhost:5173/callback"
CLIENT = "kcity-front-end"


@dataclass
class Browser:
    """Somebody at a front end, who signs in and out."""

    issuer: Issuer
    verifier: str

    @property
    def request(self) -> dict[str, str]:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return {
            "client_id": CLIENT,
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid profile",
            "state": "state-1",
            "nonce": "nonce-1",
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }

    def ask(self, **changes: str) -> httpx.Response:
        return httpx.get(f"{self.issuer.url}/authorize", params={**self.request, **changes})

    def choose(self, person: str, **changes: str) -> httpx.Response:
        form = {**self.request, **changes, "person": person}
        return httpx.post(f"{self.issuer.url}/authorize", data=form)

    def code(self, person: str = "sample-officer-kaia") -> str:
        return returned(self.choose(person))["code"]

    def token(self, **form: str) -> httpx.Response:
        return httpx.post(f"{self.issuer.url}/token", data={"client_id": CLIENT, **form})

    def redeem(self, code: str, **changes: str) -> httpx.Response:
        form = {"code": code, "redirect_uri": BACK, "code_verifier": self.verifier, **changes}
        return self.token(grant_type="authorization_code", **form)

    def refresh(self, token: str, **changes: str) -> httpx.Response:
        return self.token(**{"grant_type": "refresh_token", "refresh_token": token, **changes})


def returned(answer: httpx.Response) -> dict[str, str]:
    """What the browser brings back to the front end."""
    assert answer.status_code == 303, answer.text
    address = urlsplit(answer.headers["location"])
    assert f"{address.scheme}://{address.netloc}{address.path}" == BACK
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def claims_of(issuer: Issuer, token: str) -> dict[str, object]:
    keys = KeySet.import_key_set(httpx.get(f"{issuer.url}/jwks").json())
    return dict(jwt.decode(token, keys, algorithms=["Ed25519"]).claims)


def refusal(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]
