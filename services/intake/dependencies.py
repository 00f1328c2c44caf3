"""What endpoints ask for."""

from typing import Annotated

from fastapi import Depends, Request

from services.intake.document_store import DocumentStore
from services.intake.domain.access import sees_scheduled_calls
from services.intake.repository.calls import Calls
from services.intake.settings import IntakeSettings
from shared.auth.dependencies import MaybeCallerDep
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database


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


async def scheduled_too(caller: MaybeCallerDep) -> bool:
    """Whether this caller, who may be anybody, sees calls before their announcement."""
    return sees_scheduled_calls(caller)


DatabaseDep = Annotated[Database, Depends(database)]
CallsDep = Annotated[Calls, Depends(calls)]
DocumentStoreDep = Annotated[DocumentStore, Depends(document_store)]
SettingsDep = Annotated[IntakeSettings, Depends(settings)]
ClockDep = Annotated[AuthorityClock, Depends(clock)]
ScheduledTooDep = Annotated[bool, Depends(scheduled_too)]
