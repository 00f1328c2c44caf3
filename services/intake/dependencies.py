"""What endpoints ask for."""

from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials

from services.intake.document_store import DocumentStore
from services.intake.domain.access import sees_scheduled_calls
from services.intake.repository.calls import Calls
from services.intake.settings import IntakeSettings
from shared.auth.caller import Caller, Role
from shared.auth.dependencies import authenticated, requires
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database

MinistryOfficerDep = Annotated[Caller, Depends(requires(Role.MINISTRY_OFFICER))]
OPTIONAL_TOKEN: dict[str, Any] = {"security": [{}, {"bearer": []}]}
"""``openapi_extra`` of a public route that shows more to some callers."""


async def database(request: Request) -> Database:
    """The service's database."""
    found: Database = request.app.state.database
    return found


async def calls(request: Request) -> Calls:
    """The calls."""
    found: Calls = request.app.state.calls
    return found


async def document_store(request: Request) -> DocumentStore:
    """Where documents lie."""
    found: DocumentStore = request.app.state.document_store
    return found


async def settings(request: Request) -> IntakeSettings:
    """The settings of this process."""
    found: IntakeSettings = request.app.state.settings
    return found


async def clock(request: Request) -> AuthorityClock:
    """The authority clock."""
    found: AuthorityClock = request.app.state.clock
    return found


async def scheduled_too(request: Request) -> bool:
    """Whether this caller, who may be anybody, sees calls before their announcement.

    A token is not needed; one that is sent must be good. Raises ``TokenInvalid``, ``TokenExpired``.
    """
    header = request.headers.get("authorization")
    if header is None:
        return False
    scheme, _, token = header.partition(" ")
    credentials = HTTPAuthorizationCredentials(scheme=scheme, credentials=token.strip())
    return sees_scheduled_calls(
        await authenticated(request, credentials if scheme.lower() == "bearer" else None)
    )


DatabaseDep = Annotated[Database, Depends(database)]
CallsDep = Annotated[Calls, Depends(calls)]
DocumentStoreDep = Annotated[DocumentStore, Depends(document_store)]
SettingsDep = Annotated[IntakeSettings, Depends(settings)]
ClockDep = Annotated[AuthorityClock, Depends(clock)]
ScheduledTooDep = Annotated[bool, Depends(scheduled_too)]
