"""Item 2: three minutes of faults under load on the broker under test, and nothing is lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.chaos.faults.catalogue import KINDS
from tests.stack import ROOT

WITHIN_SECONDS = 1_200
pytestmark = [pytest.mark.journey, pytest.mark.chaos, pytest.mark.timeout(WITHIN_SECONDS + 60)]


def test_2_nothing_is_lost_and_nothing_doubled_while_things_die(tmp_path: Path) -> None:
    broker = os.environ.get("KCITY_TEST_BROKER", "embedded")
    report = tmp_path / "chaos.json"
    played = subprocess.run(
        [sys.executable, "-m", "deploy.chaos", "--broker", broker, "--report", str(report)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN_SECONDS,
        check=False,
    )
    assert played.returncode == 0, played.stdout[-6000:] + played.stderr[-2000:]
    written = tmp_path / f"chaos-{broker}.json"
    found = json.loads(written.read_text())
    assert found["ok"] is True
    assert found["failures"] == []
    assert found["seed"]
    assert found["fault_seconds"] >= 180
    bitten = [one["kind"] for one in found["struck"] if one["spared"] is None]
    assert len(bitten) >= 5
    assert set(bitten) <= set(KINDS) - set(found["left_out"])
    assert found["load"]["acknowledged"] > 100
    assert [check["ok"] for check in found["checks"]] == [True]
    assert f"seed {found['seed']}" in written.with_suffix(".md").read_text()
