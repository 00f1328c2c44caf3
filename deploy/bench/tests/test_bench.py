"""The whole benchmark once, with tiny sizes; no speed is asserted."""

import json
import re
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from deploy.bench.pgbench import script
from deploy.bench.ratios import Ratio
from deploy.local.program import ROOT
from services.intake.submission_sql import READ_CANDIDATE, WRITE_SUBMISSION

NAMES = (
    "submissions/s ÷ pgbench TPS of the identical SQL",
    "submissions/s ÷ bare FastAPI+asyncpg twin",
    "commit → handler ÷ raw produce → consume, p50",
    "commit → handler ÷ raw produce → consume, p99",
    "outbox drain rate ÷ producer-only rate",
    "IRIS day: seconds to receive 14,487 submissions",
    "a submission with 1,000,000 journal rows ÷ with 1,000",
    "catching up after 5 minutes without Kafka ÷ arrivals",
)


class TestBench:
    @pytest.mark.timeout(300)
    @pytest.mark.journey
    def test_a_smoke_run_measures_every_ratio_and_leaves_nothing_running(self, tmp_path: Path) -> None:
        out = tmp_path / "found.json"
        ended = subprocess.run(
            [sys.executable, "-m", "deploy.bench", "--smoke", "--out", str(out)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        found = json.loads(out.read_text())
        assert [one["name"] for one in found["ratios"]] == list(NAMES)
        for one in found["ratios"]:
            assert one["value"] > 0
            assert one["met"] in {"aim", "gate", "missed"}
        assert found["submissions"]["iris"]["receipts"] == found["submissions"]["iris"]["submissions"]
        assert found["machine"]["cores"] == psutil.cpu_count()
        assert str(ROOT) not in out.read_text()
        assert not list((ROOT / ".local").glob("bench-*/postgres/data/postmaster.pid"))


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
