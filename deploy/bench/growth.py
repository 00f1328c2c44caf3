"""What a submission costs as the journal grows: two databases, one with few events and one with very many, in turns."""

from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from statistics import median

import psycopg

from deploy.bench.events import sample_submitted
from deploy.bench.installation import Installation
from deploy.bench.sizes import Sizes
from deploy.bench.submissions import POOL, Burst, Ground, Servers, served
from deploy.local.ports import LOOPBACK
from shared.ids import new_uuid

FEW_ROWS = 1_000
EVENTS_OF_AN_AGGREGATE = 4
# bodies of ordinary size; ids as the service makes them, so that indexes grow as they would
FILL = """
    INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data)
    SELECT uuidv7(), %(topic)s, %(type)s, made.id, number, clock_timestamp(), %(body)s
    FROM (SELECT uuidv7() AS id FROM generate_series(1, %(aggregates)s)) made,
         generate_series(1, %(events)s) number
"""


@dataclass(slots=True)
class GrowthFound:
    """Bursts by round, with few and with many events in the journal."""

    rows: int
    few: list[Burst] = field(default_factory=list)
    many: list[Burst] = field(default_factory=list)

    @property
    def cost_ratio(self) -> float:
        """Median over rounds of the time a submission takes with many ÷ with few."""
        return median(few.rate / many.rate for few, many in zip(self.few, self.many, strict=True))


def measure_growth(installation: Installation, sizes: Sizes) -> GrowthFound:
    """Bursts on both databases in turns; the first round warms up."""
    less = replace(sizes, iris_submissions=0, rounds=sizes.growth_rounds)
    found = GrowthFound(sizes.journal_rows)
    with ExitStack() as stack:
        grounds = [
            _ground(installation, less, name, rows, stack)
            for name, rows in (("bench_few", FEW_ROWS), ("bench_many", sizes.journal_rows))
        ]
        for number in range(less.rounds + 1):
            count = less.submissions if number else less.warm_up
            # whoever comes second meets the other's leftovers: take turns
            first, second = grounds if number % 2 else reversed(grounds)
            bursts = {id(ground): ground.burst(servers, count) for ground, servers in (first, second)}
            if number:
                found.few.append(bursts[id(grounds[0][0])])
                found.many.append(bursts[id(grounds[1][0])])
    return found


def _ground(
    installation: Installation, sizes: Sizes, name: str, rows: int, stack: ExitStack
) -> tuple[Ground, Servers]:
    url = installation.empty_database(name)
    installation.migrate_intake(url)
    _fill(url, rows)
    environment = installation.environment(url) | {"KCITY_DATABASE_POOL_SIZE": str(POOL)}
    servers = stack.enter_context(served(name, None, environment, installation))
    ground = Ground(installation, sizes, url)
    ground.prepare(f"http://{LOOPBACK}:{servers.ports[0]}")
    return ground, servers


def _fill(url: str, rows: int) -> None:
    event = sample_submitted(new_uuid())
    values = {
        "topic": event.topic,
        "type": event.type,
        "body": event.model_dump_json(),
        "aggregates": rows // EVENTS_OF_AN_AGGREGATE,
        "events": EVENTS_OF_AN_AGGREGATE,
    }
    with psycopg.connect(url) as connection:
        connection.execute(FILL, values)
