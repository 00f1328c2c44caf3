"""Close the evaluation of a track: freeze its input, rank it."""

import secrets
from collections.abc import Iterable
from uuid import UUID

from services.review.domain.access import must_oversee
from services.review.domain.bundle import Bundle, BundleCase, BundleDeclaration, BundleSheet
from services.review.domain.case import REVIEWABLE, CaseState
from services.review.domain.evaluation import Evaluation, must_be_closable, must_be_settled, must_have_sheets
from services.review.domain.ranking import rank
from services.review.domain.rules import TrackRules
from services.review.repository import assignments, cases, evaluations
from services.review.repository.calls import close_scope, lock_scope, rules_of
from shared.auth.caller import Caller, Track
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.review import EvaluationClosed
from shared.ids import new_uuid


class Pseudonyms(dict[UUID, str]):
    """A random name for each reviewer, the same throughout one evaluation."""

    def __missing__(self, reviewer_id: UUID) -> str:
        while (name := f"R-{secrets.token_hex(4).upper()}") in self.values():
            continue
        self[reviewer_id] = name
        return name


async def close_evaluation(
    tx: Tx, call_id: UUID, track: Track, *, caller: Caller, arrival: Arrival
) -> Evaluation:
    """Close once. Whoever feeds the evaluation holds its scope shared: they are counted, or refused.

    Raises ``IntakeStillOpen``, ``EvaluationIsClosed``, ``EvaluationIncomplete`` naming every lacking case.
    """
    must_oversee(caller, track)
    closed = await lock_scope(tx, call_id, track, exclusive=True)
    rules = await rules_of(tx, call_id, track)
    must_be_closable(rules, arrival, closed)
    found = await cases.cases_of_round(tx, call_id, track)
    must_be_settled([one.case for one in found])
    pseudonyms = Pseudonyms()
    members = [await _bundle_case(tx, one, pseudonyms) for one in found if one.case.state in REVIEWABLE]
    must_have_sheets(members, rules.selection)
    evaluation = _evaluate(rules, members, caller, arrival)
    await evaluations.add_evaluation(tx, evaluation, pseudonyms)
    await close_scope(tx, call_id, track, evaluation.id)
    await cases.set_state(tx, [member.case_id for member in members], CaseState.EVALUATED)
    await _tell(tx, evaluation)
    return evaluation


def _evaluate(
    rules: TrackRules, members: Iterable[BundleCase], caller: Caller, arrival: Arrival
) -> Evaluation:
    bundle = Bundle(
        evaluation_id=new_uuid(),
        call_id=rules.call_id,
        call_code=rules.call_code,
        call_version=rules.call_version,
        track=rules.track,
        closed_at=arrival.at,
        rules=rules.selection,
        cases=tuple(members),
    )
    ranking = rank(bundle)
    return Evaluation(
        id=bundle.evaluation_id,
        call_id=rules.call_id,
        track=rules.track,
        closed_at=arrival.at,
        closed_by=caller.subject,
        bundle=bundle.canonical(),
        bundle_sha256=bundle.digest(),
        ranking=ranking.canonical(),
        ranking_sha256=ranking.digest(),
    )


async def _bundle_case(tx: Tx, found: cases.CaseRecord, pseudonyms: Pseudonyms) -> BundleCase:
    assigned = await assignments.assignments_of_case(tx, found.case.id)
    declared = await assignments.declarations_of_case(tx, found.case.id)
    return BundleCase(
        case_id=found.case.id,
        application_id=found.case.application_id,
        receipt_no=found.case.receipt_no,
        arrived_at=found.case.arrived_at,
        digest=found.proposal["digest"],
        country_iso2=found.project["country_iso2"],
        requested_amount_krw=found.project["requested_amount_krw"],
        sheets=tuple(
            BundleSheet(
                pseudonyms[one.reviewer_id],
                {score.criterion: score.points for score in one.sheet.scores},
                one.sheet.submitted_at,
            )
            for one in assigned
            if one.sheet.submitted_at is not None
        ),
        declarations=tuple(
            BundleDeclaration(pseudonyms[reviewer_id], one.has_conflict, one.kind, one.reason)
            for reviewer_id, one in declared.items()
        ),
    )


async def _tell(tx: Tx, evaluation: Evaluation) -> None:
    await write_audit(
        tx,
        actor=evaluation.closed_by,
        action="close_evaluation",
        object_type="evaluation",
        object_id=evaluation.id,
        business_at=evaluation.closed_at,
        facts={"bundle_sha256": evaluation.bundle_sha256},
    )
    event = EvaluationClosed(
        evaluation_id=evaluation.id,
        call_id=evaluation.call_id,
        track=evaluation.track,
        closed_at=evaluation.closed_at,
    )
    await record(tx, event, aggregate_id=evaluation.id, occurred_at=evaluation.closed_at)
