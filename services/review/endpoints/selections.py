"""Selections, results and invitations."""

from uuid import UUID

from fastapi import APIRouter

from services.review.dependencies import DatabaseDep
from services.review.domain.access import must_invite, must_see_selection
from services.review.domain.refusals import (
    EmbargoNotInFuture,
    EmbargoPassed,
    FourEyesRequired,
    OccasionOver,
    OccasionUnknown,
    SelectionNotInState,
    SelectionPending,
)
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS, PAGE_REFUSALS
from services.review.endpoints.experts import overseen_by
from services.review.repository import selections
from services.review.schemas.selections import (
    InvitationsIn,
    InvitationsOut,
    RejectionIn,
    ResultOut,
    SelectionIn,
    SelectionOut,
)
from services.review.use_cases.decide_selection import approve_selection, reject_selection
from services.review.use_cases.issue_invitations import issue_invitations
from services.review.use_cases.propose_selection import propose_selection
from services.review.use_cases.read_result import read_result
from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep, MaybeCallerDep
from shared.database.connection import Tx
from shared.errors import Forbidden, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import ActDep
from shared.pagination import Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["selections"])


@router.post(
    "/selections",
    operation_id="proposeSelection",
    dependencies=[rules.PROPOSE_SELECTION],
    summary="Propose a selection for announcement",
    status_code=201,
    responses=problems(*ACT_REFUSALS, NotFound, Forbidden, EmbargoNotInFuture, SelectionPending),
)
async def post_selection(
    body: SelectionIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> SelectionOut:
    """The first of four eyes: an officer of the track proposes to announce an evaluation's ranking."""
    async with act.once(database) as once:
        if once.kept is None:
            proposed = await propose_selection(
                once.tx, body.evaluation_id, body.announce_at, caller=act.caller, arrival=arrival
            )
            await once.keep(status=201, reference=str(proposed.id))
            return await _shown(once.tx, proposed.id, act.caller)
        return await _shown(once.tx, UUID(once.kept.reference), act.caller)


@router.get(
    "/selections",
    operation_id="listSelections",
    dependencies=[rules.LIST_SELECTIONS],
    summary="List announced selections, and for officers all of their tracks",
    responses=problems(*PAGE_REFUSALS),
)
async def get_selections(
    caller: MaybeCallerDep, database: DatabaseDep, page: PageParamsDep
) -> Page[SelectionOut]:
    """Public; a selection that is not announced exists for its officers only."""
    query = {"list": "selections", "who": caller.subject if caller else None}
    after = page.after(query, UUID)
    overseen = overseen_by(caller)
    async with database.transaction() as tx:
        found = await selections.list_selections(tx, overseen, after[0] if after else None, page.fetch)
    shown, cursor = page.cut(query, found, lambda one: (one.selection.id,))
    items = [SelectionOut.of(one, for_officer=one.selection.track in overseen) for one in shown]
    return Page(items=items, next_cursor=cursor)


@router.get(
    "/selections/{selection_id}",
    operation_id="getSelection",
    dependencies=[rules.READ_SELECTION],
    summary="Read a selection",
    responses=problems(NotFound),
)
async def get_selection(selection_id: UUID, caller: MaybeCallerDep, database: DatabaseDep) -> SelectionOut:
    """Public once announced; before that for officers of the track only (404 for everybody else)."""
    async with database.transaction() as tx:
        return await _shown(tx, selection_id, caller)


@router.post(
    "/selections/{selection_id}/approval",
    operation_id="approveSelection",
    dependencies=[rules.DECIDE_SELECTION],
    summary="Approve a proposed selection",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS, NotFound, Forbidden, FourEyesRequired, SelectionNotInState, EmbargoPassed
    ),
)
async def post_approval(
    selection_id: UUID, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> SelectionOut:
    """The second of four eyes: a ministry officer who did not propose it. It is announced at its instant."""
    async with act.once(database) as once:
        if once.kept is None:
            await approve_selection(once.tx, selection_id, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(selection_id))
        return await _shown(once.tx, selection_id, act.caller)


@router.post(
    "/selections/{selection_id}/rejection",
    operation_id="rejectSelection",
    dependencies=[rules.REJECT_SELECTION],
    summary="Reject a proposed selection",
    status_code=201,
    responses=problems(*ACT_REFUSALS, NotFound, Forbidden, SelectionNotInState),
)
async def post_rejection(
    selection_id: UUID, body: RejectionIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> SelectionOut:
    """By a ministry officer, or whoever proposed it. Another selection can be proposed afterwards."""
    async with act.once(database) as once:
        if once.kept is None:
            await reject_selection(once.tx, selection_id, body.reason, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(selection_id))
        return await _shown(once.tx, selection_id, act.caller)


@router.post(
    "/selections/{selection_id}/invitations",
    operation_id="issueInvitations",
    dependencies=[rules.DECIDE_SELECTION],
    summary="Invite the selected cities to an occasion of the call",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS, NotFound, Forbidden, SelectionNotInState, OccasionUnknown, OccasionOver
    ),
)
async def post_invitations(
    selection_id: UUID, body: InvitationsIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> InvitationsOut:
    """By a ministry officer, after the announcement. Repeating it gives the same invitations and no new ones."""
    async with act.once(database) as once:
        if once.kept is None:
            await issue_invitations(
                once.tx, selection_id, body.occasion_code, caller=act.caller, arrival=arrival
            )
            await once.keep(status=201, reference=str(selection_id))
        found = await selections.find_selection(once.tx, selection_id)
        must_invite(act.caller, found.selection)
        issued = await selections.invitations_of(once.tx, selection_id, body.occasion_code)
    return InvitationsOut.of(selection_id, issued)


@router.get(
    "/applications/{application_id}/result",
    operation_id="getResult",
    dependencies=[rules.READ_RESULT],
    summary="Read the result of one's own application",
    responses=problems(NotFound, Forbidden),
)
async def get_result(application_id: UUID, applicant: CallerDep, database: DatabaseDep) -> ResultOut:
    """For the applicant's organisation, from the announcement on (404 before): never a single reviewer's scores."""
    async with database.transaction() as tx:
        return ResultOut.model_validate(await read_result(tx, application_id, caller=applicant))


async def _shown(tx: Tx, selection_id: UUID, caller: Caller | None) -> SelectionOut:
    found = await selections.find_selection(tx, selection_id)
    must_see_selection(caller, found.selection)
    return SelectionOut.of(found, for_officer=found.selection.track in overseen_by(caller))
