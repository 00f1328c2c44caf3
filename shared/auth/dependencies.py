"""Who may call a route: ``CallerDep`` for anybody known, ``requires(role)`` for some, ``PUBLIC`` for everybody.

Every route has one of the three; ``access_of`` tells which, and a meta-test refuses a route without.
"""

from collections.abc import Awaitable, Callable, Iterator
from typing import Annotated, Literal

import structlog
from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shared.auth.caller import Caller, Role
from shared.auth.verifier import TokenMissing, TokenVerifier

BEARER = HTTPBearer(
    scheme_name="bearer",
    bearerFormat="JWT",
    auto_error=False,
    description="Access token of the OpenID Connect issuer (JWT)",
)


async def authenticated(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
) -> Caller:
    """The caller of this request. Raises ``TokenMissing``, ``TokenInvalid``, ``TokenExpired``, ``IssuerUnavailable``."""
    if credentials is None or not credentials.credentials:
        raise TokenMissing
    tokens: TokenVerifier = request.app.state.tokens
    caller = await tokens.verify(credentials.credentials)
    structlog.contextvars.bind_contextvars(subject=caller.subject)
    return caller


CallerDep = Annotated[Caller, Depends(authenticated)]


def requires(*roles: Role) -> Callable[[Caller], Awaitable[Caller]]:
    """A dependency that gives the caller and raises ``Forbidden`` unless they have one of ``roles``.

    Use: ``officer: Annotated[Caller, Depends(requires(Role.MINISTRY_OFFICER))]``.
    """

    async def with_role(caller: CallerDep) -> Caller:
        caller.must_be(*roles)
        return caller

    with_role.__dict__["roles"] = frozenset(roles)
    return with_role


async def _anybody() -> None:
    """Marks a route that needs no token."""


PUBLIC = Depends(_anybody)
"""Put into a route's or router's ``dependencies`` when it needs no token."""

Access = Literal["public", "authenticated"]


def access_of(app: FastAPI) -> dict[str, Access | None]:
    """How each operation ("GET /v1/calls") may be called; None: nobody has decided, which is a mistake."""
    found: dict[str, Access | None] = {}
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            calls = set(_calls(route.dependant))
            known = authenticated in calls
            access: Access | None = "authenticated" if known else "public" if _anybody in calls else None
            for method in sorted(route.methods or ()):
                found[f"{method} {route.path}"] = access
    return found


def _calls(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from _calls(needed)
