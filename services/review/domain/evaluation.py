"""Closing an evaluation: what must be there before a track can be ranked. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.review.domain.bundle import BundleCase
from services.review.domain.case import REVIEWABLE, Case, CaseState
from services.review.domain.refusals import EvaluationIncomplete, EvaluationIsClosed, IntakeStillOpen
from services.review.domain.rules import SelectionRules, TrackRules
from shared.auth.caller import Track
from shared.clock.arrival import Arrival
from shared.errors import Violation


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A closed evaluation: the frozen input and its result, both canonical JSON, with their digests."""

    id: UUID
    call_id: UUID
    track: Track
    closed_at: datetime
    closed_by: str
    bundle: bytes
    bundle_sha256: str
    ranking: bytes
    ranking_sha256: str


def must_be_closable(rules: TrackRules, arrival: Arrival, closed: UUID | None) -> None:
    """Raise ``EvaluationIsClosed`` or, while applications may still come, ``IntakeStillOpen``."""
    if closed is not None:
        raise EvaluationIsClosed(closed)
    if not arrival.surely_at_or_after(rules.intake_ends_at):
        raise IntakeStillOpen(rules.intake_ends_at)


def must_be_settled(cases: Sequence[Case]) -> None:
    """Every case of the round is decided and ready. Raises ``EvaluationIncomplete`` naming the others."""
    reasons = {
        CaseState.OPEN: ("eligibility-undecided", "Decide its eligibility."),
        CaseState.IN_PRE_CONSULTING: ("pre-consulting-unfinished", "Complete its pre-consulting."),
    }
    violations = [
        Violation(f"/cases/{case.id}", *reasons[case.state]) for case in cases if case.state in reasons
    ]
    if not violations and not any(case.state in REVIEWABLE for case in cases):
        violations = [Violation("/cases", "nothing-to-evaluate", "There is no eligible case.")]
    if violations:
        raise EvaluationIncomplete(violations)


def must_have_sheets(cases: Sequence[BundleCase], rules: SelectionRules) -> None:
    """Every case has enough counting sheets, each fit for the criteria. Raises ``EvaluationIncomplete``."""
    violations = [found for case in cases if (found := _lacking(case, rules)) is not None]
    if violations:
        raise EvaluationIncomplete(violations)


def _lacking(case: BundleCase, rules: SelectionRules) -> Violation | None:
    at, counting = f"/cases/{case.case_id}", case.counting()
    if len(counting) < rules.min_sheets:
        message = f"{len(counting)} submitted sheets, {rules.min_sheets} needed."
        return Violation(at, "too-few-sheets", message)
    most = {criterion.code: criterion.max_points for criterion in rules.criteria}
    for sheet in counting:
        if sheet.points.keys() != most.keys() or any(sheet.points[code] > most[code] for code in most):
            return Violation(at, "sheet-of-other-criteria", "The criteria changed after it was submitted.")
    return None
