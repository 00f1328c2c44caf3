"""Migrations of every service make exactly its tables, go down to nothing and up again."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.connection import engine_url
from shared.database.migrate import WrongMark, migrate
from shared.settings import SERVICES, ServiceName
from shared.testing.migrations import differences, shape


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(engine_url(url), poolclass=NullPool)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


def metadata_of(service: ServiceName) -> MetaData:
    found = importlib.import_module(f"services.{service}.tables").metadata
    assert isinstance(found, MetaData)
    return found


@pytest.mark.parametrize("service", SERVICES)
class TestMigrations:
    async def test_make_exactly_what_the_tables_say(
        self, service: ServiceName, empty_database_url: str
    ) -> None:
        await migrate(service, empty_database_url)
        async with connected(empty_database_url) as connection:
            assert await connection.run_sync(differences, metadata_of(service)) == []

    async def test_go_down_to_nothing_and_up_again(
        self, service: ServiceName, empty_database_url: str
    ) -> None:
        await migrate(service, empty_database_url)
        await migrate(service, empty_database_url, down=True)
        async with connected(empty_database_url) as connection:
            assert await connection.run_sync(shape, "public") == set()
        await migrate(service, empty_database_url, rehearsal=True)

    async def test_keep_the_mark_of_the_first_run_for_good(
        self, service: ServiceName, empty_database_url: str
    ) -> None:
        await migrate(service, empty_database_url, rehearsal=True)
        with pytest.raises(WrongMark, match="marked 'rehearsal'"):
            await migrate(service, empty_database_url)
