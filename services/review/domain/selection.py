"""The selection: proposed by one person, approved by another, announced at its embargo instant. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from uuid import UUID

from services.review.domain.refusals import (
    EmbargoNotInFuture,
    EmbargoPassed,
    FourEyesRequired,
    OccasionOver,
    SelectionNotInState,
)
from shared.auth.caller import Track
from shared.clock.arrival import Arrival

KOREA = timezone(timedelta(hours=9), "Asia/Seoul")
"""Korea keeps one offset all year (no daylight saving since 1988)."""


class SelectionState(StrEnum):
    """Where a selection stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REJECTED = "rejected"
    ANNOUNCED = "announced"


NEXT: Mapping[SelectionState, frozenset[SelectionState]] = {
    SelectionState.PROPOSED: frozenset({SelectionState.APPROVED, SelectionState.REJECTED}),
    SelectionState.APPROVED: frozenset({SelectionState.ANNOUNCED}),
    SelectionState.REJECTED: frozenset(),
    SelectionState.ANNOUNCED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection: the ranking of one evaluation, to be made public at ``announce_at``."""

    id: UUID
    evaluation_id: UUID
    call_id: UUID
    track: Track
    state: SelectionState
    announce_at: datetime
    ranking_sha256: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    rejection_reason: str | None
    announced_at: datetime | None


def check_embargo(announce_at: datetime, arrival: Arrival) -> None:
    """The announcement lies in the future. Raises ``EmbargoNotInFuture``."""
    if announce_at <= arrival.at:
        raise EmbargoNotInFuture(arrival.at)


def approve(selection: Selection, approver: str, arrival: Arrival) -> SelectionState:
    """Four eyes: another person than the proposer, before the instant. Source: architecture, "Security".

    Raises ``SelectionNotInState``, ``FourEyesRequired``, ``EmbargoPassed``.
    """
    after = move(selection, SelectionState.APPROVED)
    if approver == selection.proposed_by:
        raise FourEyesRequired
    if selection.announce_at <= arrival.at:
        raise EmbargoPassed
    return after


def move(selection: Selection, to: SelectionState) -> SelectionState:
    """The next state. Raises ``SelectionNotInState`` where the table has no such step."""
    if to not in NEXT[selection.state]:
        needed = next(state for state in SelectionState if to in NEXT[state])
        raise SelectionNotInState(selection.state, needed)
    return to


def check_not_over(ends_on: date, arrival: Arrival) -> None:
    """The occasion's last day, in Korea, is today or to come. Raises ``OccasionOver``."""
    if arrival.at.astimezone(KOREA).date() > ends_on:
        raise OccasionOver(ends_on.isoformat())
