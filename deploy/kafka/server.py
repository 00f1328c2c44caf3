"""A real Apache Kafka of one node on loopback: broker and KRaft controller in one Java process."""

import base64
import contextlib
import ctypes
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Self

from deploy.java.artefacts import brought, find_java
from deploy.kafka.probe import broker_answers
from deploy.local.ports import free_port, is_free

HOST = "127.0.0.1"
START_TIMEOUT_SECONDS = 90.0
STOP_TIMEOUT_SECONDS = 30.0
POM = Path(__file__).parent / "pom.xml"
LOG_SETTINGS = Path(__file__).parent / "log4j2.properties"

_SMALL = ("-Xms64m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Of a broker that starts often and lives for minutes beside what is tested: little memory, little compiling."""
_PROPERTIES = """\
process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}
advertised.listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller_port}
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers={host}:{controller_port}
log.dirs={data}
auto.create.topics.enable=false
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
min.insync.replicas=1
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
"""


class KafkaFailed(Exception):
    """Apache Kafka did not start; the message ends with the last lines of its log."""


class KafkaServer:
    """Apache Kafka with its data in ``folder``, listening on loopback ``port`` (0: any free one).

    The same folder brings the same cluster id and the same data again. The child is killed when the
    thread that started it ends, so start it from the main thread.
    """

    def __init__(self, folder: Path, port: int = 0) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        """What clients are given: ``host:port``."""
        return f"{HOST}:{self.port}"

    @property
    def log_file(self) -> Path:
        """What Kafka said, over all starts."""
        return self.folder / "server.log"

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self.running and self._process else None

    @property
    def running(self) -> bool:
        """Whether the child lives; says nothing about whether it answers."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start and wait until it answers.

        Raises ``KafkaFailed``, or ``JavaUnavailable`` where Java or Maven is missing.
        """
        if self.running:
            return
        if not is_free(self.port):
            raise KafkaFailed(f"something else listens on {self.bootstrap}")
        self.folder.mkdir(parents=True, exist_ok=True)
        properties = self._write_properties()
        if not (self.folder / "data" / "meta.properties").exists():
            self._format(properties)
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                self._java("kafka.Kafka", str(properties)),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for the starter, who then stops us in order
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - one prctl, no allocation
            )
        try:
            self._await_answer()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """Stop in order, closing the logs; killed when that takes over 30 seconds."""
        if self._process is None:
            return
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_TIMEOUT_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _write_properties(self) -> Path:
        path = self.folder / "server.properties"
        data = self.folder / "data"
        path.write_text(_PROPERTIES.format(host=HOST, port=self.port, controller_port=free_port(), data=data))
        return path

    def _format(self, properties: Path) -> None:
        command = ("format", "--standalone", "--cluster-id", new_cluster_id(), "--config", str(properties))
        result = subprocess.run(
            self._java("kafka.tools.StorageTool", *command), capture_output=True, text=True, check=False
        )
        if result.returncode:
            raise KafkaFailed(f"formatting {self.folder} failed:\n{result.stdout}{result.stderr}")

    def _java(self, main_class: str, *arguments: str) -> list[str]:
        options = (*_SMALL, f"-Dlog4j2.configurationFile={LOG_SETTINGS}")
        return [str(find_java()), *options, "-cp", str(brought(POM) / "*"), main_class, *arguments]

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while time.monotonic() < deadline and self.running:
            if broker_answers(HOST, self.port):
                return
            time.sleep(0.05)
        tail = self.log_file.read_text(errors="replace").splitlines()[-20:]
        raise KafkaFailed(
            "\n".join([f"Apache Kafka did not start on {self.bootstrap}; {self.log_file}:", *tail])
        )


def new_cluster_id() -> str:
    """A fresh cluster id as Kafka writes them: url-safe base64 of 16 bytes, never starting with a dash."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        pass
    return text


_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None  # loaded before any fork


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL))
