"""What endpoints are given: the database, and the caller of a route that is open to everybody."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials

from shared.auth.caller import Caller
from shared.auth.dependencies import BEARER, authenticated
from shared.database.connection import Database


async def database(request: Request) -> Database:
    """The process's database."""
    found: Database = request.app.state.database
    return found


async def caller_if_any(
    request: Request, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)]
) -> Caller | None:
    """Who calls a public route: None without a token; a bad token is refused as everywhere."""
    return None if credentials is None else await authenticated(request, credentials)


DatabaseDep = Annotated[Database, Depends(database)]
MaybeCallerDep = Annotated[Caller | None, Depends(caller_if_any)]
