"""Runs a consumer that reads records from its standard input and tells on its standard output what it did."""

import os
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kcity_conformance.judging import Did, Finding, Rule, Told, findings, read
from kcity_conformance.scenarios import Scenario

STATE = "KCITY_STATE"
"""The environment variable that names the folder where the consumer may keep what survives its end."""


@dataclass(slots=True)
class Run:
    """One life of the consumer: what it told, and what was wrong with how it ended."""

    told: list[Told] = field(default_factory=list)
    wrong: list[Finding] = field(default_factory=list)

    @property
    def committed(self) -> int:
        """Where it goes on."""
        return max((one.offset for one in self.told if one.did is Did.COMMITTED), default=0)


def check(command: Sequence[str], scenario: Scenario, seconds: float) -> list[Finding]:
    """Play one scenario in an empty folder; what is wrong."""
    given = {(record.topic, 0, offset): record for offset, record in enumerate(scenario.records)}
    with TemporaryDirectory(prefix="kcity-conformance-") as folder:
        runs = [_live(command, scenario, 0, Path(folder), seconds, scenario.kill_after)]
        if scenario.kill_after is not None:
            runs.append(_live(command, scenario, runs[0].committed, Path(folder), seconds))
        if scenario.again:
            runs.append(_live(command, scenario, 0, Path(folder), seconds))
    told = [one for run in runs for one in run.told]
    return [
        *(one for run in runs for one in run.wrong),
        *findings(given, told, scenario.applied, may_ignore=scenario.may_ignore),
    ]


def _live(
    command: Sequence[str],
    scenario: Scenario,
    first: int,
    folder: Path,
    seconds: float,
    kill_after: int | None = None,
) -> Run:
    run = Run()
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, STATE: str(folder)},
    )
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    # A consumer that is to be killed has no more to apply: it could not tell of that any more.
    given = [record.line(0, at) for at, record in enumerate(scenario.records[:kill_after]) if at >= first]
    threads = [
        threading.Thread(target=_feed, args=(process, given, kill_after is None), daemon=True),
        threading.Thread(target=_listen, args=(process, lines), daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        _hear(run, lines, time.monotonic() + seconds, kill_after)
        if not run.wrong and kill_after is None:
            _ended_well(run, process.wait(seconds))
    except (queue.Empty, subprocess.TimeoutExpired):
        run.wrong.append(Finding(Rule.STUCK, f"{scenario.name}: still there after {seconds:.0f} s"))
    finally:
        process.kill()
        process.wait()
        for thread in threads:
            thread.join(seconds)
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr] # it is a pipe
        process.stdout.close()  # type: ignore[union-attr] # it is a pipe
    return run


def _feed(process: "subprocess.Popen[str]", given: Sequence[str], close: bool) -> None:
    pipe = process.stdin
    if pipe is None:
        return
    with suppress(OSError, ValueError):  # it ended: its exit code tells
        for line in given:
            pipe.write(line + "\n")
            pipe.flush()
        if close:
            pipe.close()


def _listen(process: "subprocess.Popen[str]", lines: "queue.SimpleQueue[str | None]") -> None:
    with suppress(ValueError):
        for line in process.stdout or ():
            lines.put(line)
    lines.put(None)


def _hear(run: Run, lines: "queue.SimpleQueue[str | None]", until: float, kill_after: int | None) -> None:
    """Until it closes its output, or has applied as many as it is killed after. Raises ``queue.Empty``."""
    while (line := lines.get(timeout=max(0.0, until - time.monotonic()))) is not None:
        try:
            run.told.append(read(line))
        except ValueError as error:
            run.wrong.append(Finding(Rule.UNREADABLE, str(error)))
            return
        if kill_after is not None and sum(one.did is Did.APPLIED for one in run.told) == kill_after:
            return


def _ended_well(run: Run, code: int) -> None:
    if code != 0:
        run.wrong.append(Finding(Rule.ENDED, f"with exit code {code}; its standard error says why"))
