from datetime import UTC, date, datetime

import pytest

from services.review.domain.implementation import agreement_due_on


class TestAgreementDueOn:
    @pytest.mark.parametrize(
        ("announced", "country", "due"),
        [
            ("2025-04-21T02:00:00", "KR", "2025-05-21"),
            ("2025-04-21T02:00:00", "VN", "2025-06-21"),
            ("2025-12-31T02:00:00", "VN", "2026-02-28"),
            ("2025-12-30T16:00:00", "KR", "2026-01-31"),  # the 31st in Korea
        ],
    )
    def test_is_one_month_after_the_announcement_and_two_for_an_applicant_abroad(
        self, announced: str, country: str, due: str
    ) -> None:
        at = datetime.fromisoformat(announced).replace(tzinfo=UTC)
        assert agreement_due_on(at, country) == date.fromisoformat(due)
