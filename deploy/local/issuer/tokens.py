"""The tokens of the local issuer: access tokens for our services, identity tokens for whoever signed somebody in."""

import time
from collections.abc import Sequence
from typing import Any

from joserfc import jwt
from joserfc.jwk import OKPKey

AUDIENCE = "kcity"
LIFETIME_SECONDS = 3600
"""Of a token that a program asks for."""
SIGNED_IN_SECONDS = 300
"""Of a token of somebody who signed in, as in Keycloak's realm: front ends learn to refresh."""
MOST_SECONDS = 7 * 24 * 3600


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
    """A signed access token (Ed25519). ``expires_in`` in seconds, negative for one that is over already.

    ``claims`` replace what stands there (``aud``, ``iat``, ``exp`` …), for tests of refusal.
    """
    content: dict[str, Any] = _times(issuer, subject, expires_in) | {"aud": AUDIENCE}
    content["roles"] = [str(role) for role in roles]
    if organisation_id:
        content["organisation_id"] = str(organisation_id)
    if tracks:
        content["tracks"] = list(tracks)
    if scope:
        content["scope"] = scope
    return _signed(key, content | claims)


def mint_identity(key: OKPKey, issuer: str, *, subject: str, client_id: str, **claims: Any) -> str:
    """An identity token for ``client_id``; no service of ours takes it for an access token: its audience differs."""
    known = {name: value for name, value in claims.items() if value is not None}
    return _signed(key, _times(issuer, subject, SIGNED_IN_SECONDS) | {"aud": client_id} | known)


def _times(issuer: str, subject: str, expires_in: int) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": issuer, "sub": subject, "iat": now, "exp": now + expires_in}


def _signed(key: OKPKey, content: dict[str, Any]) -> str:
    return jwt.encode({"alg": "Ed25519", "kid": key.kid, "typ": "JWT"}, content, key, algorithms=["Ed25519"])
