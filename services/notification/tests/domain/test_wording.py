from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from services.notification.domain.wording import day_text, instant_text, single_line, won_text


class TestSingleLine:
    @given(st.text())
    def test_never_leaves_its_line(self, text: str) -> None:
        told = single_line(text)
        assert len(told.splitlines()) <= 1
        assert "\x00" not in told

    def test_drops_marks_that_reorder_what_is_read(self) -> None:
        assert single_line("a\u202eb\u2066c") == "abc"

    def test_keeps_words_of_any_script(self) -> None:
        assert single_line("  김 하나\r\nBcc: x@y ") == "김 하나 Bcc: x@y"


class TestDates:
    def test_instants_are_told_in_korean_time(self) -> None:
        instant = datetime(2025, 3, 10, 16, 30, 5, tzinfo=UTC)
        assert instant_text(instant, "ko") == "2025년 3월 11일 01:30:05(한국 표준시)"
        assert instant_text(instant, "en") == "11 March 2025, 01:30:05 (Korean time, UTC+9)"

    def test_days_are_told_with_their_weekday_in_korean(self) -> None:
        assert day_text(date(2025, 7, 15), "ko") == "2025년 7월 15일(화)"
        assert day_text(date(2025, 7, 15), "en") == "15 July 2025"

    def test_won_have_separated_thousands(self) -> None:
        assert won_text(400_000_000, "ko") == "400,000,000원"
        assert won_text(400_000_000, "en") == "KRW 400,000,000"
