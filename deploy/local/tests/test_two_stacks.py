"""Two stacks on one folder: what whoever starts the second one reads."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.local.ledger import FolderLock

ROOT = Path(__file__).resolve().parents[3]


def test_the_second_one_ends_at_once_and_says_who_runs_and_what_to_do(tmp_path: Path) -> None:
    held = FolderLock(tmp_path)
    held.take()
    try:
        second = subprocess.run(
            [sys.executable, "-m", "deploy.local.run", "--no-rehearsal"],
            cwd=ROOT,
            env={**os.environ, "KCITY_LOCAL_FOLDER": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
    finally:
        held.release()
    assert second.returncode == 1
    assert second.stderr.strip() == (
        f"another stack (pid {os.getpid()}) already runs on {tmp_path}. Stop it first, or give this one its own "
        "KCITY_LOCAL_FOLDER and KCITY_PORT_OFFSET."
    )
