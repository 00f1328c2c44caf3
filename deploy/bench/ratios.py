"""What a run says: each ratio with its gate, its aim, and which of the two it met."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from deploy.bench.catalogue import CatalogueFound
from deploy.bench.delivery import DeliveryFound
from deploy.bench.door import DoorFound
from deploy.bench.growth import GrowthFound
from deploy.bench.identity import IdentityFound
from deploy.bench.outage import OutageFound
from deploy.bench.recovery import RecoveryFound
from deploy.bench.submissions import SubmissionsFound

Met = Literal["aim", "gate", "missed"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A measured value. ``gate`` must be met, ``aim`` is wanted; ``least``: larger is better."""

    name: str
    value: float
    gate: float
    aim: float
    least: bool
    unit: str = ""

    @property
    def met(self) -> Met:
        """The best bound that the value keeps."""
        if self._keeps(self.aim):
            return "aim"
        return "gate" if self._keeps(self.gate) else "missed"

    def _keeps(self, bound: float) -> bool:
        return self.value >= bound if self.least else self.value <= bound

    def bound(self, bound: float) -> str:
        """A bound as people read it."""
        return f"{'≥' if self.least else '≤'} {bound:g}{self.unit}"


@dataclass(slots=True)
class Found:
    """What a run measured; None for what it was not asked for."""

    submissions: SubmissionsFound | None = None
    delivery: DeliveryFound | None = None
    growth: GrowthFound | None = None
    outage: OutageFound | None = None
    recovery: RecoveryFound | None = None
    door: DoorFound | None = None
    identity: IdentityFound | None = None
    catalogue: CatalogueFound | None = None


def ratios_of(found: Found) -> list[Ratio]:
    """The gates of the house, of what was measured."""
    return [*_of_submissions(found), *_of_events(found), *_of_requests(found), *_of_the_catalogue(found)]


def _of_submissions(found: Found) -> Iterator[Ratio]:
    if (one := found.submissions) is not None:
        to_pgbench = "submissions/s ÷ pgbench TPS of the identical SQL"
        yield Ratio(to_pgbench, one.to_pgbench, 0.2, 0.35, least=True)
        yield Ratio("submissions/s ÷ bare FastAPI+asyncpg twin", one.to_twin, 0.7, 1.0, least=True)
        iris = "IRIS day: seconds to receive 14,487 submissions"
        yield Ratio(iris, one.iris_seconds, 60, 20, least=False, unit=" s")
    if found.growth is not None:
        growing = "a submission with 1,000,000 journal rows ÷ with 1,000"
        yield Ratio(growing, found.growth.cost_ratio, 1.2, 1.05, least=False)


def _of_events(found: Found) -> Iterator[Ratio]:
    if (one := found.delivery) is not None:
        latency = "commit → handler ÷ raw produce → consume"
        yield Ratio(f"{latency}, p50", one.latency_ratio("p50"), 3, 2, least=False)
        yield Ratio(f"{latency}, p99", one.latency_ratio("p99"), 5, 2.5, least=False)
        yield Ratio("outbox drain rate ÷ producer-only rate", one.drain_ratio, 0.15, 0.5, least=True)
    if found.outage is not None:
        catching_up = "catching up after 5 minutes without Kafka ÷ arrivals"
        yield Ratio(catching_up, found.outage.catch_up_ratio, 3, 10, least=True)
    if (kills := found.recovery) is not None:
        after = "after any single kill, the longest"
        yield Ratio(f"requests succeed {after}", kills.requests_seconds, 10, 5, least=False, unit=" s")
        yield Ratio(f"events flow {after}", kills.events_seconds, 30, 15, least=False, unit=" s")


def _of_requests(found: Found) -> Iterator[Ratio]:
    if found.door is not None:
        door = "the front door adds to the p50 of a read"
        yield Ratio(door, found.door.added_ms, 1.5, 0.8, least=False, unit=" ms")
    if (one := found.identity) is not None:
        gate = "authentication and authorization, CPU of a request"
        yield Ratio(gate, one.gate_ms, 0.15, 0.1, least=False, unit=" ms")
        yield Ratio("/v1/me ÷ bare twin, requests for a second of CPU", one.to_twin, 0.6, 0.7, least=True)


def _of_the_catalogue(found: Found) -> Iterator[Ratio]:
    if (one := found.catalogue) is not None:
        for what, made, kept in (
            ("lists", one.lists_to_twin, one.kept_lists_to_twin),
            ("searches", one.searches_to_twin, one.kept_searches_to_twin),
        ):
            yield Ratio(f"{what} made for the first time/s ÷ bare twin", made, 0.6, 0.8, least=True)
            yield Ratio(f"{what} that were kept/s ÷ bare twin", kept, 0.6, 0.8, least=True)
        unchanged = "unchanged answers of the catalogue/s ÷ answers made"
        yield Ratio(unchanged, one.conditional_to_made, 3, 5, least=True)
        growing = "a search among 10,049 projects ÷ among 49, p95"
        yield Ratio(growing, one.growth, 3, 2, least=False)
