"""A service with its own topic, fresh for each test, on the broker under test."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import UUID

import pytest
from sqlalchemy import text

from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.journal import record
from shared.events.topics import Topic
from shared.ids import new_uuid
from shared.tests.delivery.conftest import TramOpened
from shared.tests.delivery.conftest import database as database  # noqa: PLC0414 - a fixture, used by name

NOON = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Line:
    """An event class on a topic of its own, and the broker it travels on."""

    kind: type[TramOpened]
    address: BusAddress

    async def run(self, database: Database, aggregate: UUID, count: int = 1) -> None:
        """Record ``count`` events of one aggregate."""
        async with database.transaction() as tx:
            for _ in range(count):
                await record(tx, self.kind(line="7"), aggregate_id=aggregate, occurred_at=NOON)


@pytest.fixture
async def line(bus: BusAddress) -> Line:
    name = f"intake.tram-{new_uuid().hex[-12:]}.v1"
    async with bus_admin(bus) as admin:
        await admin.provision([Topic(name, "intake")])

    class OnItsOwnTopic(TramOpened):
        topic: ClassVar[str] = name

    return Line(OnItsOwnTopic, bus)


async def outbox_rows(database: Database) -> int:
    async with database.transaction() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM outbox")) or 0)
