"""What a run says: each ratio with its gate, its aim, and which of the two it met."""

from dataclasses import dataclass
from typing import Literal

from deploy.bench.delivery import DeliveryFound
from deploy.bench.door import DoorFound
from deploy.bench.growth import GrowthFound
from deploy.bench.outage import OutageFound
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


def ratios_of(
    submissions: SubmissionsFound,
    delivery: DeliveryFound,
    growth: GrowthFound,
    outage: OutageFound,
    door: DoorFound,
) -> list[Ratio]:
    """The gates of the house."""
    return [
        Ratio(
            "submissions/s ÷ pgbench TPS of the identical SQL", submissions.to_pgbench, 0.2, 0.35, least=True
        ),
        Ratio("submissions/s ÷ bare FastAPI+asyncpg twin", submissions.to_twin, 0.7, 1.0, least=True),
        Ratio(
            "commit → handler ÷ raw produce → consume, p50", delivery.latency_ratio("p50"), 3, 2, least=False
        ),
        Ratio(
            "commit → handler ÷ raw produce → consume, p99",
            delivery.latency_ratio("p99"),
            5,
            2.5,
            least=False,
        ),
        Ratio("outbox drain rate ÷ producer-only rate", delivery.drain_ratio, 0.15, 0.5, least=True),
        Ratio(
            "IRIS day: seconds to receive 14,487 submissions",
            submissions.iris_seconds,
            60,
            20,
            least=False,
            unit=" s",
        ),
        Ratio(
            "a submission with 1,000,000 journal rows ÷ with 1,000", growth.cost_ratio, 1.2, 1.05, least=False
        ),
        Ratio(
            "catching up after 5 minutes without Kafka ÷ arrivals", outage.catch_up_ratio, 3, 10, least=True
        ),
        Ratio("the front door adds to the p50 of a read", door.added_ms, 1.5, 0.8, least=False, unit=" ms"),
    ]
