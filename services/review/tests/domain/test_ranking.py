import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.review.domain.bundle import Bundle, BundleCase, BundleDeclaration, BundleSheet
from services.review.domain.ranking import (
    Place,
    Ranking,
    Reason,
    Standing,
    TooFewSheets,
    aggregate,
    points_text,
    rank,
    verify,
)
from services.review.domain.rules import Criterion, SelectionRules

OPENING = datetime(2025, 2, 6, tzinfo=UTC)
CRITERIA = (Criterion("readiness", 60, 100), Criterion("market_entry", 40, 20))
RULES = SelectionRules(
    criteria=CRITERIA,
    method="mean",
    min_sheets=1,
    threshold_points="60",
    tie_break=("market_entry", "earlier_submission"),
    quota_min=1,
    quota_max=2,
    budget_krw=800,
    max_support_krw=400,
    max_per_country=None,
    on_misfit="skip",
)


def case(number: int, *points: tuple[int, int], requested: int = 400, country: str = "VN") -> BundleCase:
    """Case ``number`` with one sheet for each (readiness, market entry)."""
    return BundleCase(
        case_id=UUID(int=1000 + number),
        application_id=UUID(int=number),
        receipt_no=f"KCN-{number:04d}",
        arrived_at=OPENING + timedelta(hours=number),
        digest="0" * 64,
        country_iso2=country,
        requested_amount_krw=requested,
        sheets=tuple(
            BundleSheet(f"R{n}", dict(zip(("readiness", "market_entry"), pair, strict=True)), OPENING)
            for n, pair in enumerate(points)
        ),
        declarations=tuple(
            BundleDeclaration(f"R{n}", has_conflict=False, kind=None, reason_code=None)
            for n in range(len(points))
        ),
    )


def bundle(*cases: BundleCase, **rules: object) -> Bundle:
    return Bundle(
        evaluation_id=UUID(int=1),
        call_id=UUID(int=2),
        call_code="KCN-2025",
        call_version=1,
        track="demonstration",
        closed_at=OPENING + timedelta(days=60),
        rules=replace(RULES, **rules),  # type: ignore[arg-type] # the tests name real fields
        cases=cases,
    )


def outcome(ranking: Ranking) -> list[tuple[int, Standing, Reason]]:
    return [(place.application_id.int, place.standing, place.reason) for place in ranking.places]


def place_of(ranking: Ranking, number: int) -> Place:
    return next(place for place in ranking.places if place.application_id.int == number)


