"""Whether a consumer makes progress, so that one that is stuck ends and is started anew.

Only time counts in which it could have applied something: records waited at each look, the database and the bus
were there. Known without this: clients that stay silent after a restart of the broker (aiokafka 1154).
"""

import contextlib
import time

from sqlalchemy.exc import SQLAlchemyError

from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.database.connection import Database
from shared.delivery.consumption import Consumption
from shared.delivery.measures import CONSUMER_LAG
from shared.delivery.rebuild import being_rebuilt

STUCK_AFTER_SECONDS = 30.0


class Stuck(Exception):
    """There is lag and nothing moves."""


class Progress:
    """Looks at one consumer again and again."""

    def __init__(self, consumption: Consumption, bus: BusAddress, database: Database) -> None:
        self._consumption = consumption
        self._bus = bus
        self._database = database
        self._waits_since: float | None = None

    async def look(self, *, database_answers: bool) -> None:
        """Raise ``Stuck`` when nothing was applied for 30 s though it could have been."""
        lag = await self._lag()
        now = time.monotonic()
        if not database_answers or lag == 0 or await self._is_excused(lag):
            self._waits_since = None
        elif self._waits_since is None or self._consumption.progress_at > self._waits_since:
            self._waits_since = now
        elif now - self._waits_since > STUCK_AFTER_SECONDS:
            many = "an unknown number of" if lag is None else lag
            raise Stuck(f"{many} records wait and nothing was applied for {STUCK_AFTER_SECONDS:.0f} s")

    async def _lag(self) -> int | None:
        """Records that wait; None when this consumer's client cannot tell."""
        try:
            lag = await self._consumption.lag()
        except BusUnavailable:
            return None
        CONSUMER_LAG.set(lag)
        return lag

    async def _is_excused(self, lag: int | None) -> bool:
        """Whether the bus is away, or the copies are being rebuilt, here or in another worker."""
        if lag is None and not await self._bus_answers():
            return True
        with contextlib.suppress(SQLAlchemyError, OSError, TimeoutError):
            return await being_rebuilt(self._database)
        return True

    async def _bus_answers(self) -> bool:
        """Whether a new client can reach the bus, when the consumer's own cannot."""
        try:
            async with bus_admin(self._bus) as admin:
                await admin.cluster()
        except BusUnavailable:
            return False
        return True
