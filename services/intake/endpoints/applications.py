"""Applications: drafts of an organisation, and what officers see of those received."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.intake.dependencies import CallsDep, DatabaseDep
from services.intake.domain.access import organisation_of
from services.intake.domain.application import AlreadyWithdrawn, Application, NotADraft, State
from services.intake.domain.submission import WindowClosed
from services.intake.endpoints import rules
from services.intake.repository.applications import Scope, list_applications
from services.intake.schemas.applications import (
    ApplicationIn,
    ApplicationOut,
    ApplicationPatch,
    ApplicationSummary,
    CompletenessOut,
)
from services.intake.use_cases.change_application import change_application
from services.intake.use_cases.create_application import create_application
from services.intake.use_cases.read_application import note_read_of_contacts, see_application
from services.intake.use_cases.withdraw_application import withdraw_application
from shared.auth.caller import TRACKS, Caller, Role, Track
from shared.auth.dependencies import CallerDep
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.etag import IfMatchDep, PreconditionRequired, etag_of, not_modified
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["applications"])

_ACTS = (IdempotencyKeyMissing, IdempotencyKeyInvalid, KeyReused, TwinInFlight)


@router.post(
    "/applications",
    operation_id="createApplication",
    dependencies=[rules.CREATE_APPLICATION],
    summary="Begin an application",
    status_code=201,
    responses=problems(NotFound, Forbidden, WindowClosed, *_ACTS),
)
async def post_application(
    body: ApplicationIn,
    act: ActDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    calls: CallsDep,
    response: Response,
) -> ApplicationOut:
    """Begin a draft for the caller's organisation, from the call's announcement until the closing."""
    async with act.once(database) as once:
        if once.kept is None:
            application = await create_application(
                once.tx,
                calls,
                call_code=body.call_code,
                track=body.track,
                caller=act.caller,
                arrival=arrival,
            )
            await once.keep(status=201, reference=str(application.id))
        else:
            application = await see_application(once.tx, UUID(once.kept.reference), caller=act.caller)
    response.headers["Location"] = f"/v1/applications/{application.id}"
    return _answer(application, response)


@router.get(
    "/applications",
    operation_id="listApplications",
    dependencies=[rules.LIST_APPLICATIONS],
    summary="List applications",
    responses=problems(CursorInvalid, CursorMismatch, Forbidden),
)
async def get_applications(
    params: PageParamsDep,
    caller: CallerDep,
    database: DatabaseDep,
    call: Annotated[str | None, Query(max_length=40, description="Code of the call")] = None,
    track: Track | None = None,
    state: State | None = None,
) -> Page[ApplicationSummary]:
    """The organisation's own applications, or those received in the officer's tracks; the newest first."""
    scope = _scope_of(caller)
    query = {
        "route": "applications",
        "scope": [scope.organisation_id, scope.tracks],
        "filters": [call, track, state],
    }
    after = params.after(query, UUID)
    async with database.transaction() as tx:
        rows = await list_applications(
            tx,
            scope,
            call_code=call,
            track=track,
            state=state,
            after=after[0] if after else None,
            limit=params.fetch,
        )
    shown, cursor = params.cut(query, rows, lambda row: (row.id,))
    return Page(items=[ApplicationSummary.model_validate(row) for row in shown], next_cursor=cursor)


@router.get(
    "/applications/{application_id}",
    operation_id="getApplication",
    dependencies=[rules.READ_APPLICATION],
    summary="Read an application",
    response_model=ApplicationOut,
    responses=problems(NotFound),
)
async def get_application(
    request: Request,
    application_id: UUID,
    caller: CallerDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    response: Response,
) -> ApplicationOut | Response:
    """The whole application with its contacts; reading those is written down. Officers see no drafts."""
    async with database.transaction() as tx:
        application = await see_application(tx, application_id, caller=caller)
        unchanged = not_modified(request, etag_of(application.version))
        if unchanged is not None:
            return unchanged
        await note_read_of_contacts(tx, application, caller=caller, arrival=arrival)
    return _answer(application, response)


@router.patch(
    "/applications/{application_id}",
    operation_id="changeApplication",
    dependencies=[rules.CHANGE_APPLICATION],
    summary="Change a draft",
    responses=problems(NotFound, Forbidden, NotADraft, Invalid, StaleVersion, PreconditionRequired),
)
async def patch_application(
    application_id: UUID,
    body: ApplicationPatch,
    caller: CallerDep,
    if_match: IfMatchDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    calls: CallsDep,
    response: Response,
) -> ApplicationOut:
    """Merge sections into a draft (JSON Merge Patch, RFC 7396). It may stay incomplete until it is submitted."""
    async with database.transaction() as tx:
        application = await change_application(
            tx, calls, application_id, body.sections(), if_match=if_match, caller=caller, arrival=arrival
        )
    return _answer(application, response)


@router.get(
    "/applications/{application_id}/completeness",
    operation_id="getCompleteness",
    dependencies=[rules.READ_COMPLETENESS],
    summary="Ask what is missing or wrong",
    responses=problems(NotFound),
)
async def get_completeness(application_id: UUID, caller: CallerDep, database: DatabaseDep) -> CompletenessOut:
    """Everything the call asks for that is missing or wrong, each with a JSON pointer."""
    async with database.transaction() as tx:
        return CompletenessOut.of(await see_application(tx, application_id, caller=caller))


@router.post(
    "/applications/{application_id}/withdrawal",
    operation_id="withdrawApplication",
    dependencies=[rules.CHANGE_APPLICATION],
    summary="Withdraw an application",
    status_code=201,
    responses=problems(NotFound, Forbidden, AlreadyWithdrawn, *_ACTS),
)
async def post_withdrawal(
    application_id: UUID, act: ActDep, arrival: ArrivalDep, database: DatabaseDep, response: Response
) -> ApplicationOut:
    """Take a draft or a submitted application back, for good. The receipt stays valid as proof of its arrival."""
    async with act.once(database) as once:
        if once.kept is None:
            application = await withdraw_application(
                once.tx, application_id, caller=act.caller, arrival=arrival
            )
            await once.keep(status=201, reference=str(application.id))
        else:
            application = await see_application(once.tx, UUID(once.kept.reference), caller=act.caller)
    return _answer(application, response)


def _answer(application: Application, response: Response) -> ApplicationOut:
    response.headers["ETag"] = etag_of(application.version)
    return ApplicationOut.of(application)


def _scope_of(caller: Caller) -> Scope:
    tracks = tuple(track for track in TRACKS if caller.reads(track))
    organisation_id = organisation_of(caller) if caller.is_any(Role.APPLICANT) else None
    return Scope(organisation_id, tracks)
