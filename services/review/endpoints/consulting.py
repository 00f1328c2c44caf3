"""Pre-consulting on the planning track."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.review.dependencies import DatabaseDep
from services.review.domain.access import Capacity, must_act_as
from services.review.domain.consulting import PreConsulting
from services.review.domain.refusals import (
    CaseNotInState,
    EvaluationIsClosed,
    NoPreConsultingOnThisTrack,
    PreConsultingCompletedAlready,
    PreConsultingIncomplete,
    ReviewersAlreadyAssigned,
)
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS
from services.review.repository import cases
from services.review.repository.consulting import Part, find_pre_consulting
from services.review.schemas.cases import PreConsultingIn, PreConsultingOut, ReportIn, RevisedProposalIn
from services.review.use_cases.complete_pre_consulting import complete_pre_consulting
from services.review.use_cases.revise_pre_consulting import revise_pre_consulting
from services.review.use_cases.start_pre_consulting import start_pre_consulting
from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep
from shared.clock.arrival import Arrival
from shared.database.connection import Database, Tx
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.etag import IfMatch, IfMatchDep, PreconditionRequired, etag_of
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import ActDep

router = APIRouter(prefix="/v1/cases/{case_id}/pre-consulting", tags=["pre-consulting"])
_WRITE_REFUSALS = (NotFound, Forbidden, PreconditionRequired, StaleVersion, PreConsultingCompletedAlready)


@router.post(
    "",
    operation_id="startPreConsulting",
    dependencies=[rules.RUN_CASE],
    summary="Begin pre-consulting with an adviser",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS,
        NotFound,
        Forbidden,
        NoPreConsultingOnThisTrack,
        CaseNotInState,
        EvaluationIsClosed,
        ReviewersAlreadyAssigned,
        Invalid,
    ),
)
async def post_pre_consulting(
    case_id: UUID,
    body: PreConsultingIn,
    act: ActDep,
    database: DatabaseDep,
    arrival: ArrivalDep,
    response: Response,
) -> PreConsultingOut:
    """By an officer of the track, for an eligible case, where the call has pre-consulting."""
    async with act.once(database) as once:
        if once.kept is None:
            await start_pre_consulting(once.tx, case_id, body.adviser_id, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(case_id))
        return _answer(await _seen(once.tx, case_id, act.caller), response)


@router.get(
    "",
    operation_id="getPreConsulting",
    dependencies=[rules.READ_PRE_CONSULTING],
    summary="Read the pre-consulting of a case",
    responses=problems(NotFound, Forbidden),
)
async def get_pre_consulting(
    case_id: UUID, caller: CallerDep, database: DatabaseDep, response: Response
) -> PreConsultingOut:
    """For officers of the track, the adviser and the applicant's organisation; with its ETag."""
    async with database.transaction() as tx:
        return _answer(await _seen(tx, case_id, caller), response)


@router.put(
    "/report",
    operation_id="putPreConsultingReport",
    dependencies=[rules.WRITE_REPORT],
    summary="Write the adviser's report",
    responses=problems(*_WRITE_REFUSALS),
)
async def put_report(
    case_id: UUID,
    body: ReportIn,
    version: IfMatchDep,
    caller: CallerDep,
    database: DatabaseDep,
    arrival: ArrivalDep,
    response: Response,
) -> PreConsultingOut:
    """By the adviser, or an officer of the track."""
    content = body.model_dump(mode="json")
    return await _write(case_id, "report", content, version, caller, database, arrival, response)


@router.put(
    "/revised-proposal",
    operation_id="putRevisedProposal",
    dependencies=[rules.WRITE_REVISED_PROPOSAL],
    summary="Write the revised proposal",
    responses=problems(*_WRITE_REFUSALS),
)
async def put_revised_proposal(
    case_id: UUID,
    body: RevisedProposalIn,
    version: IfMatchDep,
    caller: CallerDep,
    database: DatabaseDep,
    arrival: ArrivalDep,
    response: Response,
) -> PreConsultingOut:
    """By the applicant's organisation, or an officer of the track on its behalf."""
    content = body.content()
    return await _write(case_id, "revised_proposal", content, version, caller, database, arrival, response)


@router.post(
    "/completion",
    operation_id="completePreConsulting",
    dependencies=[rules.COMPLETE_PRE_CONSULTING],
    summary="Complete the pre-consulting",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS,
        NotFound,
        Forbidden,
        CaseNotInState,
        PreConsultingIncomplete,
        PreConsultingCompletedAlready,
    ),
)
async def post_completion(
    case_id: UUID, act: ActDep, database: DatabaseDep, arrival: ArrivalDep, response: Response
) -> PreConsultingOut:
    """By an officer of the track; needs both the report and the revised proposal."""
    async with act.once(database) as once:
        if once.kept is None:
            await complete_pre_consulting(once.tx, case_id, caller=act.caller, arrival=arrival)
            await once.keep(status=201, reference=str(case_id))
        return _answer(await _seen(once.tx, case_id, act.caller), response)


async def _write(
    case_id: UUID,
    part: Part,
    content: dict[str, Any],
    version: IfMatch,
    caller: Caller,
    database: Database,
    arrival: Arrival,
    response: Response,
) -> PreConsultingOut:
    async with database.transaction() as tx:
        written = await revise_pre_consulting(
            tx, case_id, part, content, version, caller=caller, arrival=arrival
        )
    return _answer(written, response)


async def _seen(tx: Tx, case_id: UUID, caller: Caller) -> PreConsulting:
    case = (await cases.find_case(tx, case_id)).case
    ties = await cases.ties_of(tx, caller, case_id)
    must_act_as(caller, case, ties, Capacity.OFFICER, Capacity.ADVISER, Capacity.APPLICANT)
    return await find_pre_consulting(tx, case_id)


def _answer(one: PreConsulting, response: Response) -> PreConsultingOut:
    response.headers["ETag"] = etag_of(one.revision)
    return PreConsultingOut.of(one)
