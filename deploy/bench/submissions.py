"""How fast submissions are taken: intake's API, a bare twin and pgbench, in turns, over the same tables."""

import asyncio
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Any
from uuid import UUID

import psycopg

from deploy.bench.drafts import Pattern, make_pattern, store_twins
from deploy.bench.installation import Installation
from deploy.bench.pgbench import run_pgbench
from deploy.bench.processes import BenchFailed, Running, run_job, running
from deploy.bench.sample import Sample, draft_id
from deploy.bench.sizes import Sizes
from deploy.bench.twin import SAMPLE_FILE
from deploy.local.issuer import mint
from deploy.local.keys import load_key
from deploy.local.ports import LOOPBACK, free_ports
from shared.commands import api_command
from shared.healthcheck import answers
from shared.ids import new_uuid

PROCESSES = 2
POOL = 10
PGBENCH_SHARE = 2  # see ``Sizes.shared_drafts``
CREATED = "201"


@dataclass(frozen=True, slots=True)
class Applicant:
    """An organisation with a token."""

    organisation_id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst of submissions over HTTP. Milliseconds of CPU a request, of both server processes together."""

    rate: float
    cpu_ms: float
    generator_cpu_share: float
    p50_ms: float
    p99_ms: float
    seconds: float
    receipts: int


@dataclass(slots=True)
class SubmissionsFound:
    """Bursts and rates (transactions a second) by round."""

    intake: list[Burst] = field(default_factory=list)
    twin: list[Burst] = field(default_factory=list)
    pgbench: list[float] = field(default_factory=list)
    iris_bursts: list[Burst] = field(default_factory=list)

    @property
    def iris(self) -> Burst:
        """The IRIS day."""
        return self.iris_bursts[0]

    @property
    def iris_seconds(self) -> float:
        """From the first request of the IRIS day to its last receipt."""
        return self.iris.seconds

    @property
    def to_pgbench(self) -> float:
        """Median over rounds of intake ÷ pgbench."""
        return median(one.rate / rate for one, rate in zip(self.intake, self.pgbench, strict=True))

    @property
    def to_twin(self) -> float:
        """Median over rounds of intake ÷ twin."""
        return median(one.rate / other.rate for one, other in zip(self.intake, self.twin, strict=True))


class Ground:
    """A database with its prepared drafts, from which each contender takes the next ones.

    ``database_url``: another one than intake's own of this installation.
    """

    def __init__(self, installation: Installation, sizes: Sizes, database_url: str | None = None) -> None:
        self._installation = installation
        self._sizes = sizes
        self._url = database_url or installation.intake_url
        self._key = load_key(installation.stack.keys.issuer_key_file, kid_prefix="local-")
        self._next = 0
        self._applicants: list[Applicant] = []

    def token(self, role: str, **claims: Any) -> str:
        """A real token of the run's issuer."""
        issuer = self._installation.stack.issuer_url
        return mint(self._key, issuer, subject=str(new_uuid()), roles=[role], **claims)

    def applicant(self) -> Applicant:
        """A new organisation."""
        organisation_id = new_uuid()
        return Applicant(organisation_id, self.token("applicant", organisation_id=str(organisation_id)))

    def prepare(self, api_url: str) -> None:
        """The call, the clock, a pattern draft and its twins: of few applicants, then each of its own."""
        pattern_owner = self.applicant()
        made = make_pattern(
            api_url, self.token("ministry_officer"), self.token("operator"), pattern_owner.token
        )
        pattern = Pattern.read(self._url, asyncio.run(made))
        few = [self.applicant() for _ in range(self._sizes.applicants)]
        self._applicants = [few[number % len(few)] for number in range(self._sizes.shared_drafts + 1)]
        self._applicants += [self.applicant() for _ in range(self._sizes.iris_submissions)]
        owners = [one.organisation_id for one in self._applicants]
        store_twins(self._url, pattern, owners, 0)
        self.settle()

    def settle(self) -> None:
        """Statistics, an empty write-ahead log and a pause, so that preparing does not weigh on measuring."""
        postgres = self._installation.stack.postgres
        if postgres is None:
            raise LookupError("the run has its own server")
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
        with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        time.sleep(self._sizes.pause_seconds)

    def take(self, count: int) -> range:
        """The numbers of the next ``count`` drafts."""
        taken = range(self._next, self._next + count)
        if taken.stop > len(self._applicants):
            raise BenchFailed("more drafts were asked for than were prepared")
        self._next = taken.stop
        return taken

    def burst(self, servers: "Servers", count: int) -> Burst:
        """Submit the next ``count`` drafts over HTTP. Raises ``BenchFailed`` unless all are received."""
        chosen = self.take(count)
        work = self._work(servers.ports, chosen)
        file = self._installation.folder / "work.json"
        file.write_text(json.dumps(work))
        before = servers.cpu_seconds
        found = run_job("load", ("deploy.bench.load", "--work", str(file)), {}, self._installation.folder)
        if found["statuses"] != {CREATED: count}:
            raise BenchFailed(f"{servers.name} answered {found['statuses']}: {found['sample'][:500]}")
        return Burst(
            rate=count / found["seconds"],
            cpu_ms=(servers.cpu_seconds - before) / count * 1000,
            generator_cpu_share=found["cpu_seconds"] / found["seconds"],
            p50_ms=found["p50_ms"],
            p99_ms=found["p99_ms"],
            seconds=found["seconds"],
            receipts=found["receipts"],
        )

    def submissions(self, chosen: range) -> list[tuple[str, str]]:
        """Path and token of each of these submissions."""
        return [
            (f"/v1/applications/{draft_id(number)}/submission", self._applicants[number].token)
            for number in chosen
        ]

    def _work(self, ports: Sequence[int], chosen: range) -> dict[str, Any]:
        tokens = list(dict.fromkeys(self._applicants[number].token for number in chosen))
        places = {token: place for place, token in enumerate(tokens)}
        return {
            "ports": ports,
            "connections": min(self._sizes.http_connections, len(chosen)),
            "tokens": tokens,
            "submissions": [
                (str(draft_id(number)), places[self._applicants[number].token]) for number in chosen
            ],
        }

    def sample(self, servers: "Servers") -> Sample:
        """Submit one draft and take it apart."""
        (number,) = self.take(1)
        file = self._installation.folder / "work.json"
        file.write_text(json.dumps(self._work(servers.ports, range(number, number + 1)) | {"connections": 1}))
        found = run_job("load", ("deploy.bench.load", "--work", str(file)), {}, self._installation.folder)
        return Sample.of(self._url, draft_id(number), found["sample"])


