"""The whole worker on a real broker: an event in, a mail and an event out, a clean end."""

import asyncio
from functools import partial

from deploy.local.broker import EmbeddedBroker
from deploy.local.smtp_sink import SmtpSink
from services.notification.settings import NotificationSettings
from services.notification.tests.mails import World
from services.notification.worker import build
from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress
from shared.bus.consumer import BusConsumer
from shared.bus.producer import BusProducer
from shared.bus.records import Incoming, Outgoing, read_envelope
from shared.events.notification import MessageDelivered
from shared.events.topics import NOTIFICATION_MESSAGE, TOPICS
from shared.testing.plugin import embedded_address
from shared.worker import Worker, open_worker


async def publish(address: BusAddress, *records: Incoming) -> None:
    producer = await BusProducer.connect(address, client_id="test")
    outcomes = await producer.publish([Outgoing(record.topic, read_envelope(record)) for record in records])
    await producer.close()
    assert outcomes == [None] * len(records)


async def first_published(address: BusAddress) -> Incoming:
    """The first record of our own topic, however long it takes to come."""
    member = await BusConsumer.join(address, [NOTIFICATION_MESSAGE], group="onlooker", client_id="onlooker")
    try:
        while True:
            for records in (await member.poll()).values():
                return records[0]
    finally:
        await member.leave()


async def test_turns_events_into_mail_and_tells_of_its_delivery(
    settings: NotificationSettings, own_broker: EmbeddedBroker, smtp_sink: SmtpSink
) -> None:
    address = embedded_address(own_broker)
    async with bus_admin(address) as admin:
        await admin.provision(TOPICS)
    told = settings.model_copy(
        update={
            "kafka_bootstrap": own_broker.bootstrap,
            "kafka_idempotent_producer": False,
            "kafka_replication": 1,
            "kafka_create_topics": True,
            "kafka_session_timeout_ms": 6_000,
        }
    )
    world = World()
    async with open_worker(told, partial(build, settings=told)) as worker:
        running = asyncio.create_task(worker.run())
        await publish(address, world.submitted(partner=False), world.contact(), world.call())
        record = await first_published(address)
        await _end(worker, running)
    assert read_envelope(record).type == MessageDelivered.type
    assert str(world.contact_id).encode() in (record.value or b"")
    assert [mail["X-Envelope-To"] for mail in smtp_sink.messages()] == ["hana@city.example"]


async def _end(worker: Worker, running: "asyncio.Task[None]") -> None:
    worker.stop()
    await running
