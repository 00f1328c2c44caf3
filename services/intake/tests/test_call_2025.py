"""The 2025 call says what is public about it, and marks the rest as assumed."""

import re
from datetime import date, datetime

import pytest
import yaml

from services.intake.call_file import read_definition
from services.intake.domain.call import points_at_something
from services.intake.tests.house import CALL_FILE
from shared.events.call_definition import TrackDefinition

CALL = read_definition(CALL_FILE.read_bytes(), is_json=False)
PLANNING, DEMONSTRATION = CALL.tracks


def kst(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00")


class TestCall2025:
    def test_is_announced_when_the_press_release_may_be_published(self) -> None:
        assert (CALL.code, CALL.year, CALL.announced_at) == ("KCN-2025", 2025, kst("2025-01-20T11:00"))

    def test_planning_is_rolling_from_21_january(self) -> None:
        window = PLANNING.window
        assert (window.opens_at, window.closes_at) == (kst("2025-01-21T00:00"), None)
        assert window.cut_off_at == kst("2025-10-31T18:00")

    def test_demonstration_runs_from_6_february_to_11_march(self) -> None:
        window = DEMONSTRATION.window
        assert (window.opens_at, window.closes_at) == (kst("2025-02-06T09:00"), kst("2025-03-11T18:00"))

    def test_says_who_applies_where(self) -> None:
        assert (PLANNING.secretariat.code, DEMONSTRATION.secretariat.code) == ("KIND", "KAIA")
        assert PLANNING.applicant_kinds == (
            "central_government",
            "local_government",
            "international_organisation",
        )
        assert DEMONSTRATION.applicant_kinds == ("korean_company",)
        assert DEMONSTRATION.partner_required
        assert not PLANNING.partner_required
        assert PLANNING.pre_consulting
        assert not DEMONSTRATION.pre_consulting

    def test_says_how_much_and_how_many(self) -> None:
        assert (PLANNING.money.max_support_krw, DEMONSTRATION.money.max_support_krw) == (
            700_000_000,
            400_000_000,
        )
        assert DEMONSTRATION.money.max_labour_share == "0.40"
        quotas = [(track.selection.quota.min, track.selection.quota.max) for track in CALL.tracks]
        assert quotas == [(3, 4), (5, 6)]

    def test_names_the_published_criteria(self) -> None:
        codes = [[criterion.code for criterion in track.selection.criteria] for track in CALL.tracks]
        assert codes == [["importance", "viability", "feasibility"], ["readiness", "market_entry"]]

    def test_invites_to_the_expo_in_busan(self) -> None:
        (expo,) = CALL.occasions
        assert (expo.starts_on, expo.ends_on, expo.tracks) == (
            date(2025, 7, 15),
            date(2025, 7, 17),
            ("demonstration",),
        )
        assert expo.place.en == "BEXCO, Busan"


class TestAssumptions:
    @pytest.mark.parametrize("pointer", [assumption.pointer for assumption in CALL.assumptions])
    def test_each_points_at_a_value_of_the_file(self, pointer: str) -> None:
        assert points_at_something(yaml.safe_load(CALL_FILE.read_bytes()), pointer)

    def test_each_is_explained_in_both_languages(self) -> None:
        assert all(one.note.ko and one.note.en for one in CALL.assumptions)

    def test_none_stands_twice(self) -> None:
        pointers = [one.pointer for one in CALL.assumptions]
        assert len(set(pointers)) == len(pointers)

    @pytest.mark.parametrize(("place", "track"), list(enumerate(CALL.tracks)))
    def test_mark_all_that_is_not_published(self, place: int, track: TrackDefinition) -> None:
        marked = {one.pointer for one in CALL.assumptions}
        here = f"/tracks/{place}"
        weights = {
            f"{here}/selection/criteria/{index}/weight" for index in range(len(track.selection.criteria))
        }
        wanted = {
            *weights,
            f"{here}/window/opens_at",
            f"{here}/selection/aggregation/method",
            f"{here}/selection/aggregation/min_sheets",
            f"{here}/selection/threshold_points",
            f"{here}/selection/tie_break",
            f"{here}/result_expected",
            f"{here}/form",
        }
        assert wanted <= marked

    def test_mark_the_documents_and_hours_that_are_not_published(self) -> None:
        marked = {one.pointer for one in CALL.assumptions}
        assert marked >= {
            "/tracks/0/documents/1",
            "/tracks/0/window/cut_off_at",
            "/tracks/1/window/closes_at",
            *(f"/tracks/1/documents/{index}" for index in (2, 3, 4)),
        }

    def test_no_telephone_number_stands_in_the_file(self) -> None:
        assert re.search(r"\d{2,3}-\d{3,4}-\d{4}", CALL_FILE.read_text(encoding="utf-8")) is None
