"""Declarations, assignments and score sheets."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.review.dependencies import DatabaseDep
from services.review.domain.access import Capacity, must_act_as
from services.review.domain.refusals import (
    AssignmentFrozen,
    CaseNotInState,
    DeclarationMissing,
    EvaluationIsClosed,
    NotInThisRound,
    SheetAlreadySubmitted,
    SheetIncomplete,
)
from services.review.domain.sheet import Assignment
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS, PAGE_REFUSALS
from services.review.repository import assignments, cases
from services.review.schemas.experts import (
    AssignedReviewer,
    AssignmentOut,
    AssignmentsIn,
    AssignmentsOut,
    DeclarationIn,
    SheetIn,
    SheetOut,
)
from services.review.use_cases.assign_reviewers import assign_reviewers
from services.review.use_cases.declare_conflict import declare_conflict
from services.review.use_cases.score_case import read_sheet, submit_sheet, write_sheet
from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep
from shared.database.connection import Tx
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.etag import IfMatchDep, PreconditionRequired, etag_of
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import ActDep
from shared.pagination import Page, PageParamsDep

router = APIRouter(prefix="/v1", tags=["assignments"])
_SCORING_REFUSALS = (
    NotFound,
    Forbidden,
    DeclarationMissing,
    SheetAlreadySubmitted,
    EvaluationIsClosed,
    CaseNotInState,
    NotInThisRound,
)


@router.put(
    "/cases/{case_id}/conflict-declaration",
    operation_id="declareConflict",
    dependencies=[rules.DECLARE_CONFLICT],
    summary="Declare whether there is a conflict of interest",
    responses=problems(NotFound, Forbidden, EvaluationIsClosed, Invalid),
)
async def put_declaration(
    case_id: UUID, body: DeclarationIn, caller: CallerDep, database: DatabaseDep, arrival: ArrivalDep
) -> DeclarationIn:
    """By an assigned reviewer, before any sheet. A conflict ends the assignment and hides the case. Repeatable."""
    async with database.transaction() as tx:
        await declare_conflict(tx, case_id, body.declaration(), caller=caller, arrival=arrival)
    return body


@router.post(
    "/cases/{case_id}/assignments",
    operation_id="assignReviewers",
    dependencies=[rules.RUN_CASE],
    summary="Assign reviewers to a case",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS,
        NotFound,
        Forbidden,
        CaseNotInState,
        NotInThisRound,
        EvaluationIsClosed,
        AssignmentFrozen,
        Invalid,
    ),
)
async def post_assignments(
    case_id: UUID, body: AssignmentsIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> AssignmentsOut:
    """By an officer of the track; adds to those assigned. Not once somebody began to score the case."""
    async with act.once(database) as once:
        if once.kept is None:
            await assign_reviewers(once.tx, case_id, body.reviewer_ids, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(case_id))
        return await _assigned(once.tx, case_id, act.caller)


@router.get(
    "/assignments",
    operation_id="listAssignments",
    dependencies=[rules.LIST_ASSIGNMENTS],
    summary="List the reviewer's own assignments",
    responses=problems(*PAGE_REFUSALS, Forbidden),
)
async def get_assignments(
    caller: CallerDep, database: DatabaseDep, page: PageParamsDep
) -> Page[AssignmentOut]:
    """Oldest first; without those that a declared conflict ended."""
    query = {"list": "assignments", "who": caller.subject}
    after = page.after(query, UUID)
    async with database.transaction() as tx:
        found = await assignments.list_own(tx, caller.subject, after[0] if after else None, page.fetch)
    shown, cursor = page.cut(query, found, lambda one: (one.id,))
    return Page(items=[AssignmentOut.of(one) for one in shown], next_cursor=cursor)


@router.get(
    "/assignments/{assignment_id}/score-sheet",
    operation_id="getScoreSheet",
    dependencies=[rules.SCORE],
    summary="Read the reviewer's own score sheet",
    responses=problems(NotFound, Forbidden),
)
async def get_sheet(
    assignment_id: UUID, caller: CallerDep, database: DatabaseDep, response: Response
) -> SheetOut:
    """With its ETag; an empty sheet with ETag "0" before the first draft. Nobody else reads it."""
    async with database.transaction() as tx:
        found = await read_sheet(tx, assignment_id, caller=caller)
    return _answer(found, response)


@router.put(
    "/assignments/{assignment_id}/score-sheet",
    operation_id="putScoreSheet",
    dependencies=[rules.SCORE],
    summary="Write the draft of a score sheet",
    responses=problems(*_SCORING_REFUSALS, PreconditionRequired, StaleVersion, Invalid),
)
async def put_sheet(
    assignment_id: UUID,
    body: SheetIn,
    version: IfMatchDep,
    caller: CallerDep,
    database: DatabaseDep,
    arrival: ArrivalDep,
    response: Response,
) -> SheetOut:
    """By the assigned reviewer who declared no conflict, until it is submitted or the evaluation closed."""
    async with database.transaction() as tx:
        written = await write_sheet(
            tx, assignment_id, body.in_domain(), version, caller=caller, arrival=arrival
        )
    return _answer(written, response)


@router.post(
    "/assignments/{assignment_id}/score-sheet/submission",
    operation_id="submitScoreSheet",
    dependencies=[rules.SCORE],
    summary="Submit a score sheet",
    status_code=201,
    responses=problems(*ACT_REFUSALS, *_SCORING_REFUSALS, SheetIncomplete, Invalid),
)
async def post_submission(
    assignment_id: UUID, act: ActDep, database: DatabaseDep, arrival: ArrivalDep, response: Response
) -> SheetOut:
    """Final: every criterion scored. Either it counts in the evaluation, or it is refused as closed."""
    async with act.once(database) as once:
        if once.kept is None:
            submitted = await submit_sheet(once.tx, assignment_id, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(assignment_id))
            return _answer(submitted, response)
        return _answer(await read_sheet(once.tx, assignment_id, caller=act.caller), response)


async def _assigned(tx: Tx, case_id: UUID, caller: Caller) -> AssignmentsOut:
    case = (await cases.find_case(tx, case_id)).case
    must_act_as(caller, case, await cases.ties_of(tx, caller, case_id), Capacity.OFFICER)
    items = tuple(
        AssignedReviewer(assignment_id=one.id, reviewer_id=one.reviewer_id, assigned_at=one.assigned_at)
        for one in await assignments.assignments_of_case(tx, case_id)
        if not one.removed
    )
    return AssignmentsOut(case_id=case_id, items=items)


def _answer(one: Assignment, response: Response) -> SheetOut:
    response.headers["ETag"] = etag_of(one.sheet.revision)
    return SheetOut.of(one)
