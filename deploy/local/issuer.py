"""An OIDC issuer for one machine: ``python -m deploy.local.issuer --port 8180 --key-file issuer.jwk``.

It gives a token to whoever asks on loopback; the production profile refuses a plain-http issuer.
"""

import argparse
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

import uvicorn
from fastapi import APIRouter, FastAPI, Form, HTTPException
from fastapi.responses import RedirectResponse
from joserfc import jwt
from joserfc.jwk import OKPKey
from pydantic import BaseModel
from starlette.middleware.trustedhost import TrustedHostMiddleware

from deploy.local.keys import load_key
from deploy.local.part import Part
from deploy.local.ports import LOOPBACK
from deploy.local.program import Program
from shared.auth.caller import Role
from shared.healthcheck import answers
from shared.settings import DEVELOPMENT_SECRET_PREFIX

AUDIENCE = "kcity"
LIFETIME_SECONDS = 3600
DEVELOPMENT_GRANT = "urn:kcity:development"
CLIENT_CREDENTIALS = "client_credentials"

MACHINES: Mapping[str, Mapping[str, Any]] = {
    "kcity-system": {"roles": [Role.SYSTEM]},
    "kcity-operator": {"roles": [Role.OPERATOR]},
}
"""Development clients by id; the secret of each is ``development-<id>``."""


class TokenRequest(BaseModel):
    """The form of ``/token``; lists are separated by spaces or commas."""

    grant_type: str
    subject: str = ""
    roles: str = ""
    organisation_id: UUID | Literal[""] = ""
    tracks: str = ""
    scope: str = ""
    expires_in: int = LIFETIME_SECONDS
    client_id: str = ""
    client_secret: str = ""


def mint(
    key: OKPKey,
    issuer: str,
    *,
    subject: str,
    roles: Sequence[str] = (),
    organisation_id: str | None = None,
    tracks: Sequence[str] = (),
    scope: str = "",
    expires_in: int = LIFETIME_SECONDS,
    **claims: Any,
) -> str:
    """A signed token (Ed25519). ``expires_in`` in seconds, negative for one that is over already.

    ``claims`` replace what stands there (``aud``, ``iat``, ``exp`` …), for tests of refusal.
    """
    now = int(time.time())
    content: dict[str, Any] = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": subject,
        "iat": now,
        "exp": now + expires_in,
    }
    content["roles"] = [str(role) for role in roles]
    if organisation_id:
        content["organisation_id"] = str(organisation_id)
    if tracks:
        content["tracks"] = list(tracks)
    if scope:
        content["scope"] = scope
    header = {"alg": "Ed25519", "kid": key.kid, "typ": "JWT"}
    return jwt.encode(header, content | claims, key, algorithms=["Ed25519"])


def public_keys(key: OKPKey) -> dict[str, Any]:
    """The JWKS document of the issuer."""
    return {"keys": [dict(key.as_dict(private=False))]}


def discovery(issuer: str) -> dict[str, Any]:
    """The OpenID configuration document. Source: OpenID Connect Discovery 1.0, section 3."""
    return {
        "issuer": issuer,
        "jwks_uri": f"{issuer}/jwks",
        "token_endpoint": f"{issuer}/token",
        "grant_types_supported": [CLIENT_CREDENTIALS, DEVELOPMENT_GRANT],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "id_token_signing_alg_values_supported": ["Ed25519"],
        "response_types_supported": ["token"],
        "subject_types_supported": ["public"],
    }


def create_app(key: OKPKey, issuer: str) -> FastAPI:
    """The issuer's HTTP side; only asked under a loopback name, so no web page can rebind its way in."""
    app = FastAPI(title="Development issuer", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[LOOPBACK, "localhost"])
    app.include_router(_documents(key, issuer))
    app.add_api_route("/token", _token_endpoint(key, issuer), methods=["POST"])
    return app


def _documents(key: OKPKey, issuer: str) -> APIRouter:
    router = APIRouter()
    router.add_api_route("/.well-known/openid-configuration", lambda: discovery(issuer))
    router.add_api_route("/jwks", lambda: public_keys(key))
    router.add_api_route("/health", lambda: {"status": "ok"})
    router.add_api_route("/ready", lambda: {"status": "ready"})
    router.add_api_route(
        "/", lambda: RedirectResponse("/.well-known/openid-configuration"), response_class=RedirectResponse
    )
    return router


def _token_endpoint(key: OKPKey, issuer: str) -> Callable[..., dict[str, Any]]:
    def token(asked: Annotated[TokenRequest, Form()]) -> dict[str, Any]:
        access_token = mint(key, issuer, expires_in=asked.expires_in, scope=asked.scope, **_claims(asked))
        return {
            "access_token": access_token,
            "token_type": "Bearer",
            "expires_in": asked.expires_in,
            "scope": asked.scope,
        }

    return token


def _claims(asked: TokenRequest) -> dict[str, Any]:
    """Who the token speaks for; refusals are OAuth's own words. Source: RFC 6749, section 5.2."""
    if asked.grant_type == DEVELOPMENT_GRANT:
        unknown = set(_words(asked.roles)) - set(Role)
        if not asked.subject or unknown:
            raise HTTPException(400, {"error": "invalid_request", "unknown_roles": sorted(unknown)})
        return {
            "subject": asked.subject,
            "roles": _words(asked.roles),
            "organisation_id": str(asked.organisation_id) or None,
            "tracks": _words(asked.tracks),
        }
    if asked.grant_type != CLIENT_CREDENTIALS:
        raise HTTPException(400, {"error": "unsupported_grant_type"})
    if asked.client_id not in MACHINES or asked.client_secret != DEVELOPMENT_SECRET_PREFIX + asked.client_id:
        raise HTTPException(401, {"error": "invalid_client"})
    return {"subject": asked.client_id, **MACHINES[asked.client_id]}


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


class Issuer(Part):
    """The issuer as a process of its own; its key lies in ``key_file``."""

    name: ClassVar[str] = "issuer"

    def __init__(self, folder: Path, port: int, key_file: Path | None = None) -> None:
        super().__init__(folder, port)
        self.key_file = key_file or self.folder / "issuer.jwk"

    @property
    def url(self) -> str:
        """The issuer's name and address."""
        return f"http://{LOOPBACK}:{self.port}"

    def program(self) -> Program:
        """Runs the ``main`` below."""
        module = (sys.executable, "-m", "deploy.local.issuer")
        return Program((*module, "--port", str(self.port), "--key-file", str(self.key_file)))

    def answers(self) -> bool:
        """Whether it shows its keys."""
        return answers(f"{self.url}/jwks")


def main() -> None:
    """Serve until SIGTERM or SIGINT."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.issuer", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--key-file", type=Path, required=True)
    parser.add_argument("--url", help="the name it gives itself; default: where it listens")
    chosen = parser.parse_args()
    issuer = chosen.url or f"http://{LOOPBACK}:{chosen.port}"
    app = create_app(load_key(chosen.key_file, kid_prefix="local-"), issuer)
    uvicorn.run(app, host=LOOPBACK, port=chosen.port, access_log=False, log_level="warning")


if __name__ == "__main__":
    main()
