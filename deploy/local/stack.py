"""The processes of the whole system on one machine: which, with what environment, in what order.

An address that stands in the environment already is used instead of the embedded part.
"""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from deploy.local.broker import EmbeddedBroker
from deploy.local.front_door import FrontDoor
from deploy.local.issuer import Issuer
from deploy.local.keys import Keys, open_keys
from deploy.local.part import Part
from deploy.local.ports import (
    BROKER_PORT,
    FRONT_DOOR_PORT,
    ISSUER_PORT,
    LOOPBACK,
    MAIL_PORT,
    POSTGRES_PORT,
    is_free,
)
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.program import ROOT, Program
from deploy.local.service import Job, Service
from deploy.local.smtp_sink import MailServer
from shared.commands import api_command, migrate_command, topics_command, worker_command
from shared.healthcheck import answers
from shared.limits import Cost
from shared.settings import API_PORTS, SERVICES, WORKER_PORTS, ServiceName

MAIL_FROM = "K-City Network <no-reply@kcity.example>"
UNLIMITED = {f"KCITY_RATE_LIMIT_{cost.upper()}": "1000000000/hour" for cost in Cost}
"""For load that one machine makes: requests are counted as everywhere, and are never too many."""
SESSION_TIMEOUT_MS = 6_000  # a worker that died is noticed soon; the embedded broker allows it
RELIEVED_SECONDS = 30.0  # for a relieved process to end, as long as in the composition: nobody waits for it


class PortTaken(Exception):
    """Somebody else listens where a process of ours should."""

    def __init__(self, taken: Sequence[int]) -> None:
        super().__init__(
            f"something else already listens on 127.0.0.1, port {', '.join(map(str, taken))}. "
            "Stop it, or move this stack with KCITY_PORT_OFFSET=1000 (added to every port)."
        )


