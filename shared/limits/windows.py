"""Where requests are counted: fixed windows, in this process or in a Valkey that all processes share.

``limits`` brings the notation. Its own in-process storage starts a task at every count
that walks all keys; here a window's counts are dropped together when the next one has begun.
"""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

from limits import RateLimitItem


class CounterDown(Exception):
    """The shared counter does not answer."""


class Tally(Protocol):
    """Counts uses of a name."""

    async def add(self, name: str, seconds: int) -> int:
        """How often ``name`` was used, this time included; forgotten after ``seconds``. Raises ``CounterDown``."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a client stands in its present window."""

    used: int
    limit: int
    resets_in_seconds: int

    @property
    def exceeded(self) -> bool:
        """Whether this request is one too many."""
        return self.used > self.limit

    @property
    def remaining(self) -> int:
        """How many more there may be."""
        return max(0, self.limit - self.used)


class Windows:
    """Fixed windows; those of different clients begin at different moments, so that not all come back at once."""

    def __init__(self, tally: Tally, now: Callable[[], float] = time.time) -> None:
        self._tally = tally
        self._now = now

    async def count(self, limit: RateLimitItem, cost: str, client: str) -> Standing:
        """Count one request of ``client``. Raises ``CounterDown``."""
        seconds = limit.get_expiry()
        name = f"{cost}:{client}"
        moment = int(self._now()) + crc32(name.encode()) % seconds
        window, elapsed = divmod(moment, seconds)
        used = await self._tally.add(f"{name}:{window}", seconds)
        return Standing(used, limit.amount, seconds - elapsed)


class OwnTally:
    """Counts of this process. Two generations: a name is kept for at least its time and at most twice that."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._turned_at = now()
        self._present: Counter[str] = Counter()
        self._former: Counter[str] = Counter()
        self._longest = 0

    async def add(self, name: str, seconds: int) -> int:
        """How often ``name`` was used; never raises."""
        self._longest = max(self._longest, seconds)
        if self._now() - self._turned_at > self._longest:
            self._former, self._present = self._present, Counter()
            self._turned_at = self._now()
        if name not in self._present and name in self._former:
            self._present[name] = self._former.pop(name)
        self._present[name] += 1
        return self._present[name]


@asynccontextmanager
async def open_windows(valkey_url: str | None) -> AsyncIterator[Windows]:
    """The windows of one process, counted in Valkey when an address is given."""
    if valkey_url is None:
        yield Windows(OwnTally())
        return
    from shared.limits.shared_tally import SharedTally  # noqa: PLC0415 - Valkey's client, of no use to the others

    shared = SharedTally(valkey_url)
    try:
        yield Windows(shared)
    finally:
        await shared.close()
