from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from services.catalog.pages.views.calls import MOST_CALLS, CallsView, Phase, calls_view
from services.catalog.pages.views.wording import Wording
from services.catalog.tests.made import definition
from shared.events.call_definition import CallDefinition

FILE = Path(__file__).parents[3] / "intake" / "calls" / "k-city-network-2025.yaml"
CALL = CallDefinition.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
CLOSES = datetime(2025, 3, 11, 9, tzinfo=UTC)
EVENING = datetime(2025, 3, 10, 15, tzinfo=UTC)
"""Midnight in Seoul: the day of closing begins."""


def at(now: datetime, calls: list[CallDefinition] | None = None, language: str = "ko") -> CallsView:
    return calls_view([CALL] if calls is None else calls, now, Wording("ko" if language == "ko" else "en"))


class TestCallsView:
    @pytest.mark.parametrize(
        ("now", "left"),
        [
            (CLOSES - timedelta(days=19), "19일 남음"),
            (EVENING - timedelta(milliseconds=1), "1일 남음"),
            (EVENING, "오늘 마감"),
            (CLOSES - timedelta(milliseconds=1), "오늘 마감"),
            (CLOSES, "마감"),
            (datetime(2025, 2, 5, 23, 59, tzinfo=UTC), "오늘 시작"),
            (datetime(2025, 1, 21, 3, tzinfo=UTC), "16일 후 시작"),
        ],
    )
    def test_days_are_those_of_seoul_and_the_instant_of_closing_is_closed(
        self, now: datetime, left: str
    ) -> None:
        assert at(now).calls[0].tracks[1].left == left

    def test_says_who_how_much_and_how_many_in_both_languages(self) -> None:
        korean, english = (
            at(CLOSES - timedelta(days=1), language=one).calls[0].tracks[1] for one in ("ko", "en")
        )
        assert korean.amount.text == "사업당 최대 4억 원"
        assert english.amount.text == "at most KRW 400 million a project"
        assert korean.applicants == ("국내 기업",)
        assert korean.partner_required
        assert (korean.selects.text, english.selects.text) == ("5~6개", "5–6 projects")

    def test_hours_are_those_of_seoul(self) -> None:
        track = at(CLOSES - timedelta(days=1), language="en").calls[0].tracks[1]
        assert track.ends.text == "Tue, 11 March 2025, 18:00"

    def test_what_is_assumed_says_so_and_what_is_published_does_not(self) -> None:
        track = at(CLOSES - timedelta(days=1)).calls[0].tracks[1]
        assert track.ends.assumption == "접수 마감일만 공개되었고 18시는 가정이다."
        assert track.amount.assumption is None
        assert track.selects.assumption is None

    def test_rolling_intake_ends_at_the_cut_off_of_the_year(self) -> None:
        rolling = at(CLOSES).calls[0].tracks[0]
        assert rolling.rolling
        assert rolling.phase is Phase.OPEN

    def test_a_call_whose_windows_are_all_over_is_only_the_latest(self) -> None:
        view = at(datetime(2026, 1, 5, tzinfo=UTC))
        assert view.calls == ()
        assert view.latest is not None
        assert view.latest.text == "K-City 네트워크 2025 글로벌 협력 프로그램 공모"

    def test_without_any_call_it_says_nothing_of_one(self) -> None:
        assert at(CLOSES, []) == CallsView((), 0, None)

    def test_of_many_calls_those_come_first_that_are_open_and_end_first(self) -> None:
        later = [definition().model_copy(update={"code": f"KCN-2025-R{number}"}) for number in range(1, 5)]
        view = at(CLOSES - timedelta(days=1), [*later, CALL])
        assert len(view.calls) == MOST_CALLS
        assert view.more == 2
        assert view.calls[0].code == "KCN-2025"
