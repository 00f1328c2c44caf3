"""What several tests of the front door share: the sandbox on the played stack, and one browser."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser

from deploy.visit.browser import chromium
from tests.stack import ROOT, RunningStack


@dataclass(frozen=True)
class Filled:
    """A stack after ``make sandbox``: what it printed, and the table as JSON."""

    running: RunningStack
    printed: str
    code: int

    @property
    def samples(self) -> list[dict[str, Any]]:
        """One sample of each state."""
        told: list[dict[str, Any]] = json.loads((self.running.folder / "sandbox.json").read_text())["samples"]
        return told

    def sample(self, kind: str, state: str) -> dict[str, Any]:
        """The sample of a state."""
        [found] = [one for one in self.samples if (one["kind"], one["state"]) == (kind, state)]
        return found

    @property
    def open_call(self) -> str:
        """The code of the call that is open."""
        return next(
            str(one["id"])
            for one in self.samples
            if one["kind"] == "intake window" and one["state"] == "open"
        )


def fill(running: RunningStack) -> Filled:
    """``make sandbox``."""
    done = subprocess.run(
        [sys.executable, "-m", "deploy.sandbox"],
        cwd=ROOT,
        env={**os.environ, **running.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return Filled(running, done.stdout + done.stderr, done.returncode)


@pytest.fixture(scope="session")
def sandbox(played: RunningStack) -> Filled:
    """The played stack with the sandbox in it."""
    filled = fill(played)
    assert filled.code == 0, filled.printed[-4000:]
    return filled


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the journeys of a module; as long as it is there, no test can have an event loop."""
    with chromium() as browser:
        yield browser
