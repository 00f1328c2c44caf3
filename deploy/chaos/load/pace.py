"""How fast the load goes: one attempt after the other at even distances, whoever asks."""

import asyncio
import time


class Pace:
    """At most ``rate`` attempts a second. Time that nobody used is not made up for."""

    def __init__(self, rate: float) -> None:
        self._distance = 1 / rate
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for a turn."""
        now = time.monotonic()
        mine = max(self._next, now)
        self._next = mine + self._distance
        if mine > now:
            await asyncio.sleep(mine - now)
