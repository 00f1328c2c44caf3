"""Every process is restarted again and again under load, and nobody outside notices.

``KCITY_RESTARTS``: how often each (1). For a long run: ``KCITY_RESTART_MINUTES`` ends it early, and
``KCITY_RESTART_FIGURES`` names a file for its figures.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from deploy.chaos.history.reading import Attempt, read_history
from deploy.chaos.history.records import Outcome
from deploy.local.ports import free_offset
from deploy.local.restart import restart
from deploy.local.rolling import Outcome as Restarted
from deploy.local.stack import UNLIMITED
from tests.stack import ROOT, RunningStack, broker_of

TIMES = int(os.environ.get("KCITY_RESTARTS", "1"))
MINUTES = float(os.environ.get("KCITY_RESTART_MINUTES", "600"))
RATE = "20"
PATIENT_SECONDS = "40"  # longer than the front door waits: a late answer is one, none is a failure
PROCESSES = 9

pytestmark = [pytest.mark.journey, pytest.mark.timeout(600 + 300 * TIMES)]

EXPECTED_REFUSALS = frozenset({400, 403, 404, 409, 412, 422})
"""The load also asks for what has to be refused, and asks twice at once."""


@dataclass
class Load:
    """What a load was answered while it ran."""

    folder: Path
    processes: "list[subprocess.Popen[bytes]]" = field(default_factory=list)

    @property
    def history(self) -> Path:
        return self.folder / "history.jsonl"

    @property
    def reading(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "reading.json").read_text())
        return found

    def attempts(self) -> list[Attempt]:
        return [attempt for act in read_history(self.history).acts for attempt in act.attempts]

    def unexpected(self) -> list[Attempt]:
        """Everything that is neither done nor refused for a reason that lies in what was asked."""
        return [
            attempt
            for attempt in self.attempts()
            if attempt.outcome is Outcome.UNKNOWN
            or attempt.ended is None
            or (attempt.outcome is Outcome.REFUSED and attempt.ended.status not in EXPECTED_REFUSALS)
        ]


@pytest.fixture(scope="module")
def stack(scratch: Path) -> Iterator[RunningStack]:
    """A whole stack of its own, without a rehearsal."""
    with broker_of(scratch / "rolling-kafka") as given:
        running = RunningStack(scratch / "rolling", free_offset(), {**given, **UNLIMITED})
        try:
            running.start("--no-rehearsal")
            running.wait_until("readiness", running.is_up)
            yield running
        finally:
            running.stop()


@contextmanager
def load_on(stack: RunningStack, folder: Path) -> Iterator[Load]:
    """Drafts, submissions, withdrawals, reviews and reads through the front door while the block runs."""
    folder.mkdir()
    load = Load(folder)
    doors = ("--front-door", stack.front_door)
    writing = (
        "deploy.chaos.load",
        *doors,
        "--issuer",
        stack.stack.issuer_url,
        "--seed",
        "1",
        "--rate",
        RATE,
        "--attempt-seconds",
        PATIENT_SECONDS,
    )
    commands = (
        (*writing, "--history", str(load.history)),
        ("tests.acceptance.delivery.reading", *doors, "--out", str(folder / "reading.json")),
    )
    load.processes = [
        subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=stack.environment)
        for command in commands
    ]
    try:
        stack.wait_until("submissions", lambda: submitted(load) > 0)
        yield load
    finally:
        for process in load.processes:
            process.terminate()
        assert [process.wait(120) for process in load.processes] == [0, 0]


def submitted(load: Load) -> int:
    if not load.history.exists():
        return 0
    return load.history.read_text().count("receipt_no")


def check_that_nothing_broke(stack: RunningStack, load: Load, *, kills: int) -> None:
    """The checker waits until all events are applied, then proves history against databases, topics and mails."""
    options = ("--history", str(load.history), "--folder", str(stack.folder), "--kills", str(kills))
    done = subprocess.run(
        [sys.executable, "-m", "deploy.chaos.checker", *options],
        cwd=ROOT,
        env=stack.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def processes_of(stack: RunningStack) -> dict[str, int]:
    """The pid of each child by its name."""
    rows = json.loads((stack.folder / "stack.pids").read_text())
    return {row["name"]: row["pid"] for row in rows}


def write_figures(load: Load, rounds: list[dict[str, Restarted]]) -> None:
    """For the report of a long run."""
    if file := os.environ.get("KCITY_RESTART_FIGURES"):
        attempts = load.attempts()
        waits = sorted(one.ended.monotonic - one.invoked.monotonic for one in attempts if one.ended)
        figures = {
            "rounds": rounds,
            "attempts": len(attempts),
            "refused": sum(one.outcome is Outcome.REFUSED for one in attempts),
            "unexpected": [str(one) for one in load.unexpected()],
            "p50_seconds": waits[len(waits) // 2],
            "p99_seconds": waits[len(waits) * 99 // 100],
            "longest_seconds": waits[-1],
            "operations": read_history(load.history).counts(),
            "reading": load.reading,
        }
        Path(file).write_text(json.dumps(figures, indent=1))


def test_no_request_fails_while_every_process_is_restarted(stack: RunningStack, tmp_path: Path) -> None:
    rounds: list[dict[str, Restarted]] = []
    give_up = time.monotonic() + MINUTES * 60
    with load_on(stack, tmp_path / "load") as load:
        while len(rounds) < TIMES and (not rounds or time.monotonic() < give_up):
            before = processes_of(stack)
            rounds.append(restart(stack.folder))
            assert [name for name, one in rounds[-1].items() if not one["ok"] or one["by_force"]] == []
            assert len(rounds[-1]) == PROCESSES
            after = processes_of(stack)
            assert [name for name in rounds[-1] if before[name] == after[name]] == []
    write_figures(load, rounds)
    assert load.unexpected() == []
    assert load.reading["failures"] == []
    assert sum(load.reading["answers"].values()) > 0
    check_that_nothing_broke(stack, load, kills=0)


def test_a_killed_api_refuses_nothing_and_fails_only_what_it_had_in_hand(
    stack: RunningStack, tmp_path: Path
) -> None:
    with load_on(stack, tmp_path / "load") as load:
        victim = processes_of(stack)["intake-api"]
        os.kill(victim, signal.SIGKILL)
        killed_at = time.monotonic()
        stack.wait_until("a new process", lambda: processes_of(stack).get("intake-api", victim) != victim)
        before = submitted(load)
        stack.wait_until("submissions", lambda: submitted(load) > before)
    later = [
        (path, what) for path, what, asked_at in load.reading["failures"] if asked_at > killed_at + MARGIN
    ]
    assert later == []
    unexpected = load.unexpected()
    assert [one for one in unexpected if one.problem == "not-sent"] == []
    assert [one for one in unexpected if one.invoked.monotonic > killed_at + MARGIN] == []
    check_that_nothing_broke(stack, load, kills=1)


MARGIN = 0.5
"""Seconds: a request that was sent to the dead process before the front door heard of its death was in its hand."""
