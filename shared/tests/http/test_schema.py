"""Instants of requests are what the contract says: text with a zone."""

import pytest
from pydantic import ValidationError

from shared.http.schema import Instant, Schema


class Departure(Schema):
    """When a tram leaves."""

    leaves_at: Instant


class TestInstant:
    @pytest.mark.parametrize("text", ["2025-03-11T08:59:59.999Z", "2025-03-11T18:00:00+09:00"])
    def test_takes_a_date_and_time_with_its_zone(self, text: str) -> None:
        assert Departure.model_validate({"leaves_at": text}).leaves_at.tzinfo is not None

    @pytest.mark.parametrize("value", [0, 1741683599.999, True, "1741683599", "-1741683599.5", None, []])
    def test_takes_no_seconds_since_1970(self, value: object) -> None:
        with pytest.raises(ValidationError):
            Departure.model_validate({"leaves_at": value})

    def test_takes_none_without_a_zone(self) -> None:
        with pytest.raises(ValidationError):
            Departure.model_validate({"leaves_at": "2025-03-11T18:00:00"})
