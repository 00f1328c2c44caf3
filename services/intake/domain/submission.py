"""Whether and when a draft may be submitted. Pure: no I/O, no clock, no framework."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from services.intake.domain.application import NotADraft, State
from shared.clock.arrival import Arrival
from shared.errors import DomainError, Kind, Violation
from shared.ids import ApplicationId


class WindowState(StrEnum):
    """A window at one instant."""

    NOT_OPEN = "not_open"
    OPEN = "open"
    CLOSED = "closed"


class WindowNotOpen(DomainError):
    """The window has not opened yet."""

    kind = Kind.CONFLICT
    title = "The intake is not open yet"

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(
            "Submit from opens_at on; your draft is kept.", facts={"opens_at": rfc3339(opens_at)}
        )


class WindowClosed(DomainError):
    """The window has closed."""

    kind = Kind.CONFLICT
    title = "The intake is closed"

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(
            "The request arrived at or after closed_at, so it cannot be taken.",
            facts={"closed_at": rfc3339(closed_at)},
        )


class Incomplete(DomainError):
    """Something that the call asks for is missing or wrong."""

    kind = Kind.INVALID
    title = "The application is not complete"

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("Mend each of the errors, then submit again.", violations=violations)


@dataclass(frozen=True, slots=True)
class IntakeWindow:
    """Half open ``[opens_at, closes_at)``; without ``closes_at`` intake is rolling and ``cut_off_at`` ends its year."""

    opens_at: datetime
    closes_at: datetime | None
    cut_off_at: datetime | None

    def admit(self, arrival: Arrival) -> None:
        """Raise ``WindowNotOpen`` or ``WindowClosed`` for a request that surely came outside; doubt favours it."""
        if arrival.surely_before(self.opens_at):
            raise WindowNotOpen(self.opens_at)
        self.must_not_be_over(arrival)

    def must_not_be_over(self, arrival: Arrival) -> None:
        """Raise ``WindowClosed`` for a request that surely came at or after the closing."""
        if self.closes_at is not None and arrival.surely_at_or_after(self.closes_at):
            raise WindowClosed(self.closes_at)

    def rolls_over(self, arrival: Arrival) -> bool:
        """Whether a proposal of rolling intake missed the year's cut-off and counts for the next year."""
        return self.cut_off_at is not None and arrival.surely_at_or_after(self.cut_off_at)

    def state_at(self, now: datetime) -> WindowState:
        """What the window is to everybody at the instant ``now``."""
        if now < self.opens_at:
            return WindowState.NOT_OPEN
        if self.closes_at is not None and now >= self.closes_at:
            return WindowState.CLOSED
        return WindowState.OPEN


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the decision needs to know of an application; ``violations`` were found when it was last changed."""

    id: ApplicationId
    state: State
    revision: int
    violations: Sequence[Violation]
    digest: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A received application. ``digest``: hex SHA-256 of its canonical form."""

    application_id: ApplicationId
    revision: int
    arrival: Arrival
    digest: str
    rolls_over: bool

    @property
    def clock_bound_ms(self) -> int:
        """The error bound of the arrival, in whole milliseconds, rounded up."""
        return math.ceil(self.arrival.bound / timedelta(milliseconds=1))


def submit(candidate: Candidate, window: IntakeWindow, arrival: Arrival) -> Submission:
    """Decide the submission of ``candidate`` into ``window``.

    Raises ``NotADraft``; ``WindowNotOpen`` or ``WindowClosed`` outside [opens_at, closes_at); ``Incomplete``
    with a JSON pointer and a reason for every item that is missing or wrong.
    Source: call definition, `window`, `documents`, `form`, `money`.
    """
    if candidate.state is not State.DRAFT:
        raise NotADraft(candidate.state)
    window.admit(arrival)
    if candidate.violations:
        raise Incomplete(candidate.violations)
    return Submission(candidate.id, candidate.revision, arrival, candidate.digest, window.rolls_over(arrival))


def rfc3339(instant: datetime) -> str:
    """An instant as text in UTC with microseconds: the one form that receipts and problems use."""
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
