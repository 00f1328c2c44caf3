"""What a run says of its numbers; the whole benchmark is played by the acceptance of the spine."""

import re

import pytest

from deploy.bench.pgbench import script
from deploy.bench.ratios import Ratio
from services.intake.submission_sql import READ_CANDIDATE, WRITE_SUBMISSION


class TestRatio:
    @pytest.mark.parametrize(("value", "met"), [(0.4, "aim"), (0.35, "aim"), (0.2, "gate"), (0.1, "missed")])
    def test_a_larger_one_is_better_where_the_bound_is_the_least(self, value: float, met: str) -> None:
        assert Ratio("made up", value, 0.2, 0.35, least=True).met == met

    @pytest.mark.parametrize(("value", "met"), [(1.0, "aim"), (2.5, "gate"), (3.1, "missed")])
    def test_a_smaller_one_is_better_where_the_bound_is_the_most(self, value: float, met: str) -> None:
        assert Ratio("made up", value, 3, 2, least=False).met == met


class TestPgbenchScript:
    def test_it_is_intakes_own_sql_but_for_the_parameters(self) -> None:
        written, place = script(), 0
        for statement in (READ_CANDIDATE.strip(), WRITE_SUBMISSION.strip()):
            for piece in re.split(r"\$\d+", statement):
                place = written.index(piece, place) + len(piece)
        assert written[place:] == ";\n"
