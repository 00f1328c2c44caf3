"""Counts of requests in a Valkey that all processes share."""

import asyncio
import time

import structlog
from limits.aio.storage import RedisStorage
from valkey.asyncio import BlockingConnectionPool
from valkey.exceptions import ValkeyError

from shared.limits.windows import CounterDown

log = structlog.get_logger()

PATIENCE_SECONDS = 1.0
"""How long a request waits for the shared counter, a busy process of our own included."""
MOST_CONNECTIONS = 16
"""Of one process: a burst of requests shall not become a burst of new connections."""
PAUSE_SECONDS = 1.0
"""How long a counter that failed is left alone, so that requests do not all wait for it."""


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
