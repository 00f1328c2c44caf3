"""What an applicant is told after the announcement."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.review.domain.case import CaseState, case_id_of
from services.review.repository import assignments, cases, evaluations, selections
from shared.auth.caller import Caller, Role
from shared.database.connection import Tx
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Comment:
    """A reviewer's words on one criterion, without who said it."""

    criterion: str
    comment: str


@dataclass(frozen=True, slots=True)
class Result:
    """Total score, comments, list of reviewers; never a single reviewer's scores.

    Source: programme, "Rules used by analogy".
    """

    application_id: UUID
    receipt_no: str
    outcome: str
    total_points: str
    comments: tuple[Comment, ...]
    reviewers: tuple[str, ...]
    announced_at: datetime


async def read_result(tx: Tx, application_id: UUID, *, caller: Caller) -> Result:
    """The result of the caller's own application, once announced. Raises ``NotFound`` in every other case."""
    caller.must_be(Role.APPLICANT)
    try:
        found = await cases.find_case(tx, case_id_of(application_id))
    except NotFound:
        raise NotFound("result") from None
    case = found.case
    if case.organisation_id != caller.organisation_id or case.evaluation_id is None:
        raise NotFound("result")
    announced = await selections.announced_of_evaluation(tx, case.evaluation_id)
    if announced is None or case.state not in (CaseState.SELECTED, CaseState.NOT_SELECTED):
        raise NotFound("result")
    evaluation = await evaluations.find_evaluation(tx, case.evaluation_id)
    place = next(
        one
        for one in json.loads(evaluation.ranking)["places"]
        if one["application_id"] == str(application_id)
    )
    comments, reviewers = await _voices(tx, case.id, case.evaluation_id)
    return Result(
        application_id=application_id,
        receipt_no=case.receipt_no,
        outcome=place["state"],
        total_points=place["total"],
        comments=comments,
        reviewers=reviewers,
        announced_at=announced.selection.announced_at or announced.selection.announce_at,
    )


async def _voices(tx: Tx, case_id: UUID, evaluation_id: UUID) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Comments in an order that does not tell who wrote them, and the reviewers' pseudonyms."""
    pseudonyms = await evaluations.pseudonyms_of(tx, evaluation_id)
    counted = [
        one
        for one in await assignments.assignments_of_case(tx, case_id)
        if one.declared and one.sheet.submitted_at is not None
    ]
    comments = {
        (score.criterion, score.comment): Comment(score.criterion, score.comment)
        for one in counted
        for score in one.sheet.scores
    }
    return (
        tuple(comments[key] for key in sorted(comments)),
        tuple(sorted(pseudonyms[one.reviewer_id] for one in counted)),
    )
