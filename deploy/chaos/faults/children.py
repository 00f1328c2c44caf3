"""The suite's own children: each ends with the suite, however the suite ends."""

import contextlib
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from deploy.local.program import Program, open_log, tail

STOP_SECONDS = 60.0
PROBE_EVERY_SECONDS = 0.05
Process = subprocess.Popen[bytes]


class ChildFailed(Exception):
    """A child of the suite did not come up, or ended when it should not; the end of its log tells why."""

    def __init__(self, name: str, what: str, log_file: Path) -> None:
        super().__init__(f"{name} {what}. The end of {log_file}:\n{tail(log_file)}")


class Children:
    """Children by name, each with a log in ``folder``; leaving the context ends them, the last started first.

    The kernel sends a child its stop signal when the thread that started it ends: start from the main thread.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._running: dict[str, tuple[Process, Program]] = {}

    def log_file(self, name: str) -> Path:
        """Where a child writes."""
        return self.folder / f"{name}.log"

    def start(self, name: str, argv: Sequence[str], environment: Mapping[str, str] | None = None) -> Process:
        """Start it; a former one of that name must have ended. Returns at once."""
        program = Program(tuple(argv), environment or {})
        with open_log(self.log_file(name)) as log:
            process = subprocess.Popen(program.argv, **program.spawn_arguments(log))
        self._running[name] = (process, program)
        return process

    def process(self, name: str) -> Process:
        """The child as it was started last. Raises ``KeyError``."""
        return self._running[name][0]

    def wait_until(self, name: str, ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until ``ready``. Raises ``ChildFailed`` when it ends or the time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.process(name).poll() is not None:
                raise ChildFailed(name, f"ended with {self.process(name).returncode}", self.log_file(name))
            if time.monotonic() > deadline:
                raise ChildFailed(name, f"was not ready within {seconds:.0f} s", self.log_file(name))
            time.sleep(PROBE_EVERY_SECONDS)

    def stop(self, name: str, *, seconds: float = STOP_SECONDS) -> int:
        """End it politely, by force after ``seconds``; its exit code."""
        process, program = self._running.pop(name)
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(program.stop_signal)
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def stop_all(self) -> None:
        """End what runs still."""
        for name in reversed(list(self._running)):
            self.stop(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_all()
