"""How an entry became what it is. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.catalog.domain.project import Fact, Project


class Cause(StrEnum):
    """Why an entry changed."""

    LIST = "list"
    ANNOUNCEMENT = "announcement"
    AGREEMENT = "agreement"
    START = "start"
    COMPLETION = "completion"
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
    """Who changes an entry, and why. ``actor``: account, worker or import; ``reason``: in the words of a person."""

    cause: Cause
    actor: str
    at: datetime
    reason: str | None = None


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