class TestRank:
    def test_weighs_points_by_criterion_and_shows_six_places(self) -> None:
        (place,) = rank(bundle(case(1, (80, 15), (70, 10), (71, 11)))).places
        assert place.scored.total == Fraction(60 * 80 + 60 * 70 + 60 * 71, 300) + Fraction(
            40 * (15 + 10 + 11), 60
        )
        assert place.as_json()["total"] == "68.200000"

    def test_selects_by_total_until_the_quota_is_full(self) -> None:
        ranking = rank(bundle(case(1, (70, 20)), case(2, (90, 20)), case(3, (80, 20))))
        assert outcome(ranking) == [
            (2, Standing.SELECTED, Reason.SELECTED),
            (3, Standing.SELECTED, Reason.SELECTED),
            (1, Standing.RESERVE, Reason.QUOTA_FULL),
        ]

    def test_a_total_on_the_threshold_is_enough_and_a_hair_below_is_not(self) -> None:
        ranking = rank(bundle(case(1, (100, 0)), case(2, (99, 0)), threshold_points="60"))
        assert outcome(ranking) == [
            (1, Standing.SELECTED, Reason.SELECTED),
            (2, Standing.NOT_SELECTED, Reason.BELOW_THRESHOLD),
        ]

    def test_a_tie_goes_to_the_criterion_named_first_and_then_to_the_earlier_submission(self) -> None:
        by_criterion = rank(bundle(case(1, (90, 17)), case(2, (80, 20)), quota_max=1))
        assert [place.scored.total for place in by_criterion.places] == [88, 88]
        assert [place.application_id.int for place in by_criterion.places] == [2, 1]
        by_arrival = rank(bundle(case(2, (80, 20)), case(1, (80, 20)), quota_max=1))
        assert [place.application_id.int for place in by_arrival.places] == [1, 2]

    def test_skips_a_case_the_budget_does_not_cover_and_takes_the_next(self) -> None:
        ranking = rank(
            bundle(case(1, (90, 20)), case(2, (80, 20)), case(3, (70, 20), requested=100), budget_krw=500)
        )
        assert [place.reason for place in ranking.places] == [
            Reason.SELECTED,
            Reason.BUDGET_EXHAUSTED,
            Reason.SELECTED,
        ]

    def test_stops_at_a_case_the_budget_does_not_cover_when_the_call_says_so(self) -> None:
        cases = case(1, (90, 20)), case(2, (80, 20)), case(3, (70, 20), requested=100)
        ranking = rank(bundle(*cases, budget_krw=500, on_misfit="stop"))
        assert [place.reason for place in ranking.places] == [
            Reason.SELECTED,
            Reason.BUDGET_EXHAUSTED,
            Reason.AFTER_MISFIT,
        ]

    def test_caps_the_projects_of_one_country(self) -> None:
        cases = case(1, (90, 20)), case(2, (80, 20)), case(3, (70, 20), country="UZ")
        ranking = rank(bundle(*cases, max_per_country=1))
        assert [place.reason for place in ranking.places] == [
            Reason.SELECTED,
            Reason.COUNTRY_CAP,
            Reason.SELECTED,
        ]

    def test_a_sheet_of_a_reviewer_with_a_conflict_does_not_count(self) -> None:
        one = case(1, (80, 20), (0, 0))
        conflict = BundleDeclaration("R1", has_conflict=True, kind="recusal", reason_code="family")
        (place,) = rank(bundle(replace(one, declarations=(one.declarations[0], conflict)))).places
        assert place.scored.total == 88
        assert place.scored.reviewers == ("R0",)

    def test_refuses_fewer_sheets_than_the_call_asks_for(self) -> None:
        with pytest.raises(TooFewSheets):
            rank(bundle(case(1, (80, 20)), min_sheets=2))

    def test_supports_with_what_was_asked_for_up_to_the_cap(self) -> None:
        ranking = rank(bundle(case(1, (90, 20), requested=150), case(2, (80, 20), requested=999)))
        assert [place.support_krw for place in ranking.places] == [150, 400]


class TestAggregate:
    @pytest.mark.parametrize(
        ("method", "expected"),
        [("mean", Fraction(30)), ("trimmed_mean", Fraction(25)), ("median", Fraction(25))],
    )
    def test_makes_one_value_of_many(self, method: str, expected: Fraction) -> None:
        values = [Fraction(value) for value in (60, 10, 20, 30)]
        assert aggregate(values, method) == expected  # type: ignore[arg-type] # parametrised literals

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_a_trimmed_mean_needs_three_sheets(self, count: int) -> None:
        with pytest.raises(TooFewSheets):
            aggregate([Fraction(1)] * count, "trimmed_mean")


@pytest.mark.parametrize(
    ("points", "text"),
    [
        (Fraction(250, 3), "83.333333"),
        (Fraction(100), "100.000000"),
        (Fraction(0), "0.000000"),
        (Fraction(1, 3000000), "0.000000"),
        (Fraction(2, 3), "0.666667"),
    ],
)
def test_points_are_shown_with_six_places(points: Fraction, text: str) -> None:
    assert points_text(points) == text


class TestVerify:
    def test_recomputes_the_result_to_the_byte(self) -> None:
        one = bundle(case(1, (80, 20)), case(2, (70, 20)))
        assert verify(one.canonical(), rank(one).canonical())

    def test_refuses_a_changed_result_and_a_changed_bundle(self) -> None:
        one = bundle(case(1, (80, 20)), case(2, (70, 20)))
        result = rank(one).canonical()
        assert not verify(one.canonical(), result.replace(b'"rank":1', b'"rank":2'))
        assert not verify(one.canonical().replace(b'"readiness":70', b'"readiness":71'), result)

    def test_refuses_a_bundle_that_is_not_written_canonically(self) -> None:
        one = bundle(case(1, (80, 20)))
        spaced = json.dumps(json.loads(one.canonical()), indent=1).encode()
        assert not verify(spaced, rank(one).canonical())

    @pytest.mark.parametrize("junk", [b"", b"[]", b"{}", b'{"format": "kcity-evaluation-bundle/1"}'])
    def test_refuses_what_is_no_bundle(self, junk: bytes) -> None:
        assert not verify(junk, b"{}")


