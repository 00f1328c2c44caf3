"""Where requests are counted: fixed windows, in this process or in a Valkey that all processes share.

``limits`` brings the notation and the client of Valkey. Its own in-process storage starts a task at every count
that walks all keys; here a window's counts are dropped together when the next one has begun.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol
from zlib import crc32

import structlog
from limits import RateLimitItem
from limits.aio.storage import RedisStorage
from valkey.asyncio import BlockingConnectionPool
from valkey.exceptions import ValkeyError

log = structlog.get_logger()

PATIENCE_SECONDS = 1.0
"""How long a request waits for the shared counter, a busy process of our own included."""
MOST_CONNECTIONS = 16
"""Of one process: a burst of requests shall not become a burst of new connections."""
PAUSE_SECONDS = 1.0
"""How long a counter that failed is left alone, so that requests do not all wait for it."""


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


class SharedTally:
    """Counts in Valkey, which all processes share; a counter that failed is left alone for a moment."""

    def __init__(self, url: str) -> None:
        connections = BlockingConnectionPool.from_url(
            url,
            max_connections=MOST_CONNECTIONS,
            timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            socket_connect_timeout=PATIENCE_SECONDS,
        )
        self._connections = connections
        self._storage = RedisStorage(
            f"async+{url}",
            key_prefix="kcity-limits",
            connection_pool=connections,  # type: ignore[arg-type] # it is passed on to the client
        )
        self._left_alone_until = 0.0

    async def add(self, name: str, seconds: int) -> int:
        """How often ``name`` was used by all. Raises ``CounterDown``."""
        if time.monotonic() < self._left_alone_until:
            raise CounterDown
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await self._storage.incr(name, seconds)
        except (ValkeyError, OSError, TimeoutError) as error:
            self._left_alone_until = time.monotonic() + PAUSE_SECONDS
            log.warning("limits.counter_down", error=type(error).__name__)
            raise CounterDown from error

    async def close(self) -> None:
        """Close the connections."""
        await self._connections.aclose()


@asynccontextmanager
async def open_windows(valkey_url: str | None) -> AsyncIterator[Windows]:
    """The windows of one process, counted in Valkey when an address is given."""
    if valkey_url is None:
        yield Windows(OwnTally())
        return
    shared = SharedTally(valkey_url)
    try:
        yield Windows(shared)
    finally:
        await shared.close()