@dataclass(frozen=True, slots=True)
class Servers:
    """The processes of one contender."""

    name: str
    ports: Sequence[int]
    processes: Sequence[Running]

    @property
    def cpu_seconds(self) -> float:
        """CPU time of all processes so far."""
        return sum(process.cpu_seconds for process in self.processes)


@contextmanager
def served(
    name: str, factory: str | None, environment: Mapping[str, str], installation: Installation
) -> Iterator[Servers]:
    """Two processes of intake's API, or of another ``factory`` with the same options of uvicorn."""
    ports = free_ports(PROCESSES)
    with ExitStack() as stack:
        processes = []
        for number, port in enumerate(ports):
            argv = api_command("intake", LOOPBACK, port, python=sys.executable)
            if factory is not None:
                argv = [factory if part == "services.intake.main:create_app" else part for part in argv]
            url = f"http://{LOOPBACK}:{port}/ready"
            one = running(
                f"{name}-{number}",
                argv,
                environment,
                installation.folder,
                lambda url=url: answers(url),  # type: ignore[misc] # bound now
            )
            processes.append(stack.enter_context(one))
        yield Servers(name, ports, processes)


def measure_submissions(installation: Installation, sizes: Sizes) -> SubmissionsFound:
    """Rounds of intake, twin and pgbench; then the IRIS day on intake alone."""
    installation.migrate_intake()
    environment = installation.environment() | {"KCITY_DATABASE_POOL_SIZE": str(POOL)}
    sample_file = installation.folder / "sample.json"
    with ExitStack() as stack:
        intake = stack.enter_context(served("intake", None, environment, installation))
        ground = Ground(installation, sizes)
        ground.prepare(f"http://{LOOPBACK}:{intake.ports[0]}")
        sample = ground.sample(intake)
        sample.write(sample_file)
        given = environment | {SAMPLE_FILE: str(sample_file)}
        twin_factory = "deploy.bench.twin:create_app"
        with served("twin", twin_factory, given, installation) as twin:
            found = _rounds(ground, installation, sizes, intake, twin, sample)
        ground.settle()
        found.iris_bursts.append(_iris_day(ground, installation, sizes, intake))
    return found


def _rounds(
    ground: Ground, installation: Installation, sizes: Sizes, intake: Servers, twin: Servers, sample: Sample
) -> SubmissionsFound:
    found = SubmissionsFound()
    for number in range(sizes.rounds + 1):
        count = sizes.submissions if number else sizes.warm_up
        burst, other = ground.burst(intake, count), ground.burst(twin, count)
        chosen = ground.take(PGBENCH_SHARE * count)
        rate = run_pgbench(
            installation.intake_url,
            sample,
            installation.folder,
            first=chosen.start,
            count=len(chosen),
            connections=PROCESSES * POOL,
        )
        if number:  # the first round warms everything up
            found.intake.append(burst)
            found.twin.append(other)
            found.pgbench.append(rate)
    return found


def _iris_day(ground: Ground, installation: Installation, sizes: Sizes, intake: Servers) -> Burst:
    """Everybody at once, each with a token that no process has seen. Raises ``BenchFailed`` for a lost receipt."""
    before = _submissions_stored(installation.intake_url)
    burst = ground.burst(intake, sizes.iris_submissions)
    stored = _submissions_stored(installation.intake_url) - before
    if not burst.receipts == stored == sizes.iris_submissions:
        raise BenchFailed(f"{burst.receipts} receipts, {stored} stored, of {sizes.iris_submissions}")
    return burst


def _submissions_stored(database_url: str) -> int:
    with psycopg.connect(database_url) as connection:
        row = connection.execute("SELECT count(DISTINCT receipt_no) FROM submission").fetchone()
    return 0 if row is None else int(row[0])
