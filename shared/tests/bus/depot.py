"""A relay and a consumer over one database, and what the consumer has handled."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy import text

from shared.bus.connection import BusAddress
from shared.database.connection import Database, Tx
from shared.delivery.consumption import Consumption
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.delivery.relay import Relay
from shared.events.envelope import Received
from shared.ids import new_uuid
from shared.tests.bus.conftest import Line
from shared.tests.delivery.conftest import TramOpened

HANDLED = """
    CREATE TABLE IF NOT EXISTS handled (
        id bigint GENERATED ALWAYS AS IDENTITY, consumer text, aggregate_id uuid, sequence bigint
    )
"""


class Depot:
    """Counts what is handled, in the database, so that a rolled back handling does not count."""

    def __init__(self, line: Line, database: Database, group: str | None = None) -> None:
        self.group = group or f"depot-{new_uuid().hex[-8:]}"
        self._database = database
        handlers = Handlers()
        handlers.on(line.kind)(self.handle)
        self.inbox = Inbox(self.group, handlers, database)
        self.consumption = Consumption(self.group, self.inbox, handlers.topics, line.address)

    async def handle(self, event: Received[TramOpened], tx: Tx) -> None:
        await tx.execute(
            text(
                "INSERT INTO handled (consumer, aggregate_id, sequence) VALUES (:consumer, :aggregate, :sequence)"
            ),
            {"consumer": self.group, "aggregate": event.subject, "sequence": event.sequence},
        )

    async def handled(self, aggregate: UUID) -> list[int]:
        """The sequences that were handled, in the order of their handling."""
        async with self._database.transaction() as tx:
            rows = await tx.execute(
                text(
                    "SELECT sequence FROM handled WHERE consumer = :consumer AND aggregate_id = :id ORDER BY id"
                ),
                {"consumer": self.group, "id": aggregate},
            )
            return [row.sequence for row in rows]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        async with self._database.transaction() as tx:
            await tx.execute(text(HANDLED))
        tasks = [
            asyncio.create_task(self.consumption.run()),
            asyncio.create_task(self.consumption.retry_held()),
        ]
        try:
            yield
        finally:
            self.consumption.stop()
            await asyncio.gather(*tasks)


@asynccontextmanager
async def relaying(relay: Relay) -> AsyncIterator[None]:
    task = asyncio.create_task(relay.run())
    try:
        yield
    finally:
        relay.stop()
        await task


def relay_of(database: Database, address: BusAddress) -> Relay:
    return Relay(
        "intake",
        database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
        address,
    )


async def all_handled(depot: Depot, aggregate: UUID, count: int) -> bool:
    """Whether ``count`` events were handled by now; fails at once when one came twice or out of order."""
    handled = await depot.handled(aggregate)
    assert handled == list(range(1, len(handled) + 1))
    return len(handled) == count
