"""What a run says of its numbers; the whole benchmark is played by the acceptance of the spine."""

import re

import pytest

from deploy.bench.catalogue import CatalogueFound
from deploy.bench.pgbench import script
from deploy.bench.processes import BenchFailed
from deploy.bench.ratios import Found, Ratio, ratios_of
from deploy.bench.recovery import KILLS, recovery_in
from services.intake.submission_sql import READ_CANDIDATE, WRITE_SUBMISSION


class TestRatio:
    @pytest.mark.parametrize(("value", "met"), [(0.4, "aim"), (0.35, "aim"), (0.2, "gate"), (0.1, "missed")])
    def test_a_larger_one_is_better_where_the_bound_is_the_least(self, value: float, met: str) -> None:
        assert Ratio("made up", value, 0.2, 0.35, least=True).met == met

    @pytest.mark.parametrize(("value", "met"), [(1.0, "aim"), (2.5, "gate"), (3.1, "missed")])
    def test_a_smaller_one_is_better_where_the_bound_is_the_most(self, value: float, met: str) -> None:
        assert Ratio("made up", value, 3, 2, least=False).met == met


class TestCatalogue:
    def test_answers_made_are_told_beside_answers_kept_and_each_has_the_gate(self) -> None:
        found = CatalogueFound(
            lists=[60.0, 70.0, 80.0],
            lists_kept=[90.0, 90.0, 90.0],
            lists_twin=[100.0, 100.0, 100.0],
            searches=[20.0, 30.0, 40.0],
            searches_kept=[50.0, 50.0, 50.0],
            searches_twin=[100.0, 50.0, 100.0],
            conditional=[120.0, 84.0, 160.0],
            few=[1.0, 1.0, 1.0],
            many=[2.0, 2.0, 2.0],
        )
        told = ratios_of(Found(catalogue=found))
        values = [0.7, 0.9, 0.4, 0.5, 3.0, 2.0]
        assert [one.value for one in told] == pytest.approx(values), "medians over rounds"
        assert [(one.gate, one.aim) for one in told[:4]] == [(0.6, 0.8)] * 4


class TestRecovery:
    def test_the_longest_of_every_kind_of_kill_counts(self) -> None:
        spread = {"median": 1.0, "longest": 2.0}
        report = {kind: {"times": 3, "requests": spread, "events": spread} for kind in KILLS}
        report["kill-broker"] |= {"requests": {"median": 1.0, "longest": 11.0}}
        report["kill-api"] |= {"events": {"median": 1.0, "longest": 29.0}}
        told = ratios_of(Found(recovery=recovery_in({"recovery": report})))
        assert [(one.value, one.met) for one in told] == [(11.0, "missed"), (29.0, "gate")]

    def test_a_kind_that_never_came_is_no_recovery_at_once(self) -> None:
        spread = {"median": 1.0, "longest": 2.0}
        report = {kind: {"times": 1, "requests": spread, "events": spread} for kind in KILLS}
        report["kill-relay"] = {"times": 0, "requests": {}, "events": {}}
        with pytest.raises(BenchFailed, match="there was no kill-relay"):
            recovery_in({"recovery": report})


class TestPgbenchScript:
    def test_it_is_intakes_own_sql_but_for_the_parameters(self) -> None:
        written, place = script(), 0
        for statement in (READ_CANDIDATE.strip(), WRITE_SUBMISSION.strip()):
            for piece in re.split(r"\$\d+", statement):
                place = written.index(piece, place) + len(piece)
        assert written[place:] == ";\n"
