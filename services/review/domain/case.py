"""A case: one application under review, and where it stands. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import NAMESPACE_URL, UUID, uuid5

from services.review.domain.refusals import (
    CaseNotInState,
    EligibilityAlreadyDecided,
    EvaluationIsClosed,
    NoPreConsultingOnThisTrack,
    NotInThisRound,
    ReviewersAlreadyAssigned,
)
from services.review.domain.rules import TrackRules
from shared.auth.caller import Track
from shared.errors import Invalid, Violation

_CASES = uuid5(NAMESPACE_URL, "kcity:review:case")


class CaseState(StrEnum):
    """Where a case stands. ``selected`` and ``not_selected`` are first set by the announcement itself."""

    OPEN = "open"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    IN_PRE_CONSULTING = "in_pre_consulting"
    READY = "ready"
    EVALUATED = "evaluated"
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"


S = CaseState
NEXT: Mapping[CaseState, frozenset[CaseState]] = {
    S.OPEN: frozenset({S.ELIGIBLE, S.INELIGIBLE, S.WITHDRAWN}),
    S.ELIGIBLE: frozenset({S.IN_PRE_CONSULTING, S.EVALUATED, S.WITHDRAWN}),
    S.INELIGIBLE: frozenset({S.WITHDRAWN}),
    S.IN_PRE_CONSULTING: frozenset({S.READY, S.WITHDRAWN}),
    S.READY: frozenset({S.EVALUATED, S.WITHDRAWN}),
    S.EVALUATED: frozenset({S.SELECTED, S.NOT_SELECTED, S.WITHDRAWN}),
    S.SELECTED: frozenset({S.WITHDRAWN}),
    S.NOT_SELECTED: frozenset({S.WITHDRAWN}),
    S.WITHDRAWN: frozenset(),
}
REVIEWABLE = frozenset({S.ELIGIBLE, S.READY})
"""States in which reviewers are assigned and score; what the evaluation closes over."""


@dataclass(frozen=True, slots=True)
class Case:
    """What the rules need to know of a case; the proposal itself travels beside it.

    ``evaluation_id``: of the closed evaluation of its track, None while that is open.
    """

    id: UUID
    application_id: UUID
    call_id: UUID
    track: Track
    state: CaseState
    organisation_id: UUID
    contact_id: UUID
    receipt_no: str
    arrived_at: datetime
    rolls_over: bool
    evaluation_id: UUID | None


@dataclass(frozen=True, slots=True)
class EligibilityDecision:
    """The outcome of screening; ``unmet_rules`` are sorted codes of the call's rules."""

    eligible: bool
    unmet_rules: tuple[str, ...]
    note: str | None


def case_id_of(application_id: UUID) -> UUID:
    """The id of an application's one case: derived, so that a rebuilt copy has the same."""
    return uuid5(_CASES, str(application_id))


def move(case: Case, to: CaseState) -> CaseState:
    """The next state. Raises ``CaseNotInState`` where the table has no such step."""
    if to not in NEXT[case.state]:
        raise CaseNotInState(case.state, sorted(state for state in S if to in NEXT[state]))
    return to


def must_be_in_open_round(case: Case) -> None:
    """Raise ``EvaluationIsClosed`` once the case's track is closed; a case of the next round is not concerned."""
    if case.evaluation_id is not None and not case.rolls_over:
        raise EvaluationIsClosed(case.evaluation_id)


def must_be_reviewable(case: Case) -> None:
    """Raise unless reviewers may work on the case now."""
    if case.rolls_over:
        raise NotInThisRound
    must_be_in_open_round(case)
    if case.state not in REVIEWABLE:
        raise CaseNotInState(case.state, sorted(REVIEWABLE))


def decide_eligibility(case: Case, rules: TrackRules, decision: EligibilityDecision) -> CaseState:
    """Screen a case, once. Ineligible needs at least one known rule code, eligible none.

    Raises ``EligibilityAlreadyDecided``, ``CaseNotInState``, ``EvaluationIsClosed`` or ``Invalid``.
    """
    if case.state not in (S.OPEN, S.WITHDRAWN):
        raise EligibilityAlreadyDecided
    after = move(case, S.ELIGIBLE if decision.eligible else S.INELIGIBLE)
    must_be_in_open_round(case)
    if violations := list(_wrong_rules(decision, rules.eligibility_codes)):
        raise Invalid("The unmet rules do not fit the decision.", violations=violations)
    return after


def _wrong_rules(decision: EligibilityDecision, known: Collection[str]) -> list[Violation]:
    at = "/body/unmet_rules"
    if decision.eligible and decision.unmet_rules:
        return [Violation(at, "not-empty", "An eligible case meets every rule.")]
    if not decision.eligible and not decision.unmet_rules:
        return [Violation(at, "missing", "Name at least one rule that is not met.")]
    return [
        Violation(f"{at}/{index}", "unknown-rule", f"The call knows: {', '.join(sorted(known)) or 'none'}.")
        for index, code in enumerate(decision.unmet_rules)
        if code not in known
    ]


def start_pre_consulting(case: Case, rules: TrackRules, *, assigned: bool) -> CaseState:
    """Begin pre-consulting. Raises ``NoPreConsultingOnThisTrack``, ``ReviewersAlreadyAssigned`` or of state."""
    if not rules.pre_consulting:
        raise NoPreConsultingOnThisTrack(case.track)
    must_be_in_open_round(case)
    after = move(case, S.IN_PRE_CONSULTING)
    if assigned:
        raise ReviewersAlreadyAssigned
    return after
