"""From a commit in one database to a handler's commit in another, on the broker under test."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import ClassVar

import pytest
from sqlalchemy import text

from deploy.local.broker import EmbeddedBroker
from shared.bus.admin import WrongPartitions, bus_admin
from shared.bus.consumer import BusConsumer
from shared.bus.producer import BusProducer
from shared.bus.records import Outgoing
from shared.database.connection import Database, Tx
from shared.delivery.consumption import Consumption
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.events.envelope import Envelope, Received
from shared.events.topics import MAX_RECORD_BYTES, Topic
from shared.ids import new_uuid
from shared.testing.plugin import embedded_address
from shared.testing.waiting import eventually
from shared.tests.bus.conftest import NOON, Line, outbox_rows
from shared.tests.bus.depot import Depot, all_handled, relay_of, relaying
from shared.tests.delivery.conftest import TramOpened

pytestmark = pytest.mark.bus


@asynccontextmanager
async def consuming(handlers: Handlers, database: Database, line: Line) -> AsyncIterator[None]:
    """A group of its own that hands everything to ``handlers``."""
    group = f"depot-{new_uuid().hex[-8:]}"
    consumption = Consumption(group, Inbox(group, handlers, database), handlers.topics, line.address)
    task = asyncio.create_task(consumption.run())
    try:
        yield
    finally:
        consumption.stop()
        await task


async def published(line: Line, event: Envelope) -> list[BaseException | None]:
    """Publish it past every outbox."""
    producer = await BusProducer.connect(line.address, client_id="test")
    try:
        return await producer.publish([Outgoing(line.kind.topic, event)])
    finally:
        await producer.close()


class TestFromCommitToHandler:
    async def test_every_event_is_handled_once_and_in_order(self, database: Database, line: Line) -> None:
        depot = Depot(line, database)
        trams = [new_uuid() for _ in range(20)]
        async with depot.open(), relaying(relay_of(database, line.address)):
            for tram in trams:
                await line.run(database, tram, 10)
            for tram in trams:
                await eventually(partial(all_handled, depot, tram, 10))
        assert await outbox_rows(database) == 0

    async def test_replay_publishes_again_and_changes_nothing(self, database: Database, line: Line) -> None:
        depot, tram, later = Depot(line, database), new_uuid(), new_uuid()
        relay = relay_of(database, line.address)
        async with depot.open(), relaying(relay):
            await line.run(database, tram, 5)
            await eventually(lambda: all_handled(depot, tram, 5))
            before = relay.published
            async with database.transaction() as tx:
                await tx.execute(
                    text("INSERT INTO outbox (journal_id) SELECT id FROM journal ON CONFLICT DO NOTHING")
                )
            await line.run(database, later)
            await eventually(lambda: all_handled(depot, later, 1))
            await eventually(lambda: relay.published >= before + 6)
        assert await depot.handled(tram) == [1, 2, 3, 4, 5]

    async def test_two_relays_share_one_outbox_without_breaking_the_order(
        self, database: Database, line: Line
    ) -> None:
        depot, tram = Depot(line, database), new_uuid()
        first, second = relay_of(database, line.address), relay_of(database, line.address)
        async with depot.open(), relaying(second):
            async with relaying(first):
                for _ in range(20):
                    await line.run(database, tram, 2)
                assert not (first.active and second.active)
            await line.run(database, tram, 2)
            await eventually(lambda: all_handled(depot, tram, 42))

    async def test_an_event_far_over_kafkas_own_limit_arrives(self, database: Database, line: Line) -> None:
        seen: list[int] = []
        handlers = Handlers()

        async def handle(received: Received[TramOpened], __: Tx) -> None:
            seen.append(len(received.data.line))

        handlers.on(line.kind)(handle)
        async with consuming(handlers, database, line):
            body = b'{"line": "%s"}' % (b"1" * (MAX_RECORD_BYTES - 1024))
            event = Envelope(new_uuid(), line.kind.type, "/kcity/intake", new_uuid(), 1, NOON, body, None)
            assert await published(line, event) == [None]
            await eventually(lambda: bool(seen))
        assert seen == [MAX_RECORD_BYTES - 1024]

    async def test_the_trace_crosses_the_bus(self, database: Database, line: Line) -> None:
        parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        seen: list[str | None] = []
        handlers = Handlers()

        async def handle(_: Received[TramOpened], __: Tx) -> None:
            from shared.telemetry.traces import traceparent_now  # noqa: PLC0415 - asked inside the handler

            seen.append(traceparent_now())

        handlers.on(line.kind)(handle)
        async with consuming(handlers, database, line):
            event = Envelope(
                new_uuid(), line.kind.type, "/kcity/intake", new_uuid(), 1, NOON, b'{"line": "1"}', parent
            )
            assert await published(line, event) == [None]
            await eventually(lambda: bool(seen))
        assert seen[0] is not None
        assert seen[0].split("-")[1] == parent.split("-")[1]


class TestCrashes:
    async def test_killed_between_commit_and_publish_the_event_comes_later(
        self, database: Database, line: Line
    ) -> None:
        depot, tram = Depot(line, database), new_uuid()
        await line.run(database, tram, 3)  # no relay lives at this moment
        async with depot.open(), relaying(relay_of(database, line.address)):
            await eventually(lambda: all_handled(depot, tram, 3))

    async def test_killed_between_publish_and_mark_the_repeat_is_recognised(
        self, database: Database, line: Line
    ) -> None:
        depot, tram = Depot(line, database), new_uuid()
        async with depot.open(), relaying(relay_of(database, line.address)):
            await line.run(database, tram, 3)
            await eventually(lambda: all_handled(depot, tram, 3))
        async with database.transaction() as tx:  # as if the relay had died before it deleted the rows
            await tx.execute(text("INSERT INTO outbox (journal_id) SELECT id FROM journal"))
        again = Depot(line, database, group=depot.group)
        async with again.open(), relaying(relay_of(database, line.address)):
            await line.run(database, tram)
            await eventually(lambda: all_handled(again, tram, 4))
        assert await outbox_rows(database) == 0

    async def test_killed_between_handler_commit_and_offset_commit_nothing_is_handled_twice(
        self, database: Database, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        depot, tram = Depot(line, database), new_uuid()
        lost = asyncio.Event()

        async def die(_self: BusConsumer, _offsets: object) -> None:
            lost.set()

        async with relaying(relay_of(database, line.address)):
            with monkeypatch.context() as patch:
                patch.setattr(BusConsumer, "commit", die)
                async with depot.open():
                    await line.run(database, tram, 3)
                    await eventually(lambda: all_handled(depot, tram, 3))
                    await asyncio.wait_for(lost.wait(), 10)
            again = Depot(line, database, group=depot.group)
            async with again.open():
                await line.run(database, tram)
                await eventually(lambda: all_handled(again, tram, 4))

    async def test_a_stale_holder_of_the_lease_deletes_nothing(self, database: Database, line: Line) -> None:
        tram = new_uuid()
        await line.run(database, tram, 2)
        async with database.transaction() as tx:
            await tx.execute(
                text(
                    "INSERT INTO relay_lease (name, holder, token, expires_at) "
                    "VALUES ('relay', :other, 9, clock_timestamp() + interval '1 hour')"
                ),
                {"other": new_uuid()},
            )
        relay = relay_of(database, line.address)
        async with relaying(relay):
            await asyncio.sleep(0.5)
            assert not relay.active
        assert await outbox_rows(database) == 2


class TestBrokerGone:
    """These kill their own embedded broker; Apache Kafka's restart keeps its log and is tested with the journey."""

    async def test_an_emptied_broker_is_filled_again_from_the_journal(
        self, database: Database, own_broker: EmbeddedBroker
    ) -> None:
        address = embedded_address(own_broker)
        line = Line(_call_published(), address)
        async with bus_admin(address) as admin:
            await admin.provision([Topic(line.kind.topic, "intake")])
        depot, tram = Depot(line, database), new_uuid()
        async with depot.open(), relaying(relay_of(database, address)):
            await line.run(database, tram, 2)
            await eventually(lambda: all_handled(depot, tram, 2))
            own_broker.stop()
            await line.run(database, tram, 2)  # commits go on while the broker is down
            own_broker.start()
            await eventually(lambda: all_handled(depot, tram, 4), within=90)
        async with bus_admin(address) as admin:
            assert (await admin.partitions())[line.kind.topic] == 12

    async def test_a_topic_that_a_member_asks_for_all_the_time_comes_out_right(
        self, own_broker: EmbeddedBroker
    ) -> None:
        """The embedded broker creates a topic for whoever asks, also between our drop and our creation."""
        address, topic = embedded_address(own_broker), Topic("intake.call.v1", "intake")
        member = await BusConsumer.join(address, [topic.name], group="eager", client_id="eager")

        enough = asyncio.Event()

        async def ask_on() -> None:
            while not enough.is_set():
                async with bus_admin(address) as asking:
                    await asking.partitions()
                await member.poll(timeout_ms=1)

        asking = asyncio.create_task(ask_on())
        async with bus_admin(address) as admin:
            await admin.provision([topic], recreate=True)
            assert (await admin.partitions())[topic.name] == topic.partitions
            assert await admin.provision([topic], recreate=True) == []
        enough.set()
        await asking
        await member.leave()

    async def test_a_topic_with_another_partition_count_is_named(self, own_broker: EmbeddedBroker) -> None:
        address = embedded_address(own_broker)
        async with bus_admin(address) as admin:
            await admin.provision([Topic("intake.call.v1", "intake", partitions=4)])
            with pytest.raises(WrongPartitions, match=r"intake\.call\.v1 has 4 partitions, 12 are needed"):
                await admin.provision([Topic("intake.call.v1", "intake")])


def _call_published() -> type[TramOpened]:
    class OnARealTopic(TramOpened):
        topic: ClassVar[str] = "intake.call.v1"

    return OnARealTopic
