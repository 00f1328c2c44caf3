"""A whole stack in a folder of its own, started as a person would: ``python -m deploy.local.run``."""

import json
import os
import random
import signal
import socket
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
from deploy.local.stack import Stack
from shared.settings import SERVICES

ROOT = Path(__file__).resolve().parent.parent
PLAYED_WITHIN_SECONDS = 420.0
STOPPED_WITHIN_SECONDS = 60.0


def free_offset() -> int:
    """An offset at which every port of a stack is free now."""
    while True:
        offset = random.randrange(1_000, 9_000, 10)  # noqa: S311 - spreads test runs, guards nothing
        ports = [port + offset for port in (8001, 8002, 8003, 8004, 8025, 8080, 8101, 8180, 19092, 54320)]
        if not any(_taken(port) for port in ports):
            return offset


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return port > 65_535 or probe.connect_ex(("127.0.0.1", port)) == 0


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

    def start(self) -> None:
        """Start it and wait until its front door passes requests to all four services."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "run.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "deploy.local.run"],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )

    def wait_until(self, what: str, condition: Any, within: float = PLAYED_WITHIN_SECONDS) -> None:
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
        """Whether every process says it is ready."""
        ports = [*map(self.stack.api_port, SERVICES), *map(self.stack.worker_port, SERVICES)]
        try:
            return all(
                httpx.get(f"http://127.0.0.1:{port}/ready", trust_env=False, timeout=5).is_success
                for port in ports
            )
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


@contextmanager
def played_stack(folder: Path) -> Iterator[RunningStack]:
    """A stack that has played its rehearsal and stays up, on the broker of ``KCITY_TEST_BROKER``."""
    kafka: KafkaServer | None = None
    given: dict[str, str] = {}
    if os.environ.get("KCITY_TEST_BROKER", "embedded") == "kafka":
        kafka = KafkaServer(folder / "kafka", 0)
        kafka.start()
        given = {"KCITY_KAFKA_BOOTSTRAP": kafka.bootstrap, "KCITY_KAFKA_IDEMPOTENT_PRODUCER": "true"}
    running = RunningStack(folder / "local", free_offset(), given)
    try:
        running.start()
        running.wait_until("the rehearsal's report", running.stack.rehearsal_file.exists)
        running.wait_until("readiness", running.is_up, 60)
        yield running
    finally:
        running.stop()
        if kafka is not None:
            kafka.stop()
