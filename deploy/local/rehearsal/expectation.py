"""What the ranking has to be, computed here a second time from what the reviewers gave.

Written from the words of the call definition, not from the code of review: two readings must agree.
"""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from shared.events.call_definition import SelectionRules

Method = Literal["mean", "trimmed_mean", "median"]
EARLIER = "earlier_submission"


@dataclass(frozen=True, slots=True)
class Scored:
    """An application with its sheets: points by criterion, one mapping a reviewer."""

    receipt_no: str
    arrived_at: datetime
    requested_amount_krw: int
    sheets: Sequence[Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class ExpectedPlace:
    """A rank. ``total``: with six decimals, as the API writes it; ``support_krw``: 0 unless selected."""

    rank: int
    receipt_no: str
    total: str
    selected: bool
    support_krw: int


def expected_ranking(
    scored: Sequence[Scored], rules: SelectionRules, max_support_krw: int
) -> list[ExpectedPlace]:
    """Every application in its rank. Only rules without a country cap are read here."""
    ordered = sorted(scored, key=lambda one: _precedence(one, rules))
    places: list[ExpectedPlace] = []
    budget, taken = rules.budget_krw, 0
    for number, one in enumerate(ordered, start=1):
        support = min(one.requested_amount_krw, max_support_krw)
        chosen = (
            _total(one, rules) >= Fraction(rules.threshold_points)
            and taken < rules.quota.max
            and support <= budget
        )
        taken, budget = (taken + 1, budget - support) if chosen else (taken, budget)
        text = _six_places(_total(one, rules))
        places.append(ExpectedPlace(number, one.receipt_no, text, chosen, support if chosen else 0))
    return places


def aggregate(values: Sequence[Fraction], method: Method) -> Fraction:
    """One value from many; ``trimmed_mean`` leaves out the highest and the lowest."""
    match method:
        case "median":
            return statistics.median(values)
        case "trimmed_mean":
            return (sum(values, Fraction()) - max(values) - min(values)) / (len(values) - 2)
        case "mean":
            return sum(values, Fraction()) / len(values)


def _precedence(one: Scored, rules: SelectionRules) -> tuple[Fraction | datetime | str, ...]:
    ties = (one.arrived_at if step == EARLIER else -_criterion(one, rules, step) for step in rules.tie_break)
    return (-_total(one, rules), *ties, one.arrived_at, one.receipt_no)


def _total(one: Scored, rules: SelectionRules) -> Fraction:
    sheets = [
        sum(
            (Fraction(item.weight, item.max_points) * sheet[item.code] for item in rules.criteria), Fraction()
        )
        for sheet in one.sheets
    ]
    return aggregate(sheets, rules.aggregation.method)


def _criterion(one: Scored, rules: SelectionRules, code: str) -> Fraction:
    return aggregate([Fraction(sheet[code]) for sheet in one.sheets], rules.aggregation.method)


def _six_places(value: Fraction) -> str:
    millionths = round(value * 1_000_000)
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
