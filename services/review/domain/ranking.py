"""The ranking: a pure function of its bundle, in exact arithmetic, recomputable to the byte by anybody.

Nothing here rounds before the text of the result: totals are ``Fraction``s, and only their display has
six places. Source: call definition, ``selection``; architecture, "Proof".
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from services.review.domain.bundle import Bundle, BundleCase, BundleSheet
from services.review.domain.rules import EARLIER_SUBMISSION, Method, SelectionRules
from shared.canonical import NotCanonical, canonical_bytes, sha256_hex

FORMAT = "kcity-ranking/1"
PLACES = 6
_TRIMMED = 2


class Standing(StrEnum):
    """What became of a case. ``reserve``: over the threshold, but not selected."""

    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"


class Reason(StrEnum):
    """Why. ``after_misfit``: an earlier case did not fit the budget, and the call says stop."""

    SELECTED = "selected"
    BELOW_THRESHOLD = "below_threshold"
    QUOTA_FULL = "quota_full"
    COUNTRY_CAP = "country_cap"
    BUDGET_EXHAUSTED = "budget_exhausted"
    AFTER_MISFIT = "after_misfit"


class TooFewSheets(ValueError):
    """A case has fewer counting sheets than its aggregation needs."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A case with its exact totals, 0–100 points; ``by_criterion`` decides ties."""

    case: BundleCase
    total: Fraction
    by_criterion: Mapping[str, Fraction]
    reviewers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A case in its rank. ``support_krw``: what it gets, 0 unless selected."""

    rank: int
    scored: Scored
    standing: Standing
    reason: Reason
    support_krw: int

    @property
    def application_id(self) -> UUID:
        """Whose place it is."""
        return self.scored.case.application_id

    def as_json(self) -> dict[str, Any]:
        """The place as JSON values; points as decimal strings of six places."""
        case = self.scored.case
        return {
            "rank": self.rank,
            "case_id": str(case.case_id),
            "application_id": str(case.application_id),
            "receipt_no": case.receipt_no,
            "country_iso2": case.country_iso2,
            "total": points_text(self.scored.total),
            "criteria": {code: points_text(value) for code, value in self.scored.by_criterion.items()},
            "sheets_counted": len(self.scored.reviewers),
            "state": str(self.standing),
            "reason": str(self.reason),
            "support_krw": self.support_krw,
        }


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every case of the bundle in order, each with its state and reason."""

    bundle_digest: str
    places: tuple[Place, ...]
    quota_min: int

    def as_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        selected = [place for place in self.places if place.standing is Standing.SELECTED]
        return {
            "format": FORMAT,
            "bundle_sha256": self.bundle_digest,
            "selected_count": len(selected),
            "quota_min_reached": len(selected) >= self.quota_min,
            "support_total_krw": sum(place.support_krw for place in selected),
            "places": [place.as_json() for place in self.places],
        }

    def canonical(self) -> bytes:
        """The bytes that the result's digest is taken over (RFC 8785)."""
        return canonical_bytes(self.as_json())

    def digest(self) -> str:
        """Hex SHA-256 of ``canonical``."""
        return sha256_hex(self.canonical())


def rank(bundle: Bundle) -> Ranking:
    """Rank and select. Raises ``TooFewSheets``; the order of the input's parts has no influence."""
    scored = sorted(
        (_score(case, bundle.rules) for case in bundle.cases),
        key=lambda one: _precedence(one, bundle.rules.tie_break),
    )
    return Ranking(bundle.digest(), tuple(_select(scored, bundle.rules)), bundle.rules.quota_min)


def verify(bundle: bytes, result: bytes) -> bool:
    """Whether ``result`` is, to the byte, the ranking of ``bundle`` (both canonical JSON). Needs nothing else."""
    try:
        read = Bundle.of_json(json.loads(bundle))
        return read.canonical() == bundle and rank(read).canonical() == result
    except (KeyError, ValueError, TypeError, AttributeError, ZeroDivisionError, NotCanonical):
        return False


def points_text(points: Fraction) -> str:
    """Points with six places, half to even: ``"83.333333"``."""
    whole, rest = divmod(round(points * 10**PLACES), 10**PLACES)
    return f"{whole}.{rest:0{PLACES}d}"


def sheet_total(sheet: BundleSheet, rules: SelectionRules) -> Fraction:
    """One sheet's weighted total, 0–100 points. Raises ``KeyError`` for a sheet that is not complete."""
    return sum(
        (
            Fraction(criterion.weight * sheet.points[criterion.code], criterion.max_points)
            for criterion in rules.criteria
        ),
        start=Fraction(),
    )


def aggregate(values: Sequence[Fraction], method: Method) -> Fraction:
    """One value from many: mean, mean without the highest and the lowest, or median. Raises ``TooFewSheets``."""
    ordered = sorted(values)
    if method == "trimmed_mean":
        ordered = ordered[1:-1]
    if method == "median" and ordered:
        middle = (len(ordered) - 1) // 2
        ordered = ordered[middle : len(ordered) - middle]
    if not ordered or (method == "trimmed_mean" and len(values) <= _TRIMMED):
        raise TooFewSheets
    return sum(ordered, start=Fraction()) / len(ordered)


def _score(case: BundleCase, rules: SelectionRules) -> Scored:
    sheets = case.counting()
    if len(sheets) < rules.min_sheets:
        raise TooFewSheets(f"case {case.case_id} has {len(sheets)} sheets, {rules.min_sheets} are needed")
    total = aggregate([sheet_total(sheet, rules) for sheet in sheets], rules.method)
    # each criterion by itself: raising a point can then never lower a value that breaks a tie
    by_criterion = {
        criterion.code: aggregate([Fraction(sheet.points[criterion.code]) for sheet in sheets], rules.method)
        for criterion in rules.criteria
    }
    return Scored(case, total, by_criterion, tuple(sorted(sheet.reviewer for sheet in sheets)))


def _precedence(scored: Scored, tie_break: Sequence[str]) -> tuple[Any, ...]:
    ties = (
        scored.case.arrived_at if step == EARLIER_SUBMISSION else -scored.by_criterion[step]
        for step in tie_break
    )
    return (-scored.total, *ties, scored.case.arrived_at, scored.case.receipt_no, scored.case.application_id)


def _select(scored: Sequence[Scored], rules: SelectionRules) -> list[Place]:
    places: list[Place] = []
    budget, countries, taken, stopped = rules.budget_krw, Counter[str](), 0, False
    for number, one in enumerate(scored, start=1):
        support = min(one.case.requested_amount_krw, rules.max_support_krw)
        country = one.case.country_iso2
        if one.total < Fraction(rules.threshold_points):
            places.append(Place(number, one, Standing.NOT_SELECTED, Reason.BELOW_THRESHOLD, 0))
            continue
        if taken >= rules.quota_max:
            reason = Reason.QUOTA_FULL
        elif stopped:
            reason = Reason.AFTER_MISFIT
        elif rules.max_per_country is not None and countries[country] >= rules.max_per_country:
            reason = Reason.COUNTRY_CAP
        elif support > budget:
            reason, stopped = Reason.BUDGET_EXHAUSTED, rules.on_misfit == "stop"
        else:
            budget, taken = budget - support, taken + 1
            countries[country] += 1
            places.append(Place(number, one, Standing.SELECTED, Reason.SELECTED, support))
            continue
        places.append(Place(number, one, Standing.RESERVE, reason, 0))
    return places
