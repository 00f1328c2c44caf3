"""Who a request says it is, found out once, before its route is known."""

from starlette.requests import Request
from starlette.types import Scope

from shared.auth.bearer import bearer_token
from shared.auth.caller import Caller
from shared.auth.verifier import TokenInvalid, TokenVerifier
from shared.errors import DomainError

_STATE = "identified"


async def identify(scope: Scope, tokens: TokenVerifier) -> Caller | None:
    """The caller of a bearer token; None without one, and for one that is refused later, where it is needed.

    What was found, a refusal too, is kept for ``verified``: no token is verified twice in one request.
    """
    try:
        token = bearer_token(scope)
    except TokenInvalid:
        return None
    if token is None:
        return None
    found: Caller | DomainError
    try:
        found = await tokens.verify(token)
    except DomainError as error:
        found = error
    scope.setdefault("state", {})[_STATE] = (token, found)
    return found if isinstance(found, Caller) else None


async def verified(request: Request, token: str) -> Caller:
    """The caller of ``token``. Raises ``TokenInvalid``, ``TokenExpired`` or ``IssuerUnavailable``."""
    known, found = request.scope.get("state", {}).get(_STATE, (None, None))
    if known == token and isinstance(found, Caller):
        return found
    if known == token and isinstance(found, DomainError):
        raise found
    tokens: TokenVerifier = request.app.state.tokens
    return await tokens.verify(token)
