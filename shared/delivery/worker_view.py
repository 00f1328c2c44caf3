"""What only a running worker knows of the delivery: its relay, its partitions, the broker as it sees it.

Answered on the worker's own health address, for ``kcity doctor``; no ids of aggregates, no contents.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shared.bus.admin import WrongPartitions, bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.delivery.consumption import Consumption
from shared.delivery.operations.facts import Probes, probed
from shared.delivery.relay import Relay
from shared.events.topics import TOPICS, Topic

BROKER_SECONDS = 4.0
"""The view must answer while the broker is down, before whoever asks gives up."""


@dataclass(frozen=True, slots=True)
class WorkerView:
    """The parts of a worker to look at. ``look`` never raises for a part that is down: it says so."""

    service: str
    bus: BusAddress
    relay: Relay
    consumption: Consumption | None
    probes: Probes = field(default_factory=dict)

    async def look(self) -> dict[str, Any]:
        """Everything, as JSON: ``relay``, ``consumption`` (null where nothing is consumed), ``broker``, ``topics``."""
        broker, consumption, dependencies = await asyncio.gather(
            self._broker(), self._consumption(), probed(self.probes)
        )
        present = broker.pop("partitions")
        return {
            "service": self.service,
            "relay": {
                "active": self.relay.active,
                "published": self.relay.published,
                "seconds_since_progress": round(time.monotonic() - self.relay.progress_at, 1),
            },
            "consumption": consumption,
            "broker": broker,
            "topics": None if present is None else [_topic(one, present) for one in self._topics()],
            "dependencies": [one.model_dump() for one in dependencies],
        }

    def _topics(self) -> list[Topic]:
        read = self.consumption.topics if self.consumption else []
        return [topic for topic in TOPICS if topic.owner == self.service or topic.name in read]

    async def _broker(self) -> dict[str, Any]:
        try:
            async with asyncio.timeout(BROKER_SECONDS), bus_admin(self.bus) as admin:
                cluster = await admin.cluster()
                return {
                    "answers": True,
                    "detail": None,
                    "cluster_id": cluster.id,
                    "brokers": cluster.brokers,
                    "partitions": cluster.partitions,
                }
        except (BusUnavailable, TimeoutError) as error:
            detail = str(error)[:200] or "no answer in time"
            return {"answers": False, "detail": detail, "cluster_id": None, "brokers": 0, "partitions": None}

    async def _consumption(self) -> dict[str, Any] | None:
        if self.consumption is None:
            return None
        lag: Mapping[Any, int] | None
        try:
            async with asyncio.timeout(BROKER_SECONDS):
                lag = await self.consumption.lag_by_partition()
        except (BusUnavailable, TimeoutError):
            lag = None
        return {
            "joined": self.consumption.joined,
            "seconds_since_progress": round(time.monotonic() - self.consumption.progress_at, 1),
            "lag": None if lag is None else sum(lag.values()),
            "partitions": [
                {"topic": topic, "partition": partition, "lag": behind}
                for (topic, partition), behind in sorted((lag or {}).items())
            ],
        }


def _topic(topic: Topic, present: Mapping[str, int]) -> dict[str, Any]:
    """A topic as it is and as it must be; ``problem`` says what is wrong in words."""
    found = present.get(topic.name)
    problem = None
    if found is None:
        problem = f"topic {topic.name} is missing: create it (python -m shared.bus.provision) and replay"
    elif found != topic.partitions:
        problem = str(WrongPartitions(topic.name, found, topic.partitions))
    return {"name": topic.name, "partitions": found or 0, "wanted": topic.partitions, "problem": problem}