@dataclass(frozen=True)
class Stack:
    """One stack: its folder, its offset on every port, and the addresses given from outside."""

    folder: Path
    offset: int
    given: Mapping[str, str]
    keys: Keys

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """``KCITY_LOCAL_FOLDER`` (default ``.local``), ``KCITY_PORT_OFFSET`` (default 0), addresses in use."""
        folder = Path(environment.get("KCITY_LOCAL_FOLDER") or ROOT / ".local").absolute()
        folder.mkdir(parents=True, exist_ok=True)
        given = {name: value for name, value in environment.items() if name.startswith("KCITY_") and value}
        return cls(folder, int(environment.get("KCITY_PORT_OFFSET") or 0), given, open_keys(folder / "keys"))

    @cached_property
    def postgres(self) -> EmbeddedPostgres | None:
        """The embedded server, unless each of the four databases is given."""
        if all(_database_variable(service) in self.given for service in SERVICES):
            return None
        return EmbeddedPostgres(self.folder / "postgres", POSTGRES_PORT + self.offset)

    @cached_property
    def broker(self) -> EmbeddedBroker | None:
        """The embedded broker, unless one is given."""
        if "KCITY_KAFKA_BOOTSTRAP" in self.given:
            return None
        return EmbeddedBroker(BROKER_PORT + self.offset, self.folder / "broker")

    @cached_property
    def mail(self) -> MailServer | None:
        """The mail sink, unless a mail server is given."""
        return (
            None
            if "KCITY_SMTP_URL" in self.given
            else MailServer(self.folder / "mail", MAIL_PORT + self.offset)
        )

    @cached_property
    def issuer(self) -> Issuer | None:
        """The development issuer, unless one is given."""
        if "KCITY_ISSUER_URL" in self.given:
            return None
        return Issuer(self.folder / "issuer", ISSUER_PORT + self.offset, self.keys.issuer_key_file)

    @cached_property
    def front_door(self) -> FrontDoor:
        """The one origin before the four APIs."""
        told = self.told_otherwise("front-door")
        upstreams: dict[str, str] = {
            service: told.get(f"KCITY_{service.upper()}_UPSTREAM", f"{LOOPBACK}:{self.api_port(service)}")
            for service in SERVICES
        }
        folder, port = self.folder / "front-door", FRONT_DOOR_PORT + self.offset
        return FrontDoor(folder, port, upstreams, self.given.get("KCITY_PUBLIC_URL"), self.issuer_url)

    @property
    def parts(self) -> list[Part]:
        """The embedded parts this stack needs, without the front door."""
        return [part for part in (self.postgres, self.broker, self.mail, self.issuer) if part is not None]

    def api_port(self, service: ServiceName) -> int:
        """Where a service's API listens."""
        return API_PORTS[service] + self.offset

    def worker_port(self, service: ServiceName) -> int:
        """Where a service's worker answers about its health."""
        return WORKER_PORTS[service] + self.offset

    @property
    def issuer_url(self) -> str:
        """Who signs the tokens."""
        return self.issuer.url if self.issuer else self.given["KCITY_ISSUER_URL"]

    @property
    def rehearsal_file(self) -> Path:
        """What the rehearsal found; absent before the first run."""
        return self.folder / "rehearsal.json"

    def database_url(self, service: ServiceName) -> str:
        """The service's own database, password included."""
        if given := self.given.get(_database_variable(service)):
            return given
        return _embedded(self.postgres).url_of(service, self.keys.database_passwords[service], service)

    def is_rehearsal(self, service: ServiceName) -> bool:
        """Embedded databases are marked as rehearsals; a given one is live unless it was marked otherwise."""
        return _database_variable(service) not in self.given

    def make_databases(self) -> None:
        """Roles and databases of the embedded server; call while it runs."""
        for service in SERVICES:
            if self.is_rehearsal(service):
                _embedded(self.postgres).ensure_service(service, self.keys.database_passwords[service])

    def bus_environment(self) -> dict[str, str]:
        """Where the broker is and what it can do; what is given from outside wins."""
        if self.broker is None:
            given = {name: value for name, value in self.given.items() if name.startswith("KCITY_KAFKA_")}
            return {"KCITY_KAFKA_REPLICATION": "1", "KCITY_KAFKA_CREATE_TOPICS": "true"} | given
        return {
            "KCITY_KAFKA_BOOTSTRAP": self.broker.bootstrap,
            "KCITY_KAFKA_IDEMPOTENT_PRODUCER": "false",
            "KCITY_KAFKA_REPLICATION": "1",
            "KCITY_KAFKA_CREATE_TOPICS": "true",
            "KCITY_KAFKA_SESSION_TIMEOUT_MS": str(SESSION_TIMEOUT_MS),
            "KCITY_KAFKA_FETCH_MAX_WAIT_MS": "10",
        }

    def limits_environment(self) -> dict[str, str]:
        """How often one client may ask, as far as it is given from outside."""
        told = ("KCITY_RATE_LIMIT_", "KCITY_VALKEY_URL")
        return {name: value for name, value in self.given.items() if name.startswith(told)}

    def environment(self, service: ServiceName) -> dict[str, str]:
        """What both processes and the migration of a service are told."""
        documents = self.folder / "documents"
        documents.mkdir(exist_ok=True)
        mail = f"smtp://{LOOPBACK}:{self.mail.port}" if self.mail else self.given["KCITY_SMTP_URL"]
        return {
            **self.bus_environment(),
            **self.limits_environment(),
            "KCITY_PROFILE": "local",
            "KCITY_SERVICE": service,
            "KCITY_DATABASE_URL": self.database_url(service),
            "KCITY_ISSUER_URL": self.issuer_url,
            "KCITY_PUBLIC_URL": self.given.get("KCITY_PUBLIC_URL", self.front_door.url),
            "KCITY_WORKER_PORT": str(self.worker_port(service)),
            "KCITY_DOCUMENT_STORE_URL": self.given.get("KCITY_DOCUMENT_STORE_URL", documents.as_uri()),
            "KCITY_RECEIPT_KEY_FILE": str(self.keys.receipt_key_file),
            "KCITY_RECEIPT_NUMBER_SECRET": self.keys.receipt_number_secret,
            "KCITY_LINK_SECRET": self.keys.link_secret,
            "KCITY_SMTP_URL": mail,
            "KCITY_MAIL_MODE": self.given.get("KCITY_MAIL_MODE", "sandbox" if self.mail else "relay"),
            "KCITY_MAIL_FROM": self.given.get("KCITY_MAIL_FROM", MAIL_FROM),
        }

    def migrations(self) -> list[Job]:
        """One job per service; embedded databases are marked as rehearsals."""
        return [
            self._job(
                f"{service}-migrate",
                migrate_command(service, rehearsal=self.is_rehearsal(service), python=sys.executable),
                self.environment(service),
            )
            for service in SERVICES
        ]

    def topics(self) -> Job:
        """The job that creates and checks every topic."""
        return self._job("topics", topics_command(python=sys.executable), self.bus_environment())

    def _job(self, name: str, argv: list[str], environment: Mapping[str, str]) -> Job:
        return Job(name, Program(tuple(argv), environment))

    def part_services(self) -> list[Service]:
        """The embedded parts; a broker that comes back is empty and needs its topics again."""
        again = self.topics()
        return [Service.of(part, after_restart=again if part is self.broker else None) for part in self.parts]

    def apis(self) -> list[Service]:
        """The four APIs."""
        ports = {service: self.api_port(service) for service in SERVICES}
        return [
            self._service(
                f"{service}-api",
                service,
                api_command(service, LOOPBACK, port, python=sys.executable),
                port,
            )
            for service, port in ports.items()
        ]

    def workers(self) -> list[Service]:
        """The four workers; they need the topics."""
        return [
            self._service(
                f"{service}-worker",
                service,
                worker_command(service, python=sys.executable),
                self.worker_port(service),
            )
            for service in SERVICES
        ]

    def _service(self, name: str, service: ServiceName, argv: list[str], port: int) -> Service:
        program = Program(tuple(argv), self.environment(service) | self.told_otherwise(name))
        asked = partial(answers, f"http://{LOOPBACK}:{port}/ready")
        return Service(
            name, lambda: program, asked, listens=((LOOPBACK, port),), drain_seconds=RELIEVED_SECONDS
        )

    def front_door_service(self) -> Service:
        """The front door on sockets that outlive it. A relieved one serves on for long, see the Caddyfile."""
        door = self.front_door
        return Service.of(
            door,
            listens=door.addresses,
            told=door.told_to_bind,
            drain_seconds=RELIEVED_SECONDS,
            stop_seconds=2.0,
        )

    def told_otherwise(self, name: str) -> dict[str, str]:
        """What one process is told otherwise, by the JSON file ``KCITY_TOLD_OTHERWISE``: detours for fault tests."""
        file = self.given.get("KCITY_TOLD_OTHERWISE")
        if file is None:
            return {}
        told: dict[str, dict[str, str]] = json.loads(Path(file).read_text())
        return told.get(name, {})

    def rehearsal(self) -> Job:
        """Plays a whole call through the front door, on our own terminal."""
        addresses = ("--front-door", self.front_door.url, "--issuer", self.issuer_url)
        module = (sys.executable, "-m", "deploy.local.rehearsal")
        mails = ("--mails", str(self.mail.folder)) if self.mail else ()
        argv = (*module, *addresses, *mails, "--out", str(self.rehearsal_file))
        return Job("rehearsal", Program(argv, inherits_terminal=True))

    def ports(self) -> Iterator[int]:
        """Every port on which this stack listens."""
        yield from (part.port for part in (*self.parts, self.front_door))
        for service in SERVICES:
            yield from (self.api_port(service), self.worker_port(service))

    def check_ports(self) -> None:
        """Raise ``PortTaken`` if a foreign process listens on one of ours; a server on our data is ours."""
        if self.postgres is not None:
            self.postgres.end_leftover()
        if taken := [port for port in self.ports() if not is_free(port)]:
            raise PortTaken(taken)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """What people may want to open or connect to; no passwords."""
        yield "front door", self.front_door.url
        yield "sample front end", f"{self.front_door.url}/sample-front-end/"
        for service in SERVICES:
            yield f"{service} API", f"http://localhost:{self.api_port(service)}/docs"
        for service in SERVICES:
            yield f"{service} worker", f"http://localhost:{self.worker_port(service)}/ready"
        yield "issuer", self.issuer_url
        yield "broker", self.broker.bootstrap if self.broker else self.given["KCITY_KAFKA_BOOTSTRAP"]
        for service in SERVICES:
            yield f"{service} database", without_password(self.database_url(service))
        yield "mails", str(self.mail.folder) if self.mail else without_password(self.given["KCITY_SMTP_URL"])
        yield "logs", str(self.folder / "log")
        yield "a token", "make token ROLE=ministry_officer"


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=f"{parts.username}@{host}" if parts.username else host).geturl()


def _database_variable(service: ServiceName) -> str:
    return f"KCITY_{service.upper()}_DATABASE_URL"


def _embedded(postgres: EmbeddedPostgres | None) -> EmbeddedPostgres:
    if postgres is None:
        raise LookupError("every database is given; there is no embedded server")
    return postgres
