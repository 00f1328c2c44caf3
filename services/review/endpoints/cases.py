"""Cases and their screening."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from services.review.dependencies import DatabaseDep
from services.review.domain.access import capacities
from services.review.domain.case import CaseState
from services.review.domain.refusals import CaseNotInState, EligibilityAlreadyDecided, EvaluationIsClosed
from services.review.endpoints import rules
from services.review.repository import cases
from services.review.schemas.cases import CaseOut, CaseSummary, EligibilityIn
from services.review.use_cases.decide_eligibility import decide_eligibility
from shared.auth.caller import Caller, Track
from shared.auth.dependencies import CallerDep
from shared.database.connection import Tx
from shared.errors import Forbidden, Invalid, NotFound
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

ACT_REFUSALS = (IdempotencyKeyMissing, IdempotencyKeyInvalid, KeyReused, TwinInFlight)
PAGE_REFUSALS = (CursorInvalid, CursorMismatch)

router = APIRouter(prefix="/v1", tags=["cases"])


async def shown_case(tx: Tx, case_id: UUID, caller: Caller) -> CaseOut:
    """The case as this caller sees it. Raises ``NotFound``."""
    found = await cases.find_case(tx, case_id)
    ties = await cases.ties_of(tx, caller, case_id)
    return CaseOut.of(found, capacities(caller, found.case, ties))


@router.get(
    "/cases",
    operation_id="listCases",
    dependencies=[rules.LIST_CASES],
    summary="List the cases that the caller may see",
    responses=problems(*PAGE_REFUSALS, Forbidden),
)
async def get_cases(
    caller: CallerDep,
    database: DatabaseDep,
    page: PageParamsDep,
    call_id: Annotated[UUID | None, Query(description="Only of this call")] = None,
    track: Annotated[Track | None, Query(description="Only of this track")] = None,
    state: Annotated[CaseState | None, Query(description="Only in this state")] = None,
) -> Page[CaseSummary]:
    """In order of arrival. Officers: their tracks; reviewers: assigned cases without a conflict; applicants: their own."""
    query = {"list": "cases", "who": caller.subject, "call": call_id, "track": track, "state": state}
    after = page.after(query, datetime.fromisoformat, UUID)
    wanted = cases.CaseFilter(call_id, track, state)
    async with database.transaction() as tx:
        found = await cases.list_cases(
            tx, caller, wanted, (after[0], after[1]) if after else None, page.fetch
        )
    shown, cursor = page.cut(query, found, lambda one: (one.case.arrived_at, one.case.application_id))
    return Page(items=[CaseSummary.of(one) for one in shown], next_cursor=cursor)


@router.get(
    "/cases/{case_id}",
    operation_id="getCase",
    dependencies=[rules.READ_CASE],
    summary="Read a case with its proposal",
    responses=problems(NotFound),
)
async def get_case(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> CaseOut:
    """Never with scores; 404 for whoever may not see it."""
    async with database.transaction() as tx:
        return await shown_case(tx, case_id, caller)


@router.post(
    "/cases/{case_id}/eligibility",
    operation_id="decideEligibility",
    dependencies=[rules.SCREEN_CASE],
    summary="Decide whether a case is eligible",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS,
        NotFound,
        Forbidden,
        EligibilityAlreadyDecided,
        CaseNotInState,
        EvaluationIsClosed,
        Invalid,
    ),
)
async def post_eligibility(
    case_id: UUID, body: EligibilityIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> CaseOut:
    """Once, by a secretariat officer of the track. Ineligible names at least one rule of the call, eligible none."""
    async with act.once(database) as once:
        if once.kept is None:
            await decide_eligibility(once.tx, case_id, body.decision(), caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(case_id))
        return await shown_case(once.tx, case_id, act.caller)
