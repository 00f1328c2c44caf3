"""Reviewers, their panels and conflicts of interest. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from shared.auth.caller import Track
from shared.errors import Invalid, Violation


class ConflictKind(StrEnum):
    """제척 (excluded by rule) or 회피 (steps back). Source: programme, "Rules used by analogy"."""

    EXCLUSION = "exclusion"
    RECUSAL = "recusal"


class ConflictReason(StrEnum):
    """Why there is a conflict, as a code: no names, no free text."""

    EMPLOYMENT = "employment"
    FAMILY = "family"
    FINANCIAL_INTEREST = "financial_interest"
    JOINT_WORK = "joint_work"
    ADVISED_THE_APPLICANT = "advised_the_applicant"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Reviewer:
    """An expert, known by the ``subject`` of their token; no names. Languages: ``ko``, ``en``."""

    id: UUID
    subject: str
    expertise: tuple[str, ...]
    organisation_ids: tuple[UUID, ...]
    languages: tuple[str, ...]
    registered_at: datetime


@dataclass(frozen=True, slots=True)
class Panel:
    """Who may review a track of a call."""

    id: UUID
    call_id: UUID
    track: Track
    reviewer_ids: tuple[UUID, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a reviewer says of their interest in a case."""

    has_conflict: bool
    kind: ConflictKind | None
    reason: ConflictReason | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known about those who are to review one case."""

    reviewers: dict[UUID, Reviewer]
    in_panel: frozenset[UUID]
    conflicted: frozenset[UUID]
    adviser_id: UUID | None


def check_declaration(declaration: Declaration) -> None:
    """A conflict has a kind and a reason, no conflict has neither. Raises ``Invalid``."""
    given = {"/body/kind": declaration.kind, "/body/reason_code": declaration.reason}
    if declaration.has_conflict:
        wrong = [Violation(at, "missing", "A conflict needs it.") for at, value in given.items() if not value]
    else:
        wrong = [Violation(at, "not-empty", "Only for a conflict.") for at, value in given.items() if value]
    if wrong:
        raise Invalid("The declaration does not fit together.", violations=wrong)


def check_candidates(
    wanted: Sequence[UUID], candidates: Candidates, applicant_organisations: Collection[UUID]
) -> None:
    """Raise ``Invalid`` with a violation for each one who may not review the case."""
    violations = []
    for index, reviewer_id in enumerate(wanted):
        reason = _unfit(reviewer_id, candidates, applicant_organisations)
        if reason is not None:
            violations.append(Violation(f"/body/reviewer_ids/{index}", *reason))
    if violations:
        raise Invalid("Choose other reviewers.", violations=violations)


def _unfit(reviewer_id: UUID, known: Candidates, organisations: Collection[UUID]) -> tuple[str, str] | None:
    reviewer = known.reviewers.get(reviewer_id)
    if reviewer is None or reviewer_id not in known.in_panel:
        return "not-in-panel", "Only members of a panel of this call and track review."
    if reviewer_id in known.conflicted:
        return "conflict-declared", "Declared a conflict of interest in this case."
    if not set(reviewer.organisation_ids).isdisjoint(organisations):
        return "own-organisation", "Belongs to the applicant's organisation."
    if reviewer_id == known.adviser_id:
        return "adviser-of-the-case", "Advised the applicant in pre-consulting."
    return None
