"""The consuming half of the bus: a member of a group that commits exactly what was applied."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import NewType, Self

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import KafkaError

from shared.bus.connection import AWAIT_SECONDS, REQUEST_TIMEOUT_MS, BusAddress, BusUnavailable
from shared.bus.records import Incoming

log = structlog.get_logger()

Partition = NewType("Partition", tuple[str, int])


class _Drain(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka ships no types
    """Waits, before partitions move on, until what is being applied is applied and committed."""

    def __init__(self, busy: asyncio.Lock, settle: Callable[[], Awaitable[None]]) -> None:
        self._busy = busy
        self._settle = settle

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        if revoked:
            try:
                await asyncio.wait_for(self._busy.acquire(), AWAIT_SECONDS)
            except TimeoutError:
                log.warning("bus.revoked_while_busy")  # what is applied twice is recognised by its watermark
            else:
                self._busy.release()
            await self._settle()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        log.info("bus.assigned", partitions=len(assigned))


class BusConsumer:
    """One member of the group ``group``. Hold ``busy`` while applying what ``poll`` gave."""

    def __init__(self, consumer: AIOKafkaConsumer, busy: asyncio.Lock) -> None:
        self._consumer = consumer
        self._applied: dict[Partition, int] = {}
        self._committing: asyncio.Task[None] | None = None
        self.busy = busy

    @classmethod
    async def join(cls, address: BusAddress, topics: Sequence[str], *, group: str, client_id: str) -> Self:
        """Join the group. Raises ``BusUnavailable``."""
        consumer = AIOKafkaConsumer(
            bootstrap_servers=address.bootstrap,
            group_id=group,
            client_id=client_id,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            fetch_max_wait_ms=address.fetch_max_wait_ms,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
            session_timeout_ms=address.session_timeout_ms,
            heartbeat_interval_ms=address.session_timeout_ms // 3,
            metadata_max_age_ms=30_000,
        )
        member = cls(consumer, asyncio.Lock())
        consumer.subscribe(topics=list(topics), listener=_Drain(member.busy, member.settle))
        try:
            await asyncio.wait_for(consumer.start(), AWAIT_SECONDS * 2)
        except (KafkaError, TimeoutError, OSError) as error:
            await member.leave()
            raise BusUnavailable(str(error)) from error
        return member

    async def poll(self, *, timeout_ms: int = 200, max_records: int = 500) -> dict[Partition, list[Incoming]]:
        """The next records of each assigned partition, in order. Raises ``BusUnavailable``."""
        try:
            batches = await asyncio.wait_for(
                self._consumer.getmany(timeout_ms=timeout_ms, max_records=max_records), AWAIT_SECONDS
            )
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error
        return {
            Partition((tp.topic, tp.partition)): [
                Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers) for r in records
            ]
            for tp, records in batches.items()
        }

    def commit_soon(self, offsets: Mapping[Partition, int]) -> None:
        """Commit the next offset to read of each partition while the next records are applied already.

        One commit is under way at a time; what comes meanwhile goes together. ``settle`` waits for all.
        """
        self._applied |= offsets
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_applied(), name="commit")

    async def settle(self) -> None:
        """Wait until what was applied is committed, within bounds; what is not will be a duplicate later."""
        if self._committing is not None:
            _, late = await asyncio.wait([self._committing], timeout=AWAIT_SECONDS)
            for commit in late:
                commit.cancel()

    async def _commit_applied(self) -> None:
        while self._applied:
            offsets, self._applied = self._applied, {}
            await self.commit(offsets)

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit the next offset to read of each partition. A failed commit only means duplicates later."""
        try:
            await asyncio.wait_for(
                self._consumer.commit({TopicPartition(*p): offset for p, offset in offsets.items()}),
                AWAIT_SECONDS,
            )
        except (KafkaError, TimeoutError, OSError) as error:
            log.warning("bus.commit_failed", error=type(error).__name__)

    def seek(self, partition: Partition, offset: int) -> None:
        """Read ``partition`` again from ``offset``, if it is still ours."""
        tp = TopicPartition(*partition)
        if tp in self._consumer.assignment():
            self._consumer.seek(tp, offset)

    def read_again(self, topics: Collection[str]) -> None:
        """Read these topics from their beginning: they were made anew, so where we stood says nothing."""
        self._applied = {p: offset for p, offset in self._applied.items() if p[0] not in topics}
        for tp in self._consumer.assignment():
            if tp.topic in topics:
                self._consumer.seek(tp, 0)

    def assignment(self) -> set[Partition]:
        """The partitions that are ours."""
        return {Partition((tp.topic, tp.partition)) for tp in self._consumer.assignment()}

    async def lag(self) -> int:
        """Records in our partitions that were not polled yet. Raises ``BusUnavailable``."""
        return sum((await self.lag_by_partition()).values())

    async def lag_by_partition(self) -> dict[Partition, int]:
        """The same for each of our partitions. Raises ``BusUnavailable``."""
        assigned = self._consumer.assignment()
        if not assigned:
            return {}
        try:
            ends = await asyncio.wait_for(self._consumer.end_offsets(list(assigned)), AWAIT_SECONDS)
            return {
                Partition((tp.topic, tp.partition)): max(
                    0, end - await asyncio.wait_for(self._consumer.position(tp), AWAIT_SECONDS)
                )
                for tp, end in ends.items()
                if tp in self._consumer.assignment()
            }
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error

    async def leave(self) -> None:
        """Leave the group and close, within bounds; ``stop`` is known to raise ``CancelledError`` by itself."""
        task = asyncio.current_task()
        await self.settle()
        try:
            await asyncio.wait_for(self._consumer.stop(), AWAIT_SECONDS)
        except (KafkaError, TimeoutError, OSError) as error:
            log.warning("bus.leave_failed", error=type(error).__name__)
        except asyncio.CancelledError:
            if task is not None and task.cancelling():
                raise
