"""PostgreSQL: one engine for everything, and a bare asyncpg pool for the one statement that must be fast."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self

import asyncpg
from sqlalchemy import URL, make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from shared.database.timeline import must_be_known

Tx = AsyncConnection
"""A connection inside one open transaction. Whoever opened it commits it; nobody else does."""

PLAN_BY_KEY = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}
"""For the bare pool, whose statements go by keys: a plan made while a table was small reads it whole for ever after,
which halved the throughput as submissions came in (measured)."""


def engine_url(url: str) -> URL:
    """The SQLAlchemy address of a ``postgresql://`` address."""
    return make_url(url).set(drivername="postgresql+asyncpg")


@dataclass(frozen=True, slots=True)
class Database:
    """A service's own database. Open one per process with ``connect``, and ``close`` it."""

    engine: AsyncEngine
    pool: "asyncpg.Pool[Any]"

    @classmethod
    async def connect(
        cls, url: str, *, size: int = 10, application_name: str = "kcity", any_timeline: bool = False
    ) -> Self:
        """Prepare both pools; connections open on first use, so a database that is down is met by a request.

        A connection to a database that was restored and not recovered is refused with ``UnknownTimeline``, also
        in a process that lived through the restore; ``any_timeline`` is for the recovery itself.
        """
        server_settings = {"application_name": application_name, "timezone": "UTC"}

        async def open_connection(*_: object, **__: object) -> "asyncpg.Connection[Any]":
            connection = await asyncpg.connect(
                url, timeout=5, command_timeout=30, server_settings=server_settings
            )
            try:
                await check(connection)
            except BaseException:
                connection.terminate()
                raise
            return connection

        check = _any_timeline if any_timeline else must_be_known
        engine = create_async_engine(
            engine_url(url), pool_size=size, max_overflow=0, pool_timeout=5, async_creator=open_connection
        )
        pool = asyncpg.create_pool(
            url,
            min_size=0,
            max_size=size,
            timeout=5,
            command_timeout=30,
            server_settings={**server_settings, **PLAN_BY_KEY},
            reset=_nothing_to_reset,
            init=check,
        )
        await pool
        return cls(engine, pool)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """One transaction: commits when the block ends, rolls back when it raises."""
        async with self.engine.begin() as tx:
            yield tx

    async def close(self) -> None:
        """Close both pools; open connections are ended."""
        self.pool.terminate()
        await self.engine.dispose()


async def _any_timeline(_connection: "asyncpg.Connection[Any]") -> None:
    """The recovery works where nobody else may."""


async def _nothing_to_reset(_connection: "asyncpg.Connection[Any]") -> None:
    """Spare the trip of RESET ALL after each use: nobody sets anything in a session (a poolers' rule, too).

    asyncpg itself rolls back a transaction that was left open.
    """
