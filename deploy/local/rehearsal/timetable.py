"""The instants of a rehearsed call: what the call says, and what the ministry sets each time."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Self

from shared.events.call_definition import CallDefinition, TrackDefinition, Window

KST = timezone(timedelta(hours=9), "KST")
A_MILLISECOND = timedelta(milliseconds=1)
_SCREENED = timedelta(days=7)
_EVALUATED = timedelta(days=23)


class NoTimetable(ValueError):
    """The call has not the shape of a K-City Network call with its two tracks."""


@dataclass(frozen=True, slots=True)
class Round:
    """The instants of one track. ``ends_at``: closing, or the year's cut-off of rolling intake."""

    window: Window
    ends_at: datetime
    announce_at: datetime

    @property
    def opens_at(self) -> datetime:
        """The opening instant."""
        return self.window.opens_at

    @property
    def middle(self) -> datetime:
        """Half way through the intake."""
        return self.part(1, 2)

    def part(self, numerator: int, denominator: int) -> datetime:
        """An instant within the intake, to the second."""
        moment = self.opens_at + (self.ends_at - self.opens_at) * numerator / denominator
        return moment.replace(microsecond=0)

    @property
    def screening(self) -> datetime:
        """When eligibility is decided."""
        return self.ends_at + _SCREENED

    @property
    def scoring(self) -> datetime:
        """When reviewers score."""
        return self.ends_at + _EVALUATED

    @property
    def proposing(self) -> datetime:
        """When the selection is proposed and approved: two days before its announcement."""
        return self.announce_at - timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The whole year. The hour of a selection's announcement is set by the ministry each time [A]."""

    before_announcement: datetime
    announcement: datetime
    demonstration: Round
    planning: Round
    inviting: datetime

    @classmethod
    def of(cls, call: CallDefinition) -> Self:
        """Demonstrations are announced in April, plans on 19 December, invitations go out in May.

        Raises ``NoTimetable``. Source: programme, "The two tracks of 2025".
        """
        demonstration, planning = call.track("demonstration"), call.track("planning")
        if demonstration is None or planning is None:
            raise NoTimetable("the rehearsal plays a call with a demonstration and a planning track")
        return cls(
            before_announcement=call.announced_at - timedelta(seconds=1),
            announcement=call.announced_at,
            demonstration=_round(demonstration, datetime(call.year, 4, 17, 11, tzinfo=KST)),
            planning=_round(planning, datetime(call.year, 12, 19, 11, tzinfo=KST)),
            inviting=datetime(call.year, 5, 12, 10, tzinfo=KST),
        )


def _round(track: TrackDefinition, announce_at: datetime) -> Round:
    ends_at = track.window.closes_at or track.window.cut_off_at
    if ends_at is None or ends_at + _EVALUATED >= announce_at:
        raise NoTimetable(f"the {track.track} track ends too late for an announcement at {announce_at}")
    return Round(track.window, ends_at, announce_at)
