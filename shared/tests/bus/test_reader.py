"""All that is on a topic, read without a group; on the broker under test."""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from uuid import UUID

import pytest

from deploy.local.ports import free_port
from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.bus.producer import BusProducer
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, Outgoing, read_envelope
from shared.events.envelope import Envelope
from shared.events.topics import Topic
from shared.ids import new_uuid
from shared.tests.bus.conftest import NOON, Line

pytestmark = pytest.mark.bus

BODY = b'{"line": "7"}'


@pytest.fixture
async def producer(bus: BusAddress) -> AsyncIterator[BusProducer]:
    producer = await BusProducer.connect(bus, client_id="reader-test")
    yield producer
    await producer.close()


async def put(
    producer: BusProducer,
    topic: str,
    trams: Sequence[UUID],
    sequences: Sequence[int],
    body: bytes | None = BODY,
) -> None:
    """Publish these sequences of each aggregate, in this order."""
    kind = "kcity.intake.TramOpened.v1"
    outcomes = await producer.publish(
        [
            Outgoing(topic, Envelope(new_uuid(), kind, "/kcity/intake", tram, sequence, NOON, body))
            for sequence in sequences
            for tram in trams
        ]
    )
    assert not any(outcomes)


async def all_of(address: BusAddress, *topics: str) -> list[Incoming]:
    return [record async for record in read_from_the_beginning(address, topics)]


def sequences_of(records: Sequence[Incoming], tram: UUID) -> list[int]:
    return [envelope.sequence for envelope in map(read_envelope, records) if envelope.subject == tram]


class TestReadFromTheBeginning:
    async def test_every_record_is_read_in_the_order_of_its_partition(
        self, line: Line, producer: BusProducer
    ) -> None:
        trams = [new_uuid() for _ in range(30)]
        await put(producer, line.kind.topic, trams, range(1, 101))
        await put(producer, line.kind.topic, trams, [7, 3, 5])
        records = await all_of(line.address, line.kind.topic)
        assert len(records) == 30 * 103
        assert all(sequences_of(records, tram) == [*range(1, 101), 7, 3, 5] for tram in trams)

    async def test_it_reads_all_again_each_time_and_what_came_in_between(
        self, line: Line, producer: BusProducer
    ) -> None:
        tram = new_uuid()
        await put(producer, line.kind.topic, [tram], [1, 2])
        first = await all_of(line.address, line.kind.topic)
        await put(producer, line.kind.topic, [tram], [3])
        assert sequences_of(first, tram) == [1, 2]
        assert sequences_of(await all_of(line.address, line.kind.topic), tram) == [1, 2, 3]

    async def test_what_comes_while_it_reads_is_left_to_the_next_reader(
        self, line: Line, producer: BusProducer
    ) -> None:
        tram = new_uuid()
        await put(producer, line.kind.topic, [tram], range(1, 11))
        read: list[Incoming] = []
        async for record in read_from_the_beginning(line.address, [line.kind.topic]):
            if not read:
                await put(producer, line.kind.topic, [tram], range(11, 21))
            read.append(record)
        assert sequences_of(read, tram) == list(range(1, 11))

    async def test_several_topics_empty_ones_and_tombstones(self, line: Line, producer: BusProducer) -> None:
        contacts, empty = (f"intake.tram-{new_uuid().hex[-12:]}.v1" for _ in range(2))
        async with bus_admin(line.address) as admin:
            await admin.provision([Topic(contacts, "intake", compacted=True), Topic(empty, "intake")])
        tram = new_uuid()
        await put(producer, line.kind.topic, [tram], [1])
        await put(producer, contacts, [tram], [1])
        await put(producer, contacts, [tram], [2], None)
        records = await all_of(line.address, line.kind.topic, contacts, empty)
        assert sorted((record.topic, record.value) for record in records if record.value) == sorted(
            [(line.kind.topic, BODY), (contacts, BODY)]
        )
        assert [record.topic for record in records if record.value is None] == [contacts]

    async def test_a_topic_that_does_not_exist_has_no_records_and_is_not_made(self, line: Line) -> None:
        missing = f"intake.tram-{new_uuid().hex[-12:]}.v1"
        assert await all_of(line.address, missing) == []
        async with bus_admin(line.address) as admin:
            assert missing not in await admin.partitions()

    async def test_a_reader_that_leaves_early_leaves_nothing_open(
        self, line: Line, producer: BusProducer
    ) -> None:
        tram = new_uuid()
        await put(producer, line.kind.topic, [tram], range(1, 11))
        async with aclosing(read_from_the_beginning(line.address, [line.kind.topic])) as records:
            async for record in records:
                assert sequences_of([record], tram) == [1]
                break

    async def test_a_broker_that_is_not_there_is_unavailable(self) -> None:
        with pytest.raises(BusUnavailable):
            await all_of(BusAddress(f"127.0.0.1:{free_port()}"), "intake.tram.v1")
