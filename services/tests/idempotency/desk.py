"""A service under test: its API twice, as two processes with pools of their own, over one database."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import asyncpg
import httpx
from fastapi import FastAPI
from sqlalchemy import text

from shared.database.connection import Database
from shared.settings import ServiceName
from shared.testing.api import open_api
from shared.testing.clock import step
from shared.testing.plugin import TokenFor
from shared.testing.waiting import eventually

MOVING = ("clock_acknowledgement", "alembic_version")
"""Tables that change by themselves, or never."""


class Died(BaseException):
    """The process is gone; nothing catches that."""


@dataclass(frozen=True)
class Snapshot:
    """What a service has written: rows and a digest of each table, and its files."""

    rows: dict[str, int]
    digest: str

    def since(self, before: "Snapshot") -> dict[str, int]:
        """How many rows, or files, each table gained."""
        return {
            name: count - before.rows[name] for name, count in self.rows.items() if count != before.rows[name]
        }


@dataclass(frozen=True)
class Ask:
    """A POST without who asks and under which key."""

    path: str
    body: Any = None
    content: bytes | None = None
    media_type: str = "application/json"
    params: dict[str, str] = field(default_factory=dict)
    version: str | None = None

    async def send(self, api: httpx.AsyncClient, token: str, key: str | None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}"} | ({} if key is None else {"Idempotency-Key": key})
        headers |= {"If-Match": self.version} if self.version else {}
        if self.content is not None:
            headers["Content-Type"] = self.media_type
            return await api.post(self.path, content=self.content, params=self.params, headers=headers)
        return await api.post(self.path, json=self.body, params=self.params, headers=headers)


@dataclass
class Desk:
    """One service. ``apis``: a client of each of its two processes."""

    service: ServiceName
    apps: Sequence[FastAPI]
    apis: Sequence[httpx.AsyncClient]
    database: Database
    token_for: TokenFor
    settings: Any
    files: Path | None = None
    tables: list[str] = field(default_factory=list)

    async def clock(self, instant: datetime) -> None:
        await step(self.database, instant, *self.apps)

    async def snapshot(self) -> Snapshot:
        async with self.database.engine.connect() as connection:
            if not self.tables:
                names = await connection.scalars(
                    text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
                )
                self.tables = [name for name in names if name not in MOVING]
            each = (
                f"SELECT '{name}' AS name, count(*) AS rows, "  # noqa: S608 - names from the catalogue
                f"md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) AS digest FROM {name} t"
                for name in self.tables
            )
            found = (await connection.execute(text(" UNION ALL ".join(each)))).all()
        rows = {row.name: row.rows for row in found} | {"files": len(self._stored())}
        content = "".join(row.digest for row in found) + "".join(self._stored())
        return Snapshot(rows, hashlib.sha256(content.encode()).hexdigest())

    def _stored(self) -> list[str]:
        return sorted(str(one) for one in self.files.rglob("*") if one.is_file()) if self.files else []

    async def execute(self, statement: str, **values: Any) -> None:
        async with self.database.transaction() as tx:
            await tx.execute(text(statement), values)

    async def dies_before_it_answers(self, send: Callable[[httpx.AsyncClient], Awaitable[Any]]) -> None:
        """The process of ``send``'s request dies when it is about to answer, so after its commit."""

        async def dying(
            scope: MutableMapping[str, Any],
            receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
            _send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
        ) -> None:
            async def die(_message: MutableMapping[str, Any]) -> None:
                raise Died

            await self.apps[0](scope, receive, die)

        transport = httpx.ASGITransport(app=dying)
        async with httpx.AsyncClient(transport=transport, base_url="http://service.test") as api:
            try:
                await send(api)
            except Died:
                return
        raise AssertionError("it answered")

    async def dies_before_it_commits(
        self, send: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        """The database sees the process die while it writes down the key; what a client may hear of that."""
        async with self.database.pool.acquire() as connection, connection.transaction():
            await connection.execute("LOCK TABLE idempotency_key IN SHARE MODE")  # reads go on, writes wait
            asked = asyncio.ensure_future(send(self.apis[0]))

            async def ended() -> bool:
                assert not asked.done(), asked.result().text
                return await _end_waiting(connection)

            await eventually(ended, what="a request that waits")
        return await asked


async def _end_waiting(connection: "asyncpg.pool.PoolConnectionProxy[Any]") -> bool:
    """End every connection that waits for ours; whether there was one.

    By ``pg_locks``, as ``pg_stat_activity`` stands still within a transaction and misses who came later.
    """
    ended = await connection.fetch(
        "SELECT pg_terminate_backend(pid) FROM (SELECT DISTINCT pid FROM pg_locks WHERE NOT granted) AS waiting "
        "WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    )
    return bool(ended)


@asynccontextmanager
async def open_desk(
    service: ServiceName, create_app: Callable[[Any], FastAPI], settings: Any, token_for: TokenFor
) -> AsyncIterator[Desk]:
    """Both processes of a service."""
    async with AsyncExitStack() as stack:
        apps = [create_app(settings) for _ in range(2)]
        apis = [await stack.enter_async_context(open_api(app)) for app in apps]
        database = await Database.connect(settings.database_url.get_secret_value())
        stack.push_async_callback(database.close)
        yield Desk(service, apps, apis, database, token_for, settings)
