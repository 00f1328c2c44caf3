"""A database with nothing but the shared tables, and a made-up service's event."""

from collections.abc import AsyncIterator
from typing import ClassVar

import pytest
from sqlalchemy import Connection, text

from shared.database.connection import Database
from shared.database.revisions import create_shared_v1, create_shared_v2
from shared.events.envelope import Event


class TramOpened(Event):
    """An event of a service that exists in these tests only."""

    type: ClassVar[str] = "kcity.intake.TramOpened.v1"
    topic: ClassVar[str] = "intake.tram.v1"
    line: str


class _Op:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, sqltext: str) -> None:
        self._connection.execute(text(sqltext.replace(":", r"\:")))


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = await Database.connect(empty_database_url, any_timeline=True)
    async with database.transaction() as tx:
        await tx.run_sync(lambda connection: create_shared_v1(_Op(connection)))
        await tx.run_sync(lambda connection: create_shared_v2(_Op(connection)))
        await tx.execute(text("INSERT INTO installation (kind) VALUES ('rehearsal')"))
        await tx.execute(text("INSERT INTO database_timeline (timeline) VALUES (1)"))
    yield database
    await database.close()
