"""Each kind of fault once on a real stack: it really bites, and it really heals."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.chaos.faults.catalogue import KINDS
from deploy.local.ledger import MARK
from deploy.local.program import ROOT
from deploy.local.running import marked

pytestmark = [pytest.mark.journey, pytest.mark.chaos, pytest.mark.timeout(600)]
TRIAL_SECONDS = 500


@pytest.fixture(scope="module")
def folder(scratch: Path) -> Path:
    return scratch / "chaos-trial"


@pytest.fixture(scope="module")
def trial(folder: Path) -> dict[str, Any]:
    """What the trial saw; it runs as a program, in a mount namespace of its own."""
    tried = subprocess.run(
        [sys.executable, "-m", "deploy.chaos.faults.tests.trial", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=TRIAL_SECONDS,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr[-4000:]
    found: dict[str, Any] = json.loads(tried.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_the_fault_bites_and_heals(trial: dict[str, Any], kind: str) -> None:
    if kind in trial["left_out"]:
        pytest.skip(f"this machine cannot: {trial['left_out'][kind]}")
    assert trial["seen"][kind] == {"before": True, "bites": True, "heals": True}


def test_nothing_is_left_running(trial: dict[str, Any], folder: Path) -> None:
    assert trial["seen"]
    assert marked(MARK, str(folder / "stack")) == []
