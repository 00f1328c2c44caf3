"""The open call in words: what, who, when, how much, days left. Pure; "now" is the business clock's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.catalog.pages.views.wording import Said, Wording, in_seoul
from shared.events.call_definition import CallDefinition, TrackDefinition, Window

MOST_CALLS = 3


class Phase(StrEnum):
    """Where a window stands."""

    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Stated:
    """A value and, where no public source gives it, the note that says so."""

    text: str
    assumption: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class TrackView:
    """One track. ``left``: how long its window still is, or when it opens."""

    name: Said
    phase: Phase
    left: str
    rolling: bool
    applicants: tuple[str, ...]
    partner_required: bool
    amount: Stated
    opens: Stated
    ends: Stated
    selects: Stated
    result: Stated
    secretariat: Said


@dataclass(frozen=True, slots=True)
class CallView:
    """One announced call that is not over."""

    code: str
    name: Said
    host: Said
    tracks: tuple[TrackView, ...]

    @property
    def is_open(self) -> bool:
        """Whether anybody can apply now."""
        return any(track.phase is Phase.OPEN for track in self.tracks)


@dataclass(frozen=True, slots=True)
class CallsView:
    """What the first page says of calls. ``latest``: the last one, where none is open or upcoming."""

    calls: tuple[CallView, ...]
    more: int
    latest: Said | None

    @property
    def is_open(self) -> bool:
        """Whether one of those shown is open."""
        return any(call.is_open for call in self.calls)


def calls_view(calls: Sequence[CallDefinition], now: datetime, wording: Wording) -> CallsView:
    """The calls that are not over, those first that end first; ``calls`` are announced, the latest first."""
    present = [
        call for call in calls if any(phase_of(one.window, now) is not Phase.CLOSED for one in call.tracks)
    ]
    present.sort(key=lambda call: (not _is_open(call, now), _ends_next(call, now), call.code))
    return CallsView(
        calls=tuple(_call(call, now, wording) for call in present[:MOST_CALLS]),
        more=max(0, len(present) - MOST_CALLS),
        latest=wording.say(calls[0].name) if calls and not present else None,
    )


def phase_of(window: Window, now: datetime) -> Phase:
    """Half open: the instant of closing is closed."""
    if now < window.opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if now < _end(window) else Phase.CLOSED


def _end(window: Window) -> datetime:
    end = window.closes_at or window.cut_off_at
    assert end is not None, "a window has one of the two"  # noqa: S101 - the definition was validated
    return end


def _is_open(call: CallDefinition, now: datetime) -> bool:
    return any(phase_of(one.window, now) is Phase.OPEN for one in call.tracks)


def _ends_next(call: CallDefinition, now: datetime) -> datetime:
    return min(_end(one.window) for one in call.tracks if phase_of(one.window, now) is not Phase.CLOSED)


def _call(call: CallDefinition, now: datetime, wording: Wording) -> CallView:
    return CallView(
        code=call.code,
        name=_said(call.name, wording),
        host=_said(call.host, wording),
        tracks=tuple(_track(call, number, now, wording) for number in range(len(call.tracks))),
    )


def _track(call: CallDefinition, number: int, now: datetime, wording: Wording) -> TrackView:
    track, words = call.tracks[number], wording.words
    window, at = track.window, f"/tracks/{number}"
    ends_at = "closes_at" if window.closes_at else "cut_off_at"

    def stated(text: Said | str, pointer: str) -> Stated:
        language = text.language if isinstance(text, Said) else None
        return Stated(str(text), _assumption(call, f"{at}{pointer}", wording), language)

    return TrackView(
        name=_said(track.name, wording),
        phase=phase_of(window, now),
        left=_left(window, now, wording),
        rolling=window.closes_at is None,
        applicants=tuple(str(getattr(words.applicants, kind)) for kind in track.applicant_kinds),
        partner_required=track.partner_required,
        amount=stated(
            words.call.amount_each.format(amount=wording.won(track.money.max_support_krw)),
            "/money/max_support_krw",
        ),
        opens=stated(wording.instant(window.opens_at), "/window/opens_at"),
        ends=stated(wording.instant(_end(window)), f"/window/{ends_at}"),
        selects=stated(_selects(track, wording), "/selection/quota"),
        result=stated(_said(track.result_expected, wording), "/result_expected"),
        secretariat=_said(track.secretariat.name, wording),
    )


def _left(window: Window, now: datetime, wording: Wording) -> str:
    words, today = wording.words.call, in_seoul(now)
    match phase_of(window, now):
        case Phase.CLOSED:
            return str(words.closed)
        case Phase.UPCOMING:
            days = (in_seoul(window.opens_at) - today).days
            return str(words.opens_in.format(days=days) if days else words.opens_today)
        case Phase.OPEN:
            days = (in_seoul(_end(window)) - today).days
            return str(words.days_left.format(days=days) if days else words.last_day)


def _selects(track: TrackDefinition, wording: Wording) -> str:
    quota, words = track.selection.quota, wording.words.call
    if quota.min == quota.max:
        return str(words.selects_one.format(count=quota.max))
    return str(words.selects_count.format(least=quota.min, most=quota.max))


def _assumption(call: CallDefinition, pointer: str, wording: Wording) -> str | None:
    """The note of the assumption that covers ``pointer``; None: it is published."""
    for one in call.assumptions:
        if pointer == one.pointer or pointer.startswith(f"{one.pointer}/"):
            return str(wording.say(one.note))
    return None


def _said(text: object, wording: Wording) -> Said:
    return wording.say(text) or Said("")  # type: ignore[arg-type] # a LocalText is said in one language at least
