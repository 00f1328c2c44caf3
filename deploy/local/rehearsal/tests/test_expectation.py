"""The second reading of the call's rules, against sums done by hand."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from deploy.local.rehearsal.expectation import Method, Scored, aggregate, expected_ranking
from shared.events.call_definition import SelectionRules

NINE = datetime(2025, 2, 6, tzinfo=UTC)
RULES: dict[str, Any] = {
    "criteria": [
        {"code": "readiness", "name": {"en": "Readiness"}, "weight": 60, "max_points": 50},
        {"code": "market_entry", "name": {"en": "Market entry"}, "weight": 40},
    ],
    "aggregation": {"method": "trimmed_mean", "min_sheets": 3},
    "threshold_points": "60",
    "tie_break": ["readiness", "earlier_submission"],
    "quota": {"min": 1, "max": 2},
    "budget_krw": 700,
}


def scored(name: str, sheets: Sequence[Mapping[str, int]], *, hour: int = 0, asks: int = 300) -> Scored:
    return Scored(name, NINE + timedelta(hours=hour), asks, sheets)


def same(readiness: int, market_entry: int) -> list[Mapping[str, int]]:
    return [{"readiness": readiness, "market_entry": market_entry}] * 3


class TestAggregate:
    @pytest.mark.parametrize(
        ("method", "value"),
        [("mean", Fraction(70)), ("trimmed_mean", Fraction(80)), ("median", Fraction(80))],
    )
    def test_is_what_the_call_names(self, method: Method, value: Fraction) -> None:
        assert aggregate([Fraction(one) for one in (80, 100, 30)], method) == value


class TestExpectedRanking:
    def test_weighs_points_by_what_each_criterion_can_give(self) -> None:
        sheets = [
            {"readiness": 10, "market_entry": 0},
            {"readiness": 40, "market_entry": 65},
            {"readiness": 50, "market_entry": 100},
        ]
        [place] = expected_ranking([scored("A", sheets)], SelectionRules.model_validate(RULES), 400)
        assert (place.rank, place.total, place.selected, place.support_krw) == (1, "74.000000", True, 300)

    def test_breaks_a_tie_by_the_named_criterion_and_then_by_arrival(self) -> None:
        entries = [
            scored("late", same(40, 80), hour=1),
            scored("early", same(40, 80)),
            scored("ready", same(41, 77), hour=2),
        ]
        found = expected_ranking(entries, SelectionRules.model_validate(RULES), 400)
        assert {place.total for place in found} == {"80.000000"}
        assert [place.receipt_no for place in found] == ["ready", "early", "late"]

    def test_selects_up_to_the_quota_what_the_budget_covers_and_nothing_below_the_threshold(self) -> None:
        rules = SelectionRules.model_validate(RULES | {"quota": {"min": 1, "max": 3}})
        entries = [
            scored("first", same(50, 100), asks=500),
            scored("dear", same(48, 100), asks=400),
            scored("cheap", same(45, 100), asks=200),
            scored("weak", same(20, 50), asks=1),
        ]
        found = expected_ranking(entries, rules, 500)
        assert [place.receipt_no for place in found if place.selected] == ["first", "cheap"]
        assert sum(place.support_krw for place in found) == 700
