"""The processes a measurement runs: servers that stay, jobs that end, and the CPU time they used."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from deploy.local.program import Program, open_log, tail

READY_SECONDS = 60.0
STOP_SECONDS = 20.0
PROBE_EVERY_SECONDS = 0.05
JOB_SECONDS = 240.0


class BenchFailed(Exception):
    """Something could not be measured; the message says what and shows the end of its log."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process that stays until its ``running`` block ends."""

    pid: int

    @property
    def cpu_seconds(self) -> float:
        """User and system time so far, of the process itself."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)


@contextmanager
def running(
    name: str,
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    is_ready: Callable[[], bool],
) -> Iterator[Running]:
    """Run a process until the block ends; it gets SIGTERM then. Raises ``BenchFailed`` when it does not come up."""
    log_file = folder / f"{name}.log"
    program = Program(tuple(argv), environment)
    with open_log(log_file) as log:
        process = subprocess.Popen(program.argv, **program.spawn_arguments(log))
    try:
        _wait_until_ready(name, process, is_ready, log_file)
        yield Running(process.pid)
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(
    name: str, process: "subprocess.Popen[bytes]", is_ready: Callable[[], bool], log_file: Path
) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchFailed(f"{name} did not come up. The end of its log:\n{tail(log_file)}")
        time.sleep(PROBE_EVERY_SECONDS)


def run_job(
    name: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> dict[str, Any]:
    """Run ``python -m <arguments>`` to its end; what it wrote to its ``--out``. Raises ``BenchFailed``."""
    out = folder / f"{name}.json"
    out.unlink(missing_ok=True)
    argv = (sys.executable, "-m", *arguments, "--out", str(out))
    run_program(name, argv, environment, folder)
    found: dict[str, Any] = json.loads(out.read_text())
    return found


def run_program(
    name: str,
    argv: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    seconds: float = JOB_SECONDS,
) -> str:
    """Run a program to its end; everything it printed. Raises ``BenchFailed``."""
    log_file = folder / f"{name}.log"
    program = Program(tuple(argv), environment)
    log_file.unlink(missing_ok=True)
    with open_log(log_file) as log:
        process = subprocess.Popen(program.argv, **program.spawn_arguments(log))
    try:
        code = process.wait(seconds)
    finally:
        process.kill()
        process.wait()
    if code != 0:
        raise BenchFailed(f"{name} ended with {code}. The end of its log:\n{tail(log_file)}")
    return log_file.read_text(errors="replace")
