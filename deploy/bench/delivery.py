"""How fast events travel: the latency from a commit to a handler, and the rate at which an outbox drains."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import sleep

import psycopg
from psycopg import sql

from deploy.bench.events import NOON, sample_submitted
from deploy.bench.installation import Installation
from deploy.bench.processes import BenchFailed, run_job, running
from deploy.bench.sizes import Sizes
from shared.ids import new_uuid

END = "deploy.bench.bus_ends"
SETTLE_SECONDS = 0.5
NANOSECONDS_IN_A_MILLISECOND = 1e6
FILL_JOURNAL = "COPY journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data) FROM STDIN"
FILL_OUTBOX = "INSERT INTO outbox (journal_id) SELECT id FROM journal ORDER BY id LIMIT {}"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one round."""

    p50: float
    p99: float


@dataclass(frozen=True, slots=True)
class DeliveryFound:
    """Latencies and rates (events a second) by round: the real way, and the raw bus right beside it."""

    real: list[Latency]
    raw: list[Latency]
    drained: list[float]
    published: list[float]

    def latency_ratio(self, which: str) -> float:
        """Median over rounds of real ÷ raw; ``which`` is ``p50`` or ``p99``."""
        pairs = zip(self.real, self.raw, strict=True)
        return float(median(getattr(real, which) / getattr(raw, which) for real, raw in pairs))

    @property
    def drain_ratio(self) -> float:
        """Median over rounds of drained ÷ published."""
        return median(real / raw for real, raw in zip(self.drained, self.published, strict=True))


def measure_delivery(installation: Installation, sizes: Sizes) -> DeliveryFound:
    """Latency rounds, then drain rounds."""
    real, raw = _latencies(installation, sizes)
    drained, published = _drains(installation, sizes)
    return DeliveryFound(real, raw, drained, published)


def _latencies(installation: Installation, sizes: Sizes) -> tuple[list[Latency], list[Latency]]:
    origin = installation.environment(installation.fresh_database("bench_origin"))
    target = installation.environment(installation.fresh_database("bench_target"))
    folder = installation.folder
    given = ("--count", str(sizes.latency_events), "--rate", str(sizes.latency_rate))
    committed: list[dict[str, int]] = []
    produced: list[dict[str, int]] = []
    with ExitStack() as ends:
        for end, environment in (("relay", origin), ("handle", target), ("consume", origin)):
            ends.enter_context(_standing_end(end, environment, folder))
        for number in range(sizes.latency_rounds + 1):
            for end, stamps in (("record", committed), ("produce", produced)):
                found = run_job(end, (END, end, *given), origin, folder)
                sleep(SETTLE_SECONDS)
                if number:  # the first round warms everything up
                    stamps.append(found)
    handled, consumed = _stamps_of(folder, "handle"), _stamps_of(folder, "consume")
    return [_latency(sent, handled) for sent in committed], [_latency(sent, consumed) for sent in produced]


@contextmanager
def _standing_end(end: str, environment: Mapping[str, str], folder: Path) -> Iterator[None]:
    ready = folder / f"{end}.ready"
    argv = (sys.executable, "-m", END, end, "--ready", str(ready), "--out", str(folder / f"{end}.json"))
    with running(end, argv, environment, folder, ready.exists):
        yield


def _stamps_of(folder: Path, end: str) -> dict[str, int]:
    found: dict[str, int] = json.loads((folder / f"{end}.json").read_text())
    return found


def _latency(sent: Mapping[str, int], met: Mapping[str, int]) -> Latency:
    """Percentiles of one round. Raises ``BenchFailed`` for an event that never came."""
    if lost := sent.keys() - met.keys():
        raise BenchFailed(f"{len(lost)} of {len(sent)} events never came")
    waits = [(met[key] - instant) / NANOSECONDS_IN_A_MILLISECOND for key, instant in sent.items()]
    cuts = quantiles(waits, n=100)
    return Latency(cuts[49], cuts[98])


def _drains(installation: Installation, sizes: Sizes) -> tuple[list[float], list[float]]:
    url = installation.fresh_database("bench_drain")
    environment = installation.environment(url)
    given = ("--count", str(sizes.drain_events))
    drained, published = [], []
    with psycopg.connect(url, autocommit=True) as connection:
        _fill_journal(connection, sizes.drain_events)
        for number in range(sizes.drain_rounds):
            if number:  # the first relay meets a cluster it does not know and fills the outbox by itself
                connection.execute(sql.SQL(FILL_OUTBOX).format(sizes.drain_events))
            drained.append(_rate(run_job("drain", (END, "drain", *given), environment, installation.folder)))
            published.append(
                _rate(run_job("publish", (END, "publish", *given), environment, installation.folder))
            )
    return drained, published


def _fill_journal(connection: "psycopg.Connection[tuple[object, ...]]", count: int) -> None:
    with connection.cursor() as cursor, cursor.copy(FILL_JOURNAL) as copy:
        for _ in range(count):
            event = sample_submitted(new_uuid())
            copy.write_row(
                (
                    new_uuid(),
                    event.topic,
                    event.type,
                    event.application_id,
                    1,
                    NOON,
                    event.model_dump_json(),
                )
            )
    connection.execute("VACUUM ANALYZE journal")


def _rate(found: Mapping[str, float]) -> float:
    return found["events"] / found["seconds"]


def as_rows(latencies: Sequence[Latency]) -> list[dict[str, float]]:
    """For the JSON of a run."""
    return [{"p50_ms": round(one.p50, 3), "p99_ms": round(one.p99, 3)} for one in latencies]
