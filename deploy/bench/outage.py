"""The bus is away for minutes while applicants go on submitting; then: how fast what waited reaches review.

Nothing may be refused meanwhile. The embedded broker comes back empty, so the relay publishes the whole journal
again: what is measured is the worst way of coming back.
"""

import asyncio
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import httpx
import psycopg

from deploy.bench.installation import Installation
from deploy.bench.processes import BenchFailed
from deploy.bench.sizes import Sizes
from deploy.bench.submissions import CREATED, Ground, served
from deploy.local.ports import LOOPBACK
from deploy.local.program import Program
from deploy.local.service import Service
from deploy.local.supervisor import Supervisor
from shared.commands import worker_command
from shared.healthcheck import answers
from shared.ids import new_uuid
from shared.settings import WORKER_PORTS, ServiceName

LONGEST_CATCH_UP_SECONDS = 120.0
LOOK_EVERY_SECONDS = 0.05
ON_ITS_WAY_SECONDS = 1.0
CASES = "SELECT count(*) FROM review_case"
Submission = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OutageFound:
    """``backlog``: submissions that waited when the bus came back; ``applied``: cases opened until none waited.

    ``worker_restarts``: how often a worker ended and was started again; it ends itself when it is stuck.
    """

    outage_seconds: float
    arrivals_per_second: float
    submitted: int
    backlog: int
    applied: int
    catch_up_seconds: float
    worker_restarts: int

    @property
    def catch_up_ratio(self) -> float:
        """Cases opened a second while catching up ÷ arrivals a second, which go on meanwhile."""
        return self.applied / self.catch_up_seconds / self.arrivals_per_second


def measure_outage(installation: Installation, sizes: Sizes) -> OutageFound:
    """Stop the broker, keep submitting, start it, and watch review catch up. Raises ``BenchFailed``."""
    arrivals = int(sizes.arrivals_per_second * (sizes.outage_seconds + LONGEST_CATCH_UP_SECONDS))
    less = replace(sizes, rounds=0, warm_up=0, iris_submissions=arrivals)
    url = installation.empty_database("bench_outage")
    installation.migrate_intake(url)
    review = installation.stack.environment("review")
    installation.migrate("review", review)
    workers = [
        _worker(installation, "intake", installation.environment(url)),
        _worker(installation, "review", review),
    ]
    with served("outage", None, installation.environment(url), installation) as api:
        ground = Ground(installation, less, url)
        ground.prepare(f"http://{LOOPBACK}:{api.ports[0]}")
        chosen = ground.submissions(ground.take(arrivals))
        return asyncio.run(_kept_up(installation, sizes, workers, api.ports, chosen))


def _worker(installation: Installation, service: ServiceName, environment: Mapping[str, str]) -> Service:
    port = WORKER_PORTS[service] + installation.stack.offset
    program = Program(tuple(worker_command(service, python=sys.executable)), environment)
    is_ready = partial(answers, f"http://{LOOPBACK}:{port}/ready")
    return Service(f"{service}-worker", lambda: program, is_ready)


async def _kept_up(
    installation: Installation,
    sizes: Sizes,
    workers: Sequence[Service],
    ports: Sequence[int],
    chosen: Sequence[Submission],
) -> OutageFound:
    """Play it while the supervisor of the local stack keeps the workers, as it does in ``make run``."""
    said: list[str] = []
    async with Supervisor(installation.folder / "outage", said.append) as supervisor:
        await supervisor.start(*workers)
        found = await _play(installation, sizes, ports, chosen)
    return replace(found, worker_restarts=sum("starts again" in line for line in said))


async def _play(
    installation: Installation, sizes: Sizes, ports: Sequence[int], chosen: Sequence[Submission]
) -> OutageFound:
    broker = installation.stack.broker
    if broker is None:
        raise LookupError("the run has its own broker")
    review_url = installation.stack.database_url("review")
    tally: Counter[str] = Counter()
    await asyncio.to_thread(broker.stop)
    arriving = asyncio.create_task(_arrive(ports, chosen, sizes.arrivals_per_second, tally))
    try:
        await asyncio.sleep(sizes.outage_seconds)
        before = await asyncio.to_thread(_cases, review_url)
        await asyncio.to_thread(broker.start)
        began, backlog = time.perf_counter(), tally[CREATED] - before
        applied = await _until_caught_up(review_url, tally, began) - before
        seconds = time.perf_counter() - began
    finally:
        arriving.cancel()
        await asyncio.gather(arriving, return_exceptions=True)
    if set(tally) != {CREATED}:
        raise BenchFailed(f"submissions were refused while the bus was away: {dict(tally)}")
    return OutageFound(
        sizes.outage_seconds, sizes.arrivals_per_second, tally[CREATED], backlog, applied, seconds, 0
    )


async def _arrive(
    ports: Sequence[int], chosen: Sequence[Submission], rate: float, tally: Counter[str]
) -> None:
    """Submit one after the other at ``rate`` a second, whatever the answers do; cancelled, await the last answers."""
    began = time.perf_counter()
    under_way: set[asyncio.Task[None]] = set()
    async with httpx.AsyncClient(trust_env=False, timeout=30) as client:
        try:
            for number, submission in enumerate(chosen):
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
                task = asyncio.create_task(_submit(client, ports[number % len(ports)], submission, tally))
                under_way.add(task)
                task.add_done_callback(under_way.discard)
        finally:
            await asyncio.gather(*under_way)


async def _submit(client: httpx.AsyncClient, port: int, submission: Submission, tally: Counter[str]) -> None:
    path, token = submission
    who = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}
    try:
        answer = await client.post(f"http://{LOOPBACK}:{port}{path}", headers=who)
    except httpx.HTTPError as error:
        tally[type(error).__name__] += 1
    else:
        tally[str(answer.status_code)] += 1


async def _until_caught_up(review_url: str, tally: Mapping[str, int], began: float) -> int:
    """The number of cases once every submission received a second before has one. Raises ``BenchFailed``.

    A second: arrivals go on, and on a busy machine one of them is always on its way.
    """
    received: deque[tuple[float, int]] = deque()
    while (now := time.perf_counter()) - began < LONGEST_CATCH_UP_SECONDS:
        received.append((now, tally[CREATED]))
        while len(received) > 1 and now - received[1][0] >= ON_ITS_WAY_SECONDS:
            received.popleft()
        then, awaited = received[0]
        cases = await asyncio.to_thread(_cases, review_url)
        if now - then >= ON_ITS_WAY_SECONDS and cases >= awaited:
            return cases
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    cases = await asyncio.to_thread(_cases, review_url)
    raise BenchFailed(
        f"review had {cases} of {tally[CREATED]} cases after {LONGEST_CATCH_UP_SECONDS:.0f} s, and had not caught up"
    )


def _cases(review_url: str) -> int:
    with psycopg.connect(review_url) as connection:
        row = connection.execute(CASES).fetchone()
    return 0 if row is None else int(row[0])
