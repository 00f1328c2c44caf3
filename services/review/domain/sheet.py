"""A score sheet: one reviewer's points and comments on one case. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.review.domain.refusals import DeclarationMissing, SheetAlreadySubmitted, SheetIncomplete
from services.review.domain.rules import SelectionRules
from shared.auth.caller import Track
from shared.errors import Invalid, Violation


@dataclass(frozen=True, slots=True)
class Score:
    """Whole points on one criterion, and why."""

    criterion: str
    points: int
    comment: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The present sheet of an assignment; revision 0 is one nobody wrote yet."""

    revision: int
    scores: tuple[Score, ...]
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A reviewer's work on a case. ``declared``: no conflict was declared; ``removed``: by a conflict."""

    id: UUID
    case_id: UUID
    call_id: UUID
    track: Track
    reviewer_id: UUID
    subject: str
    assigned_at: datetime
    declared: bool
    removed: bool
    sheet: Sheet


def write_sheet(assignment: Assignment, rules: SelectionRules, scores: Sequence[Score]) -> Sheet:
    """The next draft. Raises ``DeclarationMissing``, ``SheetAlreadySubmitted`` or ``Invalid``."""
    _must_be_writable(assignment)
    if violations := _wrong_scores(scores, rules):
        raise Invalid("The scores do not fit the criteria of the call.", violations=violations)
    return Sheet(assignment.sheet.revision + 1, tuple(scores), None)


def submit_sheet(assignment: Assignment, rules: SelectionRules, at: datetime) -> Sheet:
    """The final sheet. Raises as ``write_sheet`` does, and ``SheetIncomplete``."""
    _must_be_writable(assignment)
    scored = {score.criterion for score in assignment.sheet.scores}
    if missing := [criterion.code for criterion in rules.criteria if criterion.code not in scored]:
        raise SheetIncomplete(missing)
    if violations := _wrong_scores(assignment.sheet.scores, rules):  # the call was amended meanwhile
        raise Invalid("The scores do not fit the criteria of the call any more.", violations=violations)
    return Sheet(assignment.sheet.revision + 1, assignment.sheet.scores, at)


def _must_be_writable(assignment: Assignment) -> None:
    if not assignment.declared:
        raise DeclarationMissing
    if assignment.sheet.submitted_at is not None:
        raise SheetAlreadySubmitted


def _wrong_scores(scores: Sequence[Score], rules: SelectionRules) -> list[Violation]:
    most = {criterion.code: criterion.max_points for criterion in rules.criteria}
    violations, seen = [], set()
    for index, score in enumerate(scores):
        at = f"/body/scores/{index}"
        if score.criterion not in most:
            known = ", ".join(most)
            violations.append(Violation(f"{at}/criterion", "unknown-criterion", f"The call knows: {known}."))
        elif score.criterion in seen:
            violations.append(Violation(f"{at}/criterion", "duplicate", "Scored twice."))
        elif not 0 <= score.points <= most[score.criterion]:
            violations.append(
                Violation(f"{at}/points", "out-of-range", f"0 to {most[score.criterion]} points.")
            )
        seen.add(score.criterion)
    return violations
