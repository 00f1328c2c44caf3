"""The invented applicants: enough of them, the same each time, valid, and plainly invented."""

import re
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.expectation import aggregate
from deploy.local.rehearsal.samples.answers import answers_to
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.business_number import INVENTED_PREFIX, business_number
from deploy.local.rehearsal.samples.cast import cast_of, mailboxes, of_track
from deploy.local.rehearsal.samples.pdf import small_pdf
from deploy.local.rehearsal.samples.places import PLACES
from deploy.local.rehearsal.samples.scores import SEVERITY, points_of
from deploy.local.rehearsal.samples.story import NOT_EVALUATED, Story
from services.intake.domain.business_number import is_business_number
from shared.events.call_definition import CallDefinition, TrackDefinition
from shared.events.intake import Organisation, Project


@pytest.fixture(scope="module")
def call() -> CallDefinition:
    return Rehearsed.read().call


@pytest.fixture(scope="module")
def cast(call: CallDefinition) -> tuple[Applicant, ...]:
    return cast_of(call)


def track_of(call: CallDefinition, applicant: Applicant) -> TrackDefinition:
    found = call.track(applicant.track)
    assert found is not None
    return found


class TestBusinessNumber:
    @given(st.integers(0, 9999))
    def test_carries_the_check_digit_that_intake_asks_for(self, serial: int) -> None:
        number = business_number(serial)
        assert is_business_number(number)
        assert number.startswith(INVENTED_PREFIX)

    @pytest.mark.parametrize("serial", [-1, 10_000])
    def test_has_only_four_digits_of_serial(self, serial: int) -> None:
        with pytest.raises(ValueError, match="four digits"):
            business_number(serial)


class TestCast:
    def test_is_the_same_in_every_rehearsal(self, call: CallDefinition, cast: tuple[Applicant, ...]) -> None:
        assert cast_of(call) == cast

    def test_is_another_one_for_another_seed(self, call: CallDefinition, cast: tuple[Applicant, ...]) -> None:
        assert [one.story for one in cast_of(call, seed=1)] != [one.story for one in cast]

    def test_has_at_least_sixty_applicants_of_both_tracks(self, cast: tuple[Applicant, ...]) -> None:
        assert len(cast) >= 60
        assert len(of_track(cast, "demonstration")) >= 40
        assert len(of_track(cast, "planning")) >= 20

    def test_has_korean_companies_with_numbers_of_their_own_on_the_demonstration_track(
        self, cast: tuple[Applicant, ...]
    ) -> None:
        companies = of_track(cast, "demonstration")
        numbers = [one.organisation["business_number"] for one in companies]
        assert all(is_business_number(number) for number in numbers)
        assert len(set(numbers)) == len(numbers)
        names = [one.organisation["name"]["ko"] for one in companies]
        assert len(set(names)) == len(names)

    def test_has_what_the_events_can_carry(self, call: CallDefinition, cast: tuple[Applicant, ...]) -> None:
        for one in cast:
            identity = {"organisation_id": one.organisation_id(call.code)}
            assert Organisation.model_validate(one.organisation | identity)
            assert Project.model_validate(one.project)

    def test_applies_for_what_its_track_gives(
        self, call: CallDefinition, cast: tuple[Applicant, ...]
    ) -> None:
        for one in cast:
            track = track_of(call, one)
            assert one.organisation["kind"] in track.applicant_kinds
            assert 0 < one.project["requested_amount_krw"] <= track.money.max_support_krw
            assert (one.partner is not None) == track.partner_required
            assert one.partner is None or one.partner["kind"] in track.partner_kinds

    def test_answers_the_form_of_the_call(self, call: CallDefinition, cast: tuple[Applicant, ...]) -> None:
        for one in cast:
            form = track_of(call, one).form
            assert not list(Draft202012Validator(form).iter_errors(answers_to(form, one)))

    def test_has_mailboxes_that_nobody_can_have(self, cast: tuple[Applicant, ...]) -> None:
        boxes = list(mailboxes(cast))
        assert all(re.fullmatch(r"[a-z]+-\d{3}@example\.(com|org|net)", box) for box in boxes)
        assert len(set(boxes)) == len(boxes)
        assert [box for box in boxes if box.startswith("bounce")] == [
            one.contact["email"] for one in cast if one.story is Story.BOUNCING
        ]

    def test_plays_every_story(self, cast: tuple[Applicant, ...]) -> None:
        assert {one.story for one in cast} == set(Story)

    def test_is_about_another_city_each(self, cast: tuple[Applicant, ...]) -> None:
        assert len({one.place.en for one in cast}) == len(cast) <= len(PLACES)

    def test_has_organisations_of_its_own_in_each_rehearsal(self, cast: tuple[Applicant, ...]) -> None:
        first = {one.organisation_id("KCN-2025") for one in cast}
        second = {one.organisation_id("KCN-2025-R2") for one in cast}
        assert len(first) == len(second) == len(cast)
        assert first.isdisjoint(second)