@st.composite
def bundles(draw: st.DrawFn) -> Bundle:
    """Bundles where ties, misfits and caps are frequent."""
    method = draw(st.sampled_from(["mean", "trimmed_mean", "median"]))
    sheets = draw(st.integers(3, 5))
    pair = st.tuples(st.sampled_from([0, 50, 60, 90, 100]), st.sampled_from([0, 10, 20]))
    cases = [
        case(
            number,
            *draw(st.lists(pair, min_size=sheets, max_size=sheets)),
            requested=draw(st.sampled_from([0, 100, 250, 400, 900])),
            country=draw(st.sampled_from(["VN", "UZ", "ID"])),
        )
        for number in range(1, draw(st.integers(1, 7)) + 1)
    ]
    return bundle(
        *cases,
        method=method,
        min_sheets=3,
        threshold_points=draw(st.sampled_from(["0", "55.5", "60"])),
        quota_max=draw(st.integers(1, 4)),
        budget_krw=draw(st.sampled_from([0, 300, 800, 2000])),
        max_per_country=draw(st.sampled_from([None, 1, 2])),
        on_misfit=draw(st.sampled_from(["skip", "stop"])),
    )


class TestProperties:
    @given(bundles(), st.randoms(use_true_random=False))
    def test_the_order_of_the_input_changes_nothing(self, one: Bundle, chance: Random) -> None:
        cases = [
            replace(
                member,
                sheets=tuple(chance.sample(member.sheets, len(member.sheets))),
                declarations=tuple(chance.sample(member.declarations, len(member.declarations))),
            )
            for member in one.cases
        ]
        chance.shuffle(cases)
        shuffled = replace(one, cases=tuple(cases))
        assert rank(shuffled).canonical() == rank(one).canonical()

    @settings(max_examples=200)
    @given(bundles(), st.data())
    def test_adding_points_never_lowers_a_rank_nor_deselects(self, one: Bundle, data: st.DataObject) -> None:
        target = data.draw(st.sampled_from(one.cases))
        sheet = data.draw(st.sampled_from(target.sheets))
        criterion = data.draw(st.sampled_from(CRITERIA))
        more = data.draw(st.integers(sheet.points[criterion.code], criterion.max_points))
        better = replace(sheet, points={**sheet.points, criterion.code: more})
        sheets = tuple(better if member is sheet else member for member in target.sheets)
        raised = replace(
            one,
            cases=tuple(
                replace(member, sheets=sheets) if member is target else member for member in one.cases
            ),
        )
        before, after = (
            place_of(rank(one), target.application_id.int),
            place_of(rank(raised), target.application_id.int),
        )
        assert after.rank <= before.rank
        if before.standing is Standing.SELECTED:
            assert after.standing is Standing.SELECTED

    @given(bundles())
    def test_never_selects_above_quota_budget_or_country_cap(self, one: Bundle) -> None:
        selected = [place for place in rank(one).places if place.standing is Standing.SELECTED]
        assert len(selected) <= one.rules.quota_max
        assert sum(place.support_krw for place in selected) <= one.rules.budget_krw
        countries = [place.scored.case.country_iso2 for place in selected]
        if one.rules.max_per_country is not None:
            assert all(countries.count(country) <= one.rules.max_per_country for country in countries)

    @given(bundles())
    def test_explains_every_case_once_and_ranks_densely(self, one: Bundle) -> None:
        places = rank(one).places
        assert [place.rank for place in places] == list(range(1, len(one.cases) + 1))
        assert {place.application_id for place in places} == {member.application_id for member in one.cases}
        for place in places:
            assert (place.standing is Standing.SELECTED) == (place.reason is Reason.SELECTED)
            assert (place.standing is Standing.NOT_SELECTED) == (place.reason is Reason.BELOW_THRESHOLD)

    @given(bundles())
    def test_survives_its_own_json_and_is_verified(self, one: Bundle) -> None:
        assert Bundle.of_json(json.loads(one.canonical())).canonical() == one.canonical()
        assert verify(one.canonical(), rank(one).canonical())
