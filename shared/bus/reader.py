"""The reading half without a group: everything that is on some topics, from the start up to now, for rebuilds and checks."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Awaitable, Sequence
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.bus.admin import bus_admin
from shared.bus.connection import AWAIT_SECONDS, REQUEST_TIMEOUT_MS, BusAddress, BusUnavailable
from shared.bus.records import Incoming

READ_MANY = 2_000
POLL_MS = 500
LOOK_AGAIN_SECONDS = 0.005
T = TypeVar("T")


async def read_from_the_beginning(
    address: BusAddress, topics: Sequence[str]
) -> AsyncGenerator[Incoming, None]:
    """Every record of ``topics`` from the start up to the ends as they are at the call.

    In order within each partition, partitions in turns. No group is joined and nothing is committed. Offsets
    may have gaps (compaction), values may be None (tombstones). A topic that does not exist has no records.
    Whoever leaves early closes the iterator (``contextlib.aclosing``). Raises ``BusUnavailable`` when the
    broker does not answer, or nothing moves for ``AWAIT_SECONDS``.
    """
    partitions = await _partitions_of(address, topics)
    if not partitions:
        return
    consumer = AIOKafkaConsumer(
        bootstrap_servers=address.bootstrap,
        client_id="kcity-reader",
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=address.fetch_max_wait_ms,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
    )
    try:
        await _answer(consumer.start())
        ends = await _stretches(consumer, partitions)
        async for record in _read(consumer, ends):
            yield record
    finally:
        await _close(consumer)


async def _partitions_of(address: BusAddress, topics: Sequence[str]) -> list[TopicPartition]:
    """Asked of the whole cluster: the embedded broker makes a topic that is asked for by name, with a wrong count."""
    async with bus_admin(address) as admin:
        present = await admin.partitions()
    return [
        TopicPartition(topic, number)
        for topic in sorted(set(topics))
        for number in range(present.get(topic, 0))
    ]


async def _stretches(
    consumer: AIOKafkaConsumer, partitions: list[TopicPartition]
) -> dict[TopicPartition, int]:
    """Stand at the start of each partition that holds anything; where each ends.

    The embedded broker answers the question for the end with the first record of the last batch, so the high
    watermark that comes with the first fetch counts, on both brokers.
    """
    starts = await _answer(consumer.beginning_offsets(partitions))
    ends = await _answer(consumer.end_offsets(partitions))
    filled = [partition for partition in partitions if ends[partition] > starts[partition]]
    consumer.assign(filled)
    for partition in filled:
        consumer.seek(partition, starts[partition])
    await _answer(_first_fetch(consumer, filled))
    return {partition: max(ends[partition], consumer.highwater(partition)) for partition in filled}


async def _first_fetch(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> None:
    while any(  # noqa: ASYNC110 - aiokafka sets it and tells nobody
        consumer.highwater(partition) is None for partition in partitions
    ):
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _read(
    consumer: AIOKafkaConsumer, ends: dict[TopicPartition, int]
) -> AsyncGenerator[Incoming, None]:
    open_ends = dict(ends)
    positions: dict[TopicPartition, int] = {}
    moved_at = time.monotonic()
    while open_ends:
        batches = await _answer(consumer.getmany(*open_ends, timeout_ms=POLL_MS, max_records=READ_MANY))
        for partition, records in batches.items():
            for r in records:
                if r.offset < ends[partition]:
                    yield Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers)
        # a position passes what compaction took away; the last offset that was read does not
        reached = {partition: await _answer(consumer.position(partition)) for partition in open_ends}
        if batches or reached != positions:
            moved_at = time.monotonic()
        elif time.monotonic() - moved_at > AWAIT_SECONDS:
            raise BusUnavailable(
                f"nothing came for {AWAIT_SECONDS:.0f} s, {len(open_ends)} partitions are unread"
            )
        positions = reached
        done = [partition for partition, position in reached.items() if position >= ends[partition]]
        consumer.pause(*done)
        for partition in done:
            del open_ends[partition]


async def _answer(asked: Awaitable[T]) -> T:
    try:
        return await asyncio.wait_for(asked, AWAIT_SECONDS)
    except (KafkaError, TimeoutError, OSError) as error:
        raise BusUnavailable(str(error) or type(error).__name__) from error


async def _close(consumer: AIOKafkaConsumer) -> None:
    """Within bounds; ``stop`` is known to raise ``CancelledError`` by itself."""
    task = asyncio.current_task()
    with contextlib.suppress(KafkaError, TimeoutError, OSError):
        try:
            await asyncio.wait_for(consumer.stop(), AWAIT_SECONDS)
        except asyncio.CancelledError:
            if task is not None and task.cancelling():
                raise
