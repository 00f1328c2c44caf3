"""How an entry became what it is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from services.catalog.domain.project import Fact, Project, Stage


class Cause(StrEnum):
    """Why an entry changed."""

    LIST = "list"
    ANNOUNCEMENT = "announcement"
    AGREEMENT = "agreement"
    START = "start"
    COMPLETION = "completion"
    WITHDRAWAL = "withdrawal"
    IMPORT = "import"
    CORRECTION = "correction"
    UNKNOWN = "unknown"
    """Brought back from an event that is older than causes (before November 2026)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What was said of one fact, and what is said of it now; None: not published."""

    fact: Fact
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Why:
    """Who changes an entry, and why. ``actor``: account or worker; ``reason``: in the words of a person.

    ``source``: addresses of public text that the change as a whole was taken from. ``import_id``: of which import it
    is a part.
    """

    cause: Cause
    actor: str
    at: datetime
    reason: str | None = None
    source: str | None = None
    import_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of an entry, as its history keeps it; values are JSON. Who made it is not told."""

    revision: int
    at: datetime
    cause: Cause
    reason: str | None
    source: str | None
    import_id: UUID | None
    changes: tuple[Change, ...]


def stages_of(revisions: Sequence[Revision]) -> tuple[tuple[Stage, datetime], ...]:
    """The stages that an entry went through, each with the instant from which the catalogue said so."""
    return tuple(
        (Stage(str(change.after)), revision.at)
        for revision in revisions
        for change in revision.changes
        if change.fact is Fact.STAGE
    )


def changes_between(before: Project | None, after: Project) -> tuple[Change, ...]:
    """What ``after`` says otherwise; of a new entry all that it says."""
    return tuple(
        Change(fact, old, new)
        for fact in Fact
        if (old := before.value(fact) if before else None) != (new := after.value(fact))
        and (before or _said(new))
    )


def _said(value: object) -> bool:
    return value is not None and value not in ((), {})