class TestAnswers:
    def test_fills_required_fields_that_it_does_not_know_by_their_sort(
        self, cast: tuple[Applicant, ...]
    ) -> None:
        form = {
            "type": "object",
            "required": ["motto", "floors", "agreed", "kind", "annexes"],
            "properties": {
                "motto": {"type": "string", "minLength": 20},
                "floors": {"type": "integer", "minimum": 3},
                "agreed": {"type": "boolean"},
                "kind": {"enum": ["new", "old"]},
                "annexes": {"type": "array"},
                "remark": {"type": "string"},
            },
        }
        answers = answers_to(form, cast[0])
        assert not list(Draft202012Validator(form).iter_errors(answers))
        assert "remark" not in answers

    def test_says_which_field_it_cannot_fill(self, cast: tuple[Applicant, ...]) -> None:
        form = {"required": ["code"], "properties": {"code": {"type": "string", "pattern": "^[A-Z]{3}$"}}}
        with pytest.raises(LookupError, match="code"):
            answers_to(form, cast[0])


class TestScores:
    @pytest.mark.parametrize("name", ["demonstration", "planning"])
    def test_are_whole_points_within_each_criterion(
        self, call: CallDefinition, cast: tuple[Applicant, ...], name: str
    ) -> None:
        for one in of_track(cast, name):
            rules = track_of(call, one).selection
            for reviewer in range(len(SEVERITY)):
                points = points_of(one, rules, reviewer)
                assert all(0 <= points[item.code] <= item.max_points for item in rules.criteria)

    @pytest.mark.parametrize("name", ["demonstration", "planning"])
    def test_tie_exactly_one_pair_at_the_edge_of_the_selection(
        self, call: CallDefinition, cast: tuple[Applicant, ...], name: str
    ) -> None:
        ranked = sorted(
            ((total(call, one), one) for one in of_track(cast, name) if one.story not in NOT_EVALUATED),
            key=lambda pair: -pair[0],
        )
        edge = track_of(call, ranked[0][1]).selection.quota.max
        inside, outside = ranked[edge - 1], ranked[edge]
        assert {inside[1].story, outside[1].story} == {Story.TIED_EARLIER, Story.TIED_LATER}
        assert inside[0] == outside[0]
        assert ranked[edge - 2][0] > inside[0] > ranked[edge + 1][0]

    @pytest.mark.parametrize("name", ["demonstration", "planning"])
    def test_leave_only_the_weak_below_the_threshold(
        self, call: CallDefinition, cast: tuple[Applicant, ...], name: str
    ) -> None:
        evaluated = [one for one in of_track(cast, name) if one.story not in NOT_EVALUATED]
        below = [
            one
            for one in evaluated
            if total(call, one) < Fraction(track_of(call, one).selection.threshold_points)
        ]
        assert {one.number for one in below} == {one.number for one in evaluated if one.story is Story.WEAK}
        assert below


def total(call: CallDefinition, applicant: Applicant) -> Fraction:
    rules = track_of(call, applicant).selection
    sheets = [points_of(applicant, rules, number) for number in range(rules.aggregation.min_sheets)]
    totals = [
        sum(
            (Fraction(item.weight * sheet[item.code], item.max_points) for item in rules.criteria), Fraction()
        )
        for sheet in sheets
    ]
    return aggregate(totals, rules.aggregation.method)


class TestPdf:
    def test_points_at_its_own_objects(self) -> None:
        content = small_pdf("Project plan (sample) \\ 1")
        assert content.startswith(b"%PDF-1.4")
        assert content.endswith(b"%%EOF\n")
        at = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
        assert content[at:].startswith(b"xref\n0 6\n")
        offsets = [int(line[:10]) for line in content[at:].splitlines()[3:8]]
        assert [content[offset:].split(b" ", 1)[0] for offset in offsets] == [b"1", b"2", b"3", b"4", b"5"]

    def test_differs_by_what_it_says(self) -> None:
        assert len({small_pdf(f"document {number}") for number in range(50)}) == 50


class TestDefinition:
    def test_is_published_again_under_the_code_of_a_later_rehearsal(self) -> None:
        first = Rehearsed.read()
        second = first.again(2)
        assert first.again(1) is first
        assert second.call.code == f"{first.call.code}-R2"
        assert second.call.model_copy(update={"code": first.call.code}) == first.call

    def test_story_counts_cover_each_cast(self, cast: tuple[Applicant, ...]) -> None:
        assert sum(Counter(one.story for one in cast).values()) == len(cast)
