"""What follows a selection: agreement, start, completion."""

from uuid import UUID

from fastapi import APIRouter

from services.review.dependencies import DatabaseDep
from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import CaseState
from services.review.domain.implementation import Step, agreement_due_on
from services.review.domain.refusals import CaseNotInState, StepOutOfOrder, StepRecordedAlready
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS
from services.review.repository import cases
from services.review.repository.implementation import announced_at_of, find_implementation
from services.review.schemas.implementation import DayIn, ImplementationOut
from services.review.use_cases.record_step import record_implementation_step
from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep
from shared.clock.arrival import Arrival
from shared.database.connection import Database, Tx
from shared.errors import Forbidden, Invalid, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import Act, ActDep

router = APIRouter(prefix="/v1/cases/{case_id}", tags=["implementation"])
_REFUSALS = problems(
    *(*ACT_REFUSALS, NotFound, Forbidden, CaseNotInState, StepRecordedAlready, StepOutOfOrder, Invalid)
)


@router.get(
    "/implementation",
    operation_id="getImplementation",
    dependencies=[rules.READ_IMPLEMENTATION],
    summary="Read how far a selected project is",
    responses=problems(NotFound, Forbidden),
)
async def get_implementation(case_id: UUID, caller: CallerDep, database: DatabaseDep) -> ImplementationOut:
    """For officers of the track and the applicant's organisation; before the announcement there is nothing in it."""
    async with database.transaction() as tx:
        return await _shown(tx, case_id, caller)


@router.post(
    "/agreement",
    operation_id="recordAgreement",
    dependencies=[rules.RUN_CASE],
    summary="Record the agreement on a selected project",
    status_code=201,
    responses=_REFUSALS,
)
async def post_agreement(
    case_id: UUID, body: DayIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> ImplementationOut:
    """By an officer of the track, once, after the announcement. The catalogue shows it."""
    return await _record(case_id, Step.AGREEMENT, body, act, database, arrival)


@router.post(
    "/start",
    operation_id="recordStart",
    dependencies=[rules.RUN_CASE],
    summary="Record that the work on an agreed project began",
    status_code=201,
    responses=_REFUSALS,
)
async def post_start(
    case_id: UUID, body: DayIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> ImplementationOut:
    """By an officer of the track, once, after the agreement. The catalogue shows it."""
    return await _record(case_id, Step.START, body, act, database, arrival)


@router.post(
    "/completion",
    operation_id="recordCompletion",
    dependencies=[rules.RUN_CASE],
    summary="Record that a project is completed",
    status_code=201,
    responses=_REFUSALS,
)
async def post_completion(
    case_id: UUID, body: DayIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> ImplementationOut:
    """By an officer of the track, once, after the start. The catalogue counts it as completed."""
    return await _record(case_id, Step.COMPLETION, body, act, database, arrival)


async def _record(
    case_id: UUID, step: Step, body: DayIn, act: Act, database: Database, arrival: Arrival
) -> ImplementationOut:
    async with act.once(database) as once:
        if once.kept is None:
            await record_implementation_step(
                once.tx, case_id, step, body.day, caller=act.caller, arrival=arrival
            )
            await once.keep(status=201, reference=str(case_id))
        return await _shown(once.tx, case_id, act.caller)


async def _shown(tx: Tx, case_id: UUID, caller: Caller) -> ImplementationOut:
    found = await cases.find_case(tx, case_id)
    ties = await cases.ties_of(tx, caller, case_id)
    must_act_as(caller, found.case, ties, Capacity.OFFICER, Capacity.APPLICANT)
    country = found.proposal["organisation"]["country_iso2"]
    selected = found.case.state is CaseState.SELECTED
    announced_at = await announced_at_of(tx, case_id) if selected else None
    recorded = await find_implementation(tx, case_id)
    return ImplementationOut(
        case_id=case_id,
        application_id=found.case.application_id,
        announced_at=announced_at,
        agreement_due_on=agreement_due_on(announced_at, country) if announced_at else None,
        agreed_on=recorded.agreed_on,
        started_on=recorded.started_on,
        completed_on=recorded.completed_on,
    )
