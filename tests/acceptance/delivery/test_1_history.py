"""Item 1: a load with its history, a checker that finds nothing broken in it, and sees each fault that is seeded."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deploy.chaos.checker.checks import ALL
from deploy.chaos.checker.evidence import Evidence
from deploy.chaos.checker.system import System
from deploy.chaos.checker.tests.bench import Clean
from deploy.chaos.checker.tests.seeds import SEEDS, Seed
from deploy.chaos.checker.verdict import judge
from deploy.chaos.history.reading import History, read_history
from deploy.chaos.history.records import Operation, Outcome
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, Rehearsed, RunningStack, broker_of

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

AT_LEAST_SECONDS, AT_MOST_SECONDS = 5.0, 150.0
ENDS_WITHIN_SECONDS = 30.0
WANTED = {
    Operation.SUBMIT_APPLICATION: 6,
    Operation.WITHDRAW_APPLICATION: 1,
    Operation.CONFIRM_PARTNER: 1,
    Operation.ATTACH_DOCUMENT: 6,
    Operation.READ_APPLICATION: 3,
    Operation.DECIDE_ELIGIBILITY: 1,
    Operation.DECLARE_CONFLICT: 1,
    Operation.SUBMIT_SHEET: 1,
}
"""How many acts of a kind have to be acknowledged, so that every seed finds something to break."""


@dataclass(frozen=True)
class Judged:
    """A load on a whole stack, and what the checker said of it."""

    system: System
    history: History
    code: int
    printed: str
    report: dict[str, Any]


def is_rich(file: Path) -> bool:
    """Whether the history has something for every seed."""
    if not file.exists():
        return False
    history = read_history(file)
    acknowledged = {
        operation: [act for act in history.of(operation) if act.outcome is Outcome.ACKNOWLEDGED]
        for operation in WANTED
    }
    received = {act.ids["application_id"] for act in acknowledged[Operation.SUBMIT_APPLICATION]}
    withdrawn = {act.ids["application_id"] for act in acknowledged[Operation.WITHDRAW_APPLICATION]}
    refused = [act for act in history.of(Operation.EDIT_APPLICATION) if act.outcome is Outcome.REFUSED]
    enough = all(len(acknowledged[operation]) >= count for operation, count in WANTED.items())
    return enough and bool(received & withdrawn) and bool(refused)


def play(running: RunningStack, history: Path) -> None:
    """The load as the chaos suite runs it: a process of its own, ended by SIGTERM."""
    argv = (
        sys.executable,
        "-m",
        "deploy.chaos.load",
        "--history",
        str(history),
        "--seed",
        "1",
        "--rate",
        "40",
    )
    addresses = ("--front-door", running.front_door, "--issuer", running.stack.issuer_url)
    with (history.parent / "load.log").open("wb") as log:
        load = subprocess.Popen((*argv, *addresses), cwd=ROOT, env=running.environment, stderr=log)
    begun = time.monotonic()
    try:
        while time.monotonic() - begun < AT_MOST_SECONDS:
            time.sleep(0.5)
            assert load.poll() is None, (history.parent / "load.log").read_text()
            if time.monotonic() - begun > AT_LEAST_SECONDS and is_rich(history):
                break
        load.terminate()
        assert load.wait(ENDS_WITHIN_SECONDS) == 0
        assert is_rich(history), read_history(history).counts()
    finally:
        if load.poll() is None:
            load.kill()
            load.wait()


@pytest.fixture(scope="module")
def played(rehearsed: Rehearsed, scratch: Path) -> Iterator[RunningStack]:
    """A rehearsed stack of its own: what the load leaves behind is nothing for the tests of the rehearsal."""
    with broker_of(scratch / "history-kafka") as given:
        running = rehearsed.again(scratch / "history-stack", given)
        try:
            running.start()
            running.wait_until("readiness", running.is_up)
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="module")
def judged(played: RunningStack, scratch: Path) -> Judged:
    folder = scratch / "history"
    folder.mkdir()
    file, report = folder / "history.jsonl", folder / "report.json"
    play(played, file)
    checked = subprocess.run(
        (
            *(sys.executable, "-m", "deploy.chaos.checker", "--history", str(file)),
            *("--folder", str(played.folder), "--report", str(report), "--rest-seconds", "90"),
        ),
        cwd=ROOT,
        env=played.environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    history = read_history(file)
    system = System.of(played.folder, history, played.environment)
    printed = checked.stdout + checked.stderr
    return Judged(system, history, checked.returncode, printed, json.loads(report.read_text()))


@pytest.fixture(scope="module")
def clean(judged: Judged) -> Clean:
    assert judged.code == 0, judged.printed
    return Clean.of(judged.system, judged.history)


def test_1_a_load_on_a_whole_stack_leaves_nothing_broken(judged: Judged) -> None:
    assert judged.code == 0, judged.printed
    assert judged.report["ok"] is True
    assert [check["name"] for check in judged.report["checks"]] == [check.name for check in ALL]
    idle = [check["name"] for check in judged.report["checks"] if not check["looked_at"]]
    assert idle == []


def test_1_evidence_that_is_left_alone_is_clean(clean: Clean, tmp_path: Path) -> None:
    with clean.bench(tmp_path) as bench:
        assert bench.broken() == set()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_1_the_checker_sees_a_seeded_fault_and_no_other(clean: Clean, seed: Seed, tmp_path: Path) -> None:
    with clean.bench(tmp_path) as bench:
        seed.breaks(bench)
        assert bench.broken() == ({seed.check} if seed.check else set())


@pytest.mark.parametrize("consumer", ["review", "notification", "catalog"])
def test_1_the_checker_sees_a_copy_that_is_not_what_events_tell(clean: Clean, consumer: Any) -> None:
    change = "UPDATE call SET version = version + 1"
    with clean.with_changed_copy(consumer, change, "UPDATE call SET version = version - 1") as broken:
        assert broken == {"copies-equal-a-rebuild"}


def test_1_every_check_has_a_seed_that_it_sees() -> None:
    seeded = {seed.check for seed in SEEDS} | {"copies-equal-a-rebuild"}
    assert {check.name for check in ALL} - seeded == set()


def test_1_a_consumer_that_was_not_rebuilt_is_told_of(clean: Clean) -> None:
    evidence = clean.evidence
    without = Evidence(**{**vars(evidence), "rebuilt": evidence.rebuilt[1:], "indexes": {}})
    assert {one.name for one in judge(without, ALL) if not one.ok} == {"copies-equal-a-rebuild"}
