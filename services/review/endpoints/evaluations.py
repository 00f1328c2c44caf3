"""Closing an evaluation, its frozen input and its result."""

import json
from uuid import UUID

from fastapi import APIRouter

from services.review.dependencies import DatabaseDep
from services.review.domain.access import must_see_evaluation
from services.review.domain.evaluation import Evaluation
from services.review.domain.refusals import EvaluationIncomplete, EvaluationIsClosed, IntakeStillOpen
from services.review.endpoints import rules
from services.review.endpoints.cases import ACT_REFUSALS
from services.review.repository.evaluations import find_evaluation
from services.review.schemas.selections import (
    BundleOut,
    EvaluationIn,
    EvaluationOut,
    RankingContent,
    RankingOut,
)
from services.review.use_cases.close_evaluation import close_evaluation
from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep
from shared.database.connection import Database, Tx
from shared.errors import Forbidden, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import ActDep

router = APIRouter(prefix="/v1/evaluations", tags=["evaluations"])


@router.post(
    "",
    operation_id="closeEvaluation",
    dependencies=[rules.CLOSE_EVALUATION],
    summary="Close the evaluation of a track and rank it",
    status_code=201,
    responses=problems(
        *ACT_REFUSALS, NotFound, Forbidden, EvaluationIsClosed, IntakeStillOpen, EvaluationIncomplete
    ),
)
async def post_evaluation(
    body: EvaluationIn, act: ActDep, database: DatabaseDep, arrival: ArrivalDep
) -> EvaluationOut:
    """By an officer of the track, once, after the intake ended. Cases that lack something are named as violations."""
    async with act.once(database) as once:
        if once.kept is None:
            closed = await close_evaluation(
                once.tx, body.call_id, body.track, caller=act.caller, arrival=arrival
            )
            await once.keep(status=201, reference=str(closed.id))
            return EvaluationOut.of(closed)
        return EvaluationOut.of(await _seen(once.tx, UUID(once.kept.reference), act.caller))


@router.get(
    "/{evaluation_id}",
    operation_id="getEvaluation",
    dependencies=[rules.READ_EVALUATION],
    summary="Read a closed evaluation",
    responses=problems(NotFound),
)
async def get_evaluation(evaluation_id: UUID, caller: CallerDep, database: DatabaseDep) -> EvaluationOut:
    """For officers of the track."""
    return EvaluationOut.of(await _read(database, evaluation_id, caller))


@router.get(
    "/{evaluation_id}/ranking",
    operation_id="getRanking",
    dependencies=[rules.READ_EVALUATION],
    summary="Read the ranking of a closed evaluation",
    responses=problems(NotFound),
)
async def get_ranking(evaluation_id: UUID, caller: CallerDep, database: DatabaseDep) -> RankingOut:
    """For officers of the track: every case with its state and reason. Under embargo until the announcement."""
    one = await _read(database, evaluation_id, caller)
    return RankingOut(
        evaluation_id=one.id,
        ranking_sha256=one.ranking_sha256,
        ranking=RankingContent.model_validate_json(one.ranking),
    )


@router.get(
    "/{evaluation_id}/bundle",
    operation_id="getEvaluationBundle",
    dependencies=[rules.READ_EVALUATION],
    summary="Get the frozen input of a ranking",
    responses=problems(NotFound),
)
async def get_bundle(evaluation_id: UUID, caller: CallerDep, database: DatabaseDep) -> BundleOut:
    """For officers of the track: who holds it can recompute the ranking to the byte."""
    one = await _read(database, evaluation_id, caller)
    return BundleOut(evaluation_id=one.id, bundle_sha256=one.bundle_sha256, bundle=json.loads(one.bundle))


async def _read(database: Database, evaluation_id: UUID, caller: Caller) -> Evaluation:
    async with database.transaction() as tx:
        return await _seen(tx, evaluation_id, caller)


async def _seen(tx: Tx, evaluation_id: UUID, caller: Caller) -> Evaluation:
    found = await find_evaluation(tx, evaluation_id)
    must_see_evaluation(caller, found.track)
    return found
