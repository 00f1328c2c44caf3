"""What the issuer publishes about itself."""

from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from deploy.local.issuer.clients import DEVELOPMENT_GRANT
from deploy.local.issuer.keys import SigningKeys
from shared.auth.scopes import scope_meanings

CLIENT_CREDENTIALS, AUTHORIZATION_CODE, REFRESH_TOKEN = (
    "client_credentials",
    "authorization_code",
    "refresh_token",
)
PEOPLES_SCOPES = ("openid", "profile")


def discovery(issuer: str) -> dict[str, Any]:
    """The OpenID configuration document. Source: OpenID Connect Discovery 1.0, section 3; RFC 8414; RFC 9207."""
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/logout",
        "grant_types_supported": [AUTHORIZATION_CODE, REFRESH_TOKEN, CLIENT_CREDENTIALS, DEVELOPMENT_GRANT],
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": [*PEOPLES_SCOPES, *(name for name, _ in scope_meanings())],
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "sid", "name"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["Ed25519"],
        "token_endpoint_auth_methods_supported": ["none", "client_secret_basic", "client_secret_post"],
        "ui_locales_supported": ["en", "ko"],
        "authorization_response_iss_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
    }


def documents(keys: SigningKeys, issuer: str) -> APIRouter:
    """Configuration, keys and health."""
    router = APIRouter()

    @router.get("/.well-known/openid-configuration")
    async def get_configuration() -> dict[str, Any]:
        return discovery(issuer)

    @router.get("/jwks")
    async def get_keys() -> dict[str, Any]:
        return {"keys": [key.as_dict(private=False) for key in keys.published()]}

    @router.get("/health")
    async def get_health() -> dict[str, str]:
        return {"status": "ok"}

    @router.get("/ready")
    async def get_readiness() -> dict[str, str]:
        return {"status": "ready"}

    @router.get("/")
    async def get_start() -> RedirectResponse:
        return RedirectResponse("/.well-known/openid-configuration")

    return router
