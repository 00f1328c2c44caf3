"""The system under test: a whole local stack in a folder of its own, every connection behind a proxy."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self

import httpx
import psutil

from deploy.chaos.faults import signpost
from deploy.chaos.faults.children import Children
from deploy.chaos.faults.clock_preload import preload
from deploy.chaos.faults.detours import Detours, Ends
from deploy.chaos.faults.kafka_child import KafkaChild
from deploy.chaos.faults.namespace import mount_small, unmount
from deploy.chaos.faults.toxiproxy import Toxiproxy
from deploy.local.issuer import Issuer
from deploy.local.keys import open_keys
from deploy.local.ports import BROKER_PORT, LOOPBACK, MAIL_PORT, POSTGRES_PORT, free_offset, free_ports
from deploy.local.running import started
from deploy.local.stack import UNLIMITED, Stack
from shared.bus.connection import BusAddress
from shared.healthcheck import answers
from shared.settings import API_PORTS, SERVICES

UP_SECONDS = 300.0
BrokerKind = Literal["embedded", "kafka"]
APIS = tuple(f"{service}-api" for service in SERVICES)
WORKERS = tuple(f"{service}-worker" for service in SERVICES)


class System:
    """Started by ``start``, ended by leaving the context; nothing outlives the process that holds it.

    ``small_disks``: folder of the stack → megabytes of the file system in memory to be mounted there; only in a
    mount namespace of our own.
    """

    def __init__(
        self, folder: Path, broker: BrokerKind, *, small_disks: Mapping[str, int] | None = None
    ) -> None:
        self.folder = folder
        self.broker_kind: BrokerKind = broker
        self.offset = free_offset()
        self.stack_folder = folder / "stack"
        self.children = Children(folder / "log")
        self._small_disks = small_disks or {}
        kafka_port, issuer_port, toxiproxy_port = free_ports(3)
        self.kafka = KafkaChild(self.children, folder / "kafka", kafka_port) if broker == "kafka" else None
        self._issuer_port = issuer_port
        self.toxiproxy = Toxiproxy(toxiproxy_port, folder)
        self.detours = Detours.before(self._ends())

    def _ends(self) -> Ends:
        return Ends(
            database=POSTGRES_PORT + self.offset,
            broker=self.kafka.port if self.kafka else BROKER_PORT + self.offset,
            mail=MAIL_PORT + self.offset,
            issuer=self._issuer_port,
            apis={service: API_PORTS[service] + self.offset for service in SERVICES},
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment of the stack's processes, and of the checker that looks at it."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("KCITY_")}
        own = {
            "KCITY_LOCAL_FOLDER": str(self.stack_folder),
            "KCITY_PORT_OFFSET": str(self.offset),
            "KCITY_ISSUER_URL": self.detours.issuer_url,
            "KCITY_TOLD_OTHERWISE": str(self.folder / "told-otherwise.json"),
        }
        return inherited | UNLIMITED | own | (self.kafka.environment if self.kafka else {})

    @property
    def stack(self) -> Stack:
        """Its addresses, past the proxies."""
        return Stack.from_environment(self.environment)

    @property
    def front_door(self) -> str:
        """The one origin."""
        return self.stack.front_door.url

    @property
    def issuer_url(self) -> str:
        """Where tokens are got, past the proxy; they name the proxied address as their issuer."""
        return f"http://{LOOPBACK}:{self._issuer_port}"

    @property
    def bus(self) -> BusAddress:
        """The broker, past the proxies."""
        told = self.stack.bus_environment()
        idempotent = told.get("KCITY_KAFKA_IDEMPOTENT_PRODUCER") == "true"
        return BusAddress(told["KCITY_KAFKA_BOOTSTRAP"], idempotent_producer=idempotent, replication=1)

    def start(self) -> None:
        """Bring everything up, proxies first. Raises ``ChildFailed`` or ``GoMissing``."""
        self.stack_folder.mkdir(parents=True, exist_ok=True)
        self.stack_folder.chmod(0o755)
        for name, megabytes in self._small_disks.items():
            mount_small(self.stack_folder / name, megabytes)
        self._tell()
        self._start_proxies()
        self._start_issuer()
        if self.kafka:
            self.kafka.start()
            self.kafka.wait_until_up()
        self.start_stack()
        self.wait_until_up()

    def _tell(self) -> None:
        stack = self.stack
        passwords = stack.keys.database_passwords
        port = POSTGRES_PORT + self.offset
        urls = {name: f"postgresql://{name}:{passwords[name]}@{LOOPBACK}:{port}/{name}" for name in SERVICES}
        told = self.detours.told(urls)
        for api in APIS:
            told[api] |= preload(self.folder / "clock", api)
        Path(self.environment["KCITY_TOLD_OTHERWISE"]).write_text(json.dumps(told, indent=1))

    def _start_proxies(self) -> None:
        posts = [signpost.Post(port, shown) for port, shown in self.detours.posts.items()]
        self.children.start("signpost", signpost.command(self._ends().broker, posts))
        self.children.start("toxiproxy", self.toxiproxy.command(self.detours.proxies))
        self.children.wait_until("toxiproxy", self.toxiproxy.answers, seconds=10)

    def _start_issuer(self) -> None:
        key_file = open_keys(self.stack_folder / "keys").issuer_key_file
        argv = Issuer(self.folder / "issuer", self._issuer_port, key_file).program().argv
        self.children.start("issuer", (*argv, "--url", self.detours.issuer_url))
        self.children.wait_until("issuer", lambda: answers(f"{self.issuer_url}/jwks"), seconds=30)

    def start_stack(self) -> None:
        """Start the stack, or start it again on the same folder; returns at once. From the main thread."""
        argv = (sys.executable, "-m", "deploy.local.run", "--no-rehearsal")
        self.children.start("stack", argv, self.environment)

    def wait_until_up(self, seconds: float = UP_SECONDS) -> None:
        """Wait until every process is ready and the front door passes requests. Raises ``ChildFailed``."""
        self.children.wait_until("stack", self.is_up, seconds=seconds)

    def is_up(self) -> bool:
        """Whether every process says it is ready and the front door passes requests."""
        ports = [*map(self.stack.api_port, SERVICES), *map(self.stack.worker_port, SERVICES)]
        asked = [f"http://{LOOPBACK}:{port}/ready" for port in ports]
        asked += [f"{self.front_door}/{service}/v1/time" for service in SERVICES]
        try:
            return all(httpx.get(url, trust_env=False, timeout=5).is_success for url in asked)
        except httpx.HTTPError:
            return False

    def tend(self) -> None:
        """Apache Kafka has no supervisor in a local stack: where it has ended, start it again on its data."""
        if self.kafka and self.kafka.ended():
            self.kafka.start()

    def pid_of(self, name: str) -> int | None:
        """The pid of a process of the stack, by its supervisor's book; None while it does not run."""
        if name == "stack":
            return self.children.process("stack").pid
        if name == "broker" and self.kafka:
            return self.kafka.java_pid
        try:
            rows: list[dict[str, Any]] = json.loads((self.stack_folder / "stack.pids").read_text())
        except (OSError, ValueError):
            return None
        alive = [row["pid"] for row in rows if row["name"] == name and started(row["pid"]) is not None]
        return alive[-1] if alive else None

    def family_of(self, name: str) -> list[psutil.Process]:
        """The process and all below it; empty while it does not run."""
        pid = self.pid_of(name)
        try:
            return [] if pid is None else [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o755)
        return self

    def __exit__(self, *_: object) -> None:
        self.children.stop_all()
        for name in self._small_disks:
            unmount(self.stack_folder / name)
        self.toxiproxy.close()
