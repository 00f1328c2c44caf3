"""Topics that are deleted while everything runs: on Apache Kafka the cluster stays the same, its topics do not."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar
from uuid import UUID

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from sqlalchemy import text

from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress
from shared.bus.consumer import BusConsumer
from shared.database.connection import Database
from shared.delivery.relay import Relay
from shared.events.topics import Topic, topics_of
from shared.ids import new_uuid
from shared.testing.waiting import eventually
from shared.tests.bus.conftest import Line, outbox_rows
from shared.tests.bus.depot import Depot, all_handled, relay_of, relaying
from shared.tests.delivery.conftest import TramOpened

pytestmark = [pytest.mark.bus, pytest.mark.timeout(300)]
INTAKE = [topic.name for topic in topics_of("intake")]


class CallOpened(TramOpened):
    topic: ClassVar[str] = "intake.call.v1"


@pytest.fixture
async def call(bus: BusAddress) -> Line:
    address = replace(bus, create_topics=True)
    async with bus_admin(address) as admin:
        await admin.provision(topics_of("intake"), recreate=True)
    return Line(CallOpened, address)


@pytest.fixture
async def narrow(bus: BusAddress) -> Line:
    """A topic with fewer partitions than it must have."""
    address = replace(bus, create_topics=True)
    async with bus_admin(address) as admin:
        await admin.delete([CallOpened.topic])
        await admin.provision([Topic(CallOpened.topic, "intake", partitions=4)])
    return Line(CallOpened, address)


async def _assigned(member: BusConsumer) -> bool:
    await member.poll(timeout_ms=50)
    return bool(member.assignment())


async def _gave(member: BusConsumer, partitions: int) -> bool:
    await member.poll(timeout_ms=50)
    return sum(map(len, member._given_out.values())) == partitions


async def _is_content_only_with_all(member: BusConsumer, wide: dict[str, int]) -> bool:
    await member.poll(timeout_ms=50)
    has_all = len(member.assignment()) == sum(wide.values())
    return member.unread(wide) == (set() if has_all else wide.keys())


async def _joined(depot: Depot) -> bool:
    return depot.consumption.joined


async def _deleted(address: BusAddress) -> None:
    async with bus_admin(address) as admin:
        await admin.delete(INTAKE)


class TestTopicsMadeAnew:
    async def test_partitions_that_nobody_was_given_are_noticed_and_read(
        self, database: Database, narrow: Line
    ) -> None:
        """A member that joined while a topic was narrow reads all of it when it is wide."""
        member = await BusConsumer.join(
            narrow.address, [CallOpened.topic], group="narrow", client_id="narrow"
        )
        try:
            await eventually(lambda: _assigned(member), within=60)
            assert member.unread({CallOpened.topic: 4}) == set()
            assert member.unread({CallOpened.topic: 12}) == {CallOpened.topic}
        finally:
            await member.leave()
        depot, trams = Depot(narrow, database), [new_uuid() for _ in range(24)]
        async with depot.open(), relaying(relay_of(database, narrow.address)):
            await eventually(lambda: _joined(depot), within=60)
            async with bus_admin(narrow.address) as admin:
                await admin.provision(topics_of("intake"), recreate=True)
            for tram in trams:
                await narrow.run(database, tram, 1)
            for tram in trams:
                await eventually(partial(all_handled, depot, tram, 1), within=90)

    async def test_a_member_notices_when_it_is_not_handed_what_it_gave_itself(self, narrow: Line) -> None:
        """The embedded broker hands its former partitions to one that joins again, Apache Kafka the new ones."""
        wide = {CallOpened.topic: 12}
        member = await BusConsumer.join(narrow.address, [CallOpened.topic], group="again", client_id="again")
        try:
            await eventually(lambda: _assigned(member), within=60)
            async with bus_admin(narrow.address) as admin:
                await admin.provision(topics_of("intake"), recreate=True)
            await member._consumer._client.force_metadata_update()
            await eventually(lambda: _gave(member, 12), within=60)
            await eventually(lambda: _is_content_only_with_all(member, wide), within=30)
        finally:
            await member.leave()

    async def test_deleted_topics_are_made_and_filled_again_and_nothing_is_handled_twice(
        self, database: Database, call: Line
    ) -> None:
        depot, first, second = Depot(call, database), new_uuid(), new_uuid()
        async with depot.open(), relaying(relay_of(database, call.address)):
            await call.run(database, first, 3)
            await eventually(lambda: all_handled(depot, first, 3), within=90)
            await _deleted(call.address)
            await call.run(database, first, 2)
            await call.run(database, second, 2)
            await eventually(lambda: all_handled(depot, first, 5), within=90)
            await eventually(lambda: all_handled(depot, second, 2), within=90)
        async with bus_admin(call.address) as admin:
            assert {name: (await admin.partitions())[name] for name in INTAKE} == dict.fromkeys(INTAKE, 12)

    async def test_a_relay_that_starts_after_they_were_deleted_notices_too(
        self, database: Database, call: Line
    ) -> None:
        tram = new_uuid()
        async with relaying(relay_of(database, call.address)):
            await call.run(database, tram, 3)
            await eventually(lambda: _published(database))
        await _deleted(call.address)
        depot = Depot(call, database)
        async with depot.open(), relaying(relay_of(database, call.address)):
            await eventually(lambda: all_handled(depot, tram, 3), within=90)

    @pytest.mark.kafka
    async def test_a_member_that_starts_later_does_not_go_by_its_groups_offset_in_the_former_topic(
        self, database: Database, call: Line
    ) -> None:
        """Apache Kafka keeps offsets of a deleted topic when it dies in the midst; the embedded broker cannot."""
        depot, tram = Depot(call, database), new_uuid()
        await _three_handled_and_committed(database, call, depot, tram)
        notes = await _committed(call.address, depot.group)
        await _deleted(call.address)
        await call.run(database, tram, 3)
        async with relaying(relay_of(database, call.address)):
            await eventually(lambda: _published(database), within=90)
            await _commit_ends(call.address, depot.group, notes)
            again = Depot(call, database, group=depot.group)
            async with again.open():
                await eventually(lambda: all_handled(again, tram, 6), within=90)

    async def test_a_member_that_starts_later_goes_on_where_its_group_was_in_the_same_topic(
        self, database: Database, call: Line
    ) -> None:
        depot, tram = Depot(call, database), new_uuid()
        await _three_handled_and_committed(database, call, depot, tram)
        member = await BusConsumer.join(
            call.address, [CallOpened.topic], group=depot.group, client_id="later"
        )
        try:
            await eventually(lambda: _assigned(member), within=60)
            assert not member.knows_its_logs
            async with bus_admin(call.address) as admin:
                assert await member.follow((await admin.cluster()).topic_ids, admin) == set()
            assert member.knows_its_logs
            assert await member.lag() == 0
            assert await member.poll() == {}
        finally:
            await member.leave()

    async def test_a_log_that_was_noted_by_its_cluster_alone_is_not_published_again(
        self, database: Database, call: Line
    ) -> None:
        tram = new_uuid()
        async with bus_admin(call.address) as admin:
            cluster = await admin.cluster_id()
        async with database.transaction() as tx:
            await tx.execute(text("INSERT INTO bus_log (cluster_id) VALUES (:cluster)"), {"cluster": cluster})
        await call.run(database, tram, 2)
        async with database.transaction() as tx:
            await tx.execute(text("DELETE FROM outbox"))
        relay: Relay = relay_of(database, call.address)
        async with relaying(relay):
            await eventually(lambda: _noted(database, cluster))
            assert await outbox_rows(database) == 0
        assert relay.published == 0


async def _three_handled_and_committed(database: Database, call: Line, depot: Depot, tram: UUID) -> None:
    async with depot.open(), relaying(relay_of(database, call.address)):
        await call.run(database, tram, 3)
        await eventually(lambda: all_handled(depot, tram, 3), within=90)
        await eventually(lambda: _has_committed(call.address, depot.group), within=60)


async def _committed(address: BusAddress, group: str) -> dict[TopicPartition, str]:
    partitions = [TopicPartition(CallOpened.topic, number) for number in range(12)]
    async with bus_admin(address) as admin:
        return await admin.committed_notes(group, partitions)


async def _has_committed(address: BusAddress, group: str) -> bool:
    return bool(await _committed(address, group))


async def _commit_ends(address: BusAddress, group: str, notes: Mapping[TopicPartition, str]) -> None:
    consumer = AIOKafkaConsumer(
        CallOpened.topic, bootstrap_servers=address.bootstrap, group_id=group, enable_auto_commit=False
    )
    await consumer.start()
    try:
        await eventually(lambda: _has(consumer, notes.keys()), within=60)
        ends = await consumer.end_offsets(list(notes))
        await consumer.commit({tp: (ends[tp], note) for tp, note in notes.items()})
    finally:
        await consumer.stop()


async def _has(consumer: AIOKafkaConsumer, partitions: Iterable[TopicPartition]) -> bool:
    return bool(consumer.assignment().issuperset(partitions))


async def _published(database: Database) -> bool:
    return await outbox_rows(database) == 0


async def _noted(database: Database, cluster: str) -> bool:
    async with database.transaction() as tx:
        noted = (await tx.execute(text("SELECT cluster_id, topics_digest FROM bus_log"))).one()
    return noted.cluster_id == cluster and noted.topics_digest is not None
