"""The whole worker on a broker: from a record of review to the public page, and on to the bus."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx
from sqlalchemy import text

from deploy.local.broker import EmbeddedBroker
from services.catalog.settings import CatalogSettings
from services.catalog.tests.made import Story
from services.catalog.worker import build
from shared.bus.connection import BusAddress
from shared.bus.producer import BusProducer
from shared.bus.records import Incoming, Outgoing, read_envelope
from shared.database.connection import Database
from shared.delivery.journal import refill_outbox
from shared.testing.copies import lift_guard
from shared.testing.plugin import embedded_address
from shared.testing.waiting import eventually
from shared.worker import open_worker


@asynccontextmanager
async def running(settings: CatalogSettings, address: BusAddress) -> AsyncIterator[None]:
    """A worker at work; it drains when the block ends."""
    chosen = settings.model_copy(
        update={
            "kafka_bootstrap": address.bootstrap,
            "kafka_idempotent_producer": address.idempotent_producer,
            "kafka_session_timeout_ms": address.session_timeout_ms,
            "kafka_replication": address.replication,
            "kafka_create_topics": address.create_topics,
        }
    )
    async with open_worker(chosen, partial(build, settings=chosen)) as worker:
        work = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            await work


async def publish(address: BusAddress, *records: Incoming) -> None:
    producer = await BusProducer.connect(address, client_id="test")
    try:
        outcomes = await producer.publish(
            [Outgoing(record.topic, read_envelope(record)) for record in records]
        )
        assert outcomes == [None] * len(records)
    finally:
        await producer.close()


async def outbox_is_empty(database: Database) -> bool:
    async with database.transaction() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM outbox")) or 0) == 0


class TestWorker:
    async def test_an_announcement_on_the_bus_becomes_public(
        self,
        settings: CatalogSettings,
        database: Database,
        api: httpx.AsyncClient,
        own_broker: EmbeddedBroker,
    ) -> None:
        address = embedded_address(own_broker)
        story = Story()
        await lift_guard(database)  # the worker's handlers are the plain ones

        async def shown() -> bool:
            page = (await api.get("/v1/projects?state=selected")).json()
            return len(page["items"]) == 2

        async with running(settings, address):
            await eventually(lambda: outbox_is_empty(database), what="the list's events on the bus")
            assert (await api.get("/v1/projects?limit=100")).json()["items"][48]["number"] == 49
            # the selection first: it waits for its call
            await publish(address, story.selection_announced())
            await publish(address, story.call_published())
            await eventually(shown, what="the selection")
            await eventually(lambda: outbox_is_empty(database), what="the projects' events on the bus")

        async with database.transaction() as tx:
            assert await tx.scalar(text("SELECT count(*) FROM journal")) == 51

    async def test_a_second_start_and_a_replay_change_nothing(
        self, settings: CatalogSettings, database: Database, own_broker: EmbeddedBroker
    ) -> None:
        address = embedded_address(own_broker)
        for _ in range(2):
            async with running(settings, address):
                await eventually(lambda: outbox_is_empty(database), what="the list's events on the bus")
            async with database.transaction() as tx:
                await refill_outbox(tx)
        async with database.transaction() as tx:
            assert await tx.scalar(text("SELECT count(*) FROM project")) == 49
            assert await tx.scalar(text("SELECT count(*) FROM journal")) == 49
