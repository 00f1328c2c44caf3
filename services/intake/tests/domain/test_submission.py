from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.intake.domain.application import NotADraft, State
from services.intake.domain.submission import (
    Candidate,
    Incomplete,
    IntakeWindow,
    Submission,
    WindowClosed,
    WindowNotOpen,
    WindowState,
    submit,
)
from shared.clock.arrival import Arrival
from shared.errors import Violation
from shared.ids import ApplicationId, new_uuid

OPENS = datetime(2025, 2, 6, 0, 0, tzinfo=UTC)
CLOSES = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
CUT_OFF = datetime(2025, 10, 31, 9, 0, tzinfo=UTC)
WINDOW = IntakeWindow(OPENS, CLOSES, None)
ROLLING = IntakeWindow(OPENS, None, CUT_OFF)
MILLISECOND = timedelta(milliseconds=1)
SHARP = timedelta()


def arrive(at: datetime, bound: timedelta = SHARP, window: IntakeWindow = WINDOW) -> Submission:
    candidate = Candidate(ApplicationId(new_uuid()), State.DRAFT, 3, (), "00")
    return submit(candidate, window, Arrival(at, bound))


class TestSubmit:
    def test_is_too_early_one_millisecond_before_opening(self) -> None:
        with pytest.raises(WindowNotOpen) as refusal:
            arrive(OPENS - MILLISECOND)
        assert refusal.value.facts == {"opens_at": "2025-02-06T00:00:00.000000Z"}

    def test_is_in_time_at_the_opening_instant(self) -> None:
        assert arrive(OPENS).arrival.at == OPENS

    def test_is_in_time_one_millisecond_before_closing(self) -> None:
        assert arrive(CLOSES - MILLISECOND).revision == 3

    def test_is_refused_at_the_closing_instant(self) -> None:
        with pytest.raises(WindowClosed) as refusal:
            arrive(CLOSES)
        assert refusal.value.facts == {"closed_at": "2025-03-11T09:00:00.000000Z"}

    def test_is_in_time_when_the_clock_bound_reaches_back_before_closing(self) -> None:
        assert arrive(CLOSES + MILLISECOND, 2 * MILLISECOND)

    def test_is_in_time_when_the_clock_bound_reaches_the_opening(self) -> None:
        assert arrive(OPENS - MILLISECOND, MILLISECOND)

    def test_is_refused_when_even_the_bound_leaves_no_doubt(self) -> None:
        with pytest.raises(WindowClosed):
            arrive(CLOSES + MILLISECOND, MILLISECOND)

    @given(st.timedeltas(-timedelta(days=60), timedelta(days=60)), st.timedeltas(SHARP, timedelta(seconds=1)))
    def test_admits_exactly_what_may_have_come_within_the_window(
        self, offset: timedelta, bound: timedelta
    ) -> None:
        at = CLOSES + offset
        possibly_in_time = at + bound >= OPENS and at - bound < CLOSES
        try:
            arrive(at, bound)
            admitted = True
        except (WindowClosed, WindowNotOpen):
            admitted = False
        assert admitted == possibly_in_time

    def test_names_every_missing_item_with_its_pointer(self) -> None:
        missing = (Violation("/contact", "missing", ""), Violation("/project/title", "missing", ""))
        candidate = Candidate(ApplicationId(new_uuid()), State.DRAFT, 1, missing, "00")
        with pytest.raises(Incomplete) as refusal:
            submit(candidate, WINDOW, Arrival(OPENS, SHARP))
        assert refusal.value.violations == missing

    @pytest.mark.parametrize("state", [State.SUBMITTED, State.WITHDRAWN])
    def test_refuses_what_is_no_draft(self, state: State) -> None:
        with pytest.raises(NotADraft):
            submit(Candidate(ApplicationId(new_uuid()), state, 1, (), "00"), WINDOW, Arrival(OPENS, SHARP))

    def test_rolls_over_from_the_cut_off_on(self) -> None:
        assert not arrive(CUT_OFF - MILLISECOND, window=ROLLING).rolls_over
        assert arrive(CUT_OFF, window=ROLLING).rolls_over
        assert not arrive(CUT_OFF, MILLISECOND, ROLLING).rolls_over

    def test_rounds_the_bound_up_to_whole_milliseconds(self) -> None:
        assert arrive(OPENS, timedelta(microseconds=1)).clock_bound_ms == 1
        assert arrive(OPENS, SHARP).clock_bound_ms == 0


class TestWindowState:
    def test_is_half_open(self) -> None:
        states = [WINDOW.state_at(at) for at in (OPENS - MILLISECOND, OPENS, CLOSES - MILLISECOND, CLOSES)]
        assert states == [WindowState.NOT_OPEN, WindowState.OPEN, WindowState.OPEN, WindowState.CLOSED]

    def test_never_closes_while_intake_rolls(self) -> None:
        assert ROLLING.state_at(CUT_OFF) is WindowState.OPEN
