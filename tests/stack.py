"""A whole stack in a folder of its own, started as a person would: ``python -m deploy.local.run``."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from deploy.kafka.server import KafkaServer
from deploy.local.ledger import MARK
from deploy.local.ports import free_offset
from deploy.local.running import marked
from deploy.local.stack import Stack
from shared.settings import SERVICES

ROOT = Path(__file__).resolve().parent.parent
PLAYED_WITHIN_SECONDS = 600.0
UP_WITHIN_SECONDS = 120.0
STOPPED_WITHIN_SECONDS = 60.0


@dataclass
class RunningStack:
    """A started stack. ``given``: addresses used instead of embedded parts."""

    folder: Path
    offset: int
    given: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KCITY_")}
        return {
            **inherited,
            "KCITY_LOCAL_FOLDER": str(self.folder),
            "KCITY_PORT_OFFSET": str(self.offset),
            **self.given,
        }

    @property
    def stack(self) -> Stack:
        """Its addresses, as it sees them itself."""
        return Stack.from_environment(self.environment)

    @property
    def front_door(self) -> str:
        """The one origin."""
        return self.stack.front_door.url

    @property
    def report(self) -> dict[str, Any]:
        """What the rehearsal wrote."""
        found: dict[str, Any] = json.loads(self.stack.rehearsal_file.read_text())
        return found

    def start(self, *options: str) -> None:
        """Start it, with options of ``deploy.local.run``; ``wait_until`` it ``is_up``."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.run", *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def wait_until(self, what: str, condition: Any, within: float = UP_WITHIN_SECONDS) -> None:
        """Wait, bounded; a stack that ends meanwhile fails at once with the end of its log."""
        deadline = time.monotonic() + within
        while not condition():
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                tail = (self.folder / "run.log").read_text(errors="replace")[-4000:]
                raise AssertionError(
                    f"{what} did not come about (ended: {ended}). The end of its log:\n{tail}"
                )
            time.sleep(0.2)

    def is_up(self) -> bool:
        """Whether every process says it is ready and the front door passes requests."""
        ports = [*map(self.stack.api_port, SERVICES), *map(self.stack.worker_port, SERVICES)]
        asked = [f"http://127.0.0.1:{port}/ready" for port in ports]
        asked += [f"{self.front_door}/{service}/v1/time" for service in SERVICES]
        try:
            return all(httpx.get(url, trust_env=False, timeout=5).is_success for url in asked)
        except httpx.HTTPError:
            return False

    def stop(self) -> int:
        """Ctrl-C, and its exit code; by force after a minute."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOPPED_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise


@dataclass(frozen=True)
class Rehearsed:
    """A stack after ``make run ONCE=1``: its exit code, what it printed, what it left running, its report.

    ``kept``: its folder as the rehearsal left it.
    """

    running: RunningStack
    code: int
    printed: str
    left_behind: tuple[int, ...]
    kept: Path

    @property
    def stack(self) -> Stack:
        """Its addresses."""
        return self.running.stack

    def again(self, folder: Path, given: Mapping[str, str]) -> RunningStack:
        """The same stack a second time, in ``folder``, on ports of its own and a broker of its own, to be started."""
        _copy(self.kept, folder)
        return RunningStack(folder, free_offset(), given)


@contextmanager
def broker_of(folder: Path) -> Iterator[dict[str, str]]:
    """What to give to a stack, by ``KCITY_TEST_BROKER``: nothing for its embedded broker, else a Kafka in ``folder``.

    Two stacks on one broker would be two halves of the same consumer groups.
    """
    if os.environ.get("KCITY_TEST_BROKER", "embedded") != "kafka":
        yield {}
        return
    with KafkaServer(folder) as kafka:
        yield {"KCITY_KAFKA_BOOTSTRAP": kafka.bootstrap, "KCITY_KAFKA_IDEMPOTENT_PRODUCER": "true"}


def rehearse(folder: Path, given: Mapping[str, str]) -> Rehearsed:
    """``make run ONCE=1`` in an empty folder."""
    running = RunningStack(folder, free_offset(), given)
    folder.mkdir(parents=True)
    played = subprocess.run(
        [sys.executable, "-m", "deploy.local.run", "--once"],
        cwd=ROOT,
        env=running.environment,
        capture_output=True,
        text=True,
        timeout=PLAYED_WITHIN_SECONDS,
        check=False,
    )
    left_behind = tuple(marked(MARK, str(running.stack.folder)))
    kept = folder.with_name(f"{folder.name}-as-rehearsed")
    _copy(folder, kept)
    return Rehearsed(running, played.returncode, played.stdout + played.stderr, left_behind, kept)


def _copy(folder: Path, into: Path) -> None:
    subprocess.run(["/bin/cp", "--archive", str(folder), str(into)], check=True)  # who owns the database, too
