"""Apache Kafka as the broker under test: a child of the suite, killed and started again by it."""

import sys
from pathlib import Path

import psutil

from deploy.chaos.faults.children import Children
from deploy.kafka.probe import broker_answers
from deploy.local.ports import LOOPBACK

NAME = "kafka"
UP_SECONDS = 120.0  # the first time Maven brings it


class KafkaChild:
    """``python -m deploy.kafka`` with its Java process."""

    def __init__(self, children: Children, folder: Path, port: int) -> None:
        self._children = children
        self._folder = folder
        self.port = port

    @property
    def environment(self) -> dict[str, str]:
        """What the stack is given."""
        return {
            "KCITY_KAFKA_BOOTSTRAP": f"{LOOPBACK}:{self.port}",
            "KCITY_KAFKA_IDEMPOTENT_PRODUCER": "true",
            "KCITY_KAFKA_SESSION_TIMEOUT_MS": "6000",
        }

    @property
    def java_pid(self) -> int | None:
        """The broker itself; None while it does not run."""
        process = self._children.process(NAME)
        if process.poll() is not None:
            return None
        children = psutil.Process(process.pid).children()
        alive = [one for one in children if one.name() == "java" and one.status() != psutil.STATUS_ZOMBIE]
        return alive[0].pid if alive else None

    def start(self) -> None:
        """Start it on its data; returns at once. From the main thread."""
        argv = (sys.executable, "-m", "deploy.kafka", "--folder", str(self._folder), "--port", str(self.port))
        self._children.start(NAME, argv)

    def wait_until_up(self) -> None:
        """Wait until it answers. Raises ``ChildFailed``."""
        self._children.wait_until(NAME, lambda: broker_answers(LOOPBACK, self.port), seconds=UP_SECONDS)

    def ended(self) -> bool:
        """Whether it must be started again."""
        return self._children.process(NAME).poll() is not None
