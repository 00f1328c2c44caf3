"""What the front door adds to a request: the same small read, straight to an API and through Caddy, in turns.

One keep-alive connection and one request at a time, so that nothing queues and the difference is the door's own.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from deploy.bench.asking import Milliseconds, waits_of
from deploy.bench.installation import Installation
from deploy.bench.sizes import Sizes
from deploy.bench.submissions import served
from deploy.local.front_door import FrontDoor
from deploy.local.ports import LOOPBACK, free_port

PATH = "/v1/time"


@dataclass(slots=True)
class DoorFound:
    """Medians by round, in milliseconds: without and with the front door."""

    direct: list[Milliseconds] = field(default_factory=list)
    through: list[Milliseconds] = field(default_factory=list)

    @property
    def added_ms(self) -> Milliseconds:
        """Median over rounds of what the door adds to the median."""
        return median(through - direct for direct, through in zip(self.direct, self.through, strict=True))


def measure_door(installation: Installation, sizes: Sizes) -> DoorFound:
    """Rounds of both ways in turns; the first round warms up. Raises ``BenchFailed`` for an unexpected answer."""
    found = DoorFound()
    with _both_ways(installation) as (direct, through):
        for number in range(sizes.door_rounds + 1):
            straight = asyncio.run(waits_of(*direct, sizes.door_requests, {}))
            around = asyncio.run(waits_of(*through, sizes.door_requests, {}))
            if number:
                found.direct.append(median(straight))
                found.through.append(median(around))
    return found


Way = tuple[int, str]
"""A port, and the path of the read behind it."""


@contextmanager
def _both_ways(installation: Installation) -> Iterator[tuple[Way, Way]]:
    installation.migrate_intake(url := installation.empty_database("bench_door"))
    with served("door-intake", None, installation.environment(url), installation) as servers:
        port = servers.ports[0]
        upstreams = {"intake": f"{LOOPBACK}:{port}"}
        with FrontDoor(installation.folder / "front-door", free_port(), upstreams) as door:
            yield (port, PATH), (door.port, f"/intake{PATH}")
