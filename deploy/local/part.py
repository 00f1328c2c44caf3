"""A part the services need and one machine can run itself: a database, a broker, a mail server.

The supervisor runs a part from ``program()``; a test starts it alone with ``start()`` and ``stop()``.
"""

import subprocess
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar, Self

from deploy.local.program import Program, open_log, tail

STOP_SECONDS = 15.0
PROBE_EVERY_SECONDS = 0.05


class PartFailed(Exception):
    """A part did not come up; the end of its log tells why."""

    def __init__(self, name: str, reason: str, log_file: Path) -> None:
        super().__init__(f"{name} {reason}. The end of {log_file}:\n{tail(log_file)}")


class Part(ABC):
    """One embedded part with its folder and its port on 127.0.0.1."""

    name: ClassVar[str]

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder.absolute()
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def program(self) -> Program:
        """What to run; asked anew at each start."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether the part really serves, asked over its own protocol; returns within three seconds."""

    def prepare(self) -> None:
        """Make what the program needs before each start, and clear what a crash left behind."""
        self.folder.mkdir(parents=True, exist_ok=True)

    @property
    def log_file(self) -> Path:
        """Where the part writes when it is started alone."""
        return self.folder / f"{self.name}.log"

    @property
    def pid(self) -> int | None:
        """The process id while it runs alone (the supervisor keeps its own book)."""
        return self._process.pid if self._process else None

    def start(self, *, timeout_seconds: float = 30.0) -> None:
        """Start (again) and wait until it answers. Raises ``PartFailed`` with the end of the log."""
        self.stop()
        self.prepare()
        program = self.program()
        with open_log(self.log_file) as log:
            self._process = subprocess.Popen(program.argv, **program.spawn_arguments(log))
        deadline = time.monotonic() + timeout_seconds
        while not self.answers():
            if self._process.poll() is not None:
                raise PartFailed(self.name, f"ended with {self._process.returncode}", self.log_file)
            if time.monotonic() > deadline:
                self.stop()
                raise PartFailed(self.name, f"did not answer within {timeout_seconds:.0f} s", self.log_file)
            time.sleep(PROBE_EVERY_SECONDS)

    def stop(self) -> None:
        """End it politely, after 15 seconds by force; harmless when it does not run."""
        if self._process is None:
            return
        self._process.send_signal(self.program().stop_signal)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
