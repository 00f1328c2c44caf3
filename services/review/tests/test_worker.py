"""The worker's parts, and the whole worker on a broker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from sqlalchemy import text

from deploy.local.broker import EmbeddedBroker
from services.review.domain.case import case_id_of
from services.review.tests import made
from services.review.tests.house import House
from services.review.worker import build
from shared.bus.connection import BusAddress
from shared.bus.producer import BusProducer
from shared.bus.provision import provision_all
from shared.bus.records import Incoming, Outgoing, read_envelope
from shared.events.review import EligibilityDecided, SelectionAnnounced
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL
from shared.ids import new_uuid
from shared.testing.copies import lift_guard
from shared.testing.plugin import embedded_address
from shared.testing.waiting import eventually
from shared.worker import WorkerContext, open_worker


@asynccontextmanager
async def running(house: House, address: BusAddress) -> AsyncIterator[None]:
    """A worker at work; it drains when the block ends."""
    await lift_guard(house.database)  # its handlers are the plain ones
    chosen = house.settings.model_copy(
        update={
            "kafka_bootstrap": address.bootstrap,
            "kafka_idempotent_producer": address.idempotent_producer,
            "kafka_session_timeout_ms": address.session_timeout_ms,
            "kafka_replication": address.replication,
        }
    )
    async with open_worker(chosen, build) as worker:
        work = asyncio.create_task(worker.run())
        try:
            yield
        finally:
            worker.stop()
            await work


async def publish(address: BusAddress, *records: Incoming) -> None:
    producer = await BusProducer.connect(address, client_id="test")
    try:
        outgoing = [Outgoing(record.topic, read_envelope(record)) for record in records]
        assert await producer.publish(outgoing) == [None] * len(records)
    finally:
        await producer.close()


async def is_quiet(house: House) -> bool:
    async with house.database.transaction() as tx:
        return int(await tx.scalar(text("SELECT count(*) FROM outbox")) or 0) == 0


class TestParts:
    async def test_the_schedule_announces_what_is_due_once(self, house: House) -> None:
        await house.approved()
        await house.clock(made.EMBARGO)
        async with build(WorkerContext(house.database, house.app.state.clock)) as parts:
            schedule = next(one for one in parts.schedules if one.name == "announce due selections")
            await schedule.run()
            await schedule.run()
        assert len(await house.events(SelectionAnnounced)) == 1

    async def test_follows_intakes_calls_and_applications_and_no_contacts(self, house: House) -> None:
        async with build(WorkerContext(house.database, house.app.state.clock)) as parts:
            assert parts.handlers.topics == [INTAKE_APPLICATION, INTAKE_CALL]


class TestOnABroker:
    async def test_an_application_becomes_a_case_and_decisions_leave_over_the_bus(
        self, house: House, own_broker: EmbeddedBroker
    ) -> None:
        address = embedded_address(own_broker)
        await provision_all(address)
        call_id, application_id = new_uuid(), new_uuid()
        path = f"/v1/cases/{case_id_of(application_id)}"

        async def opened() -> bool:
            answer: httpx.Response = await house.kaia.get(path)
            return answer.status_code == 200

        async with running(house, address):
            # the application first: it waits for its call
            await publish(address, made.record_of(made.submitted(call_id, application_id), application_id))
            await publish(address, made.record_of(made.published(call_id), call_id))
            await eventually(opened, what="the case")
            assert (await house.kaia.post(f"{path}/eligibility", {"eligible": True})).status_code == 201
            await eventually(lambda: is_quiet(house), what="the decision on the bus")
        assert len(await house.events(EligibilityDecided)) == 1

    async def test_two_workers_announce_once_at_the_instant(
        self, house: House, own_broker: EmbeddedBroker
    ) -> None:
        address = embedded_address(own_broker)
        await provision_all(address)
        selection_id = await house.approved()

        async def public() -> bool:
            return (await house.public.get(f"/v1/selections/{selection_id}")).status_code == 200

        async with running(house, address), running(house, address):
            assert not await public()
            await house.clock(made.EMBARGO)
            await eventually(public, what="the announcement")
            await eventually(lambda: is_quiet(house), what="the announcement on the bus")
        assert len(await house.events(SelectionAnnounced)) == 1
