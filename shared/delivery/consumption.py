"""The consuming loop of a worker: poll, apply each event in its own transaction, then commit that partition's offset."""

import asyncio
import time

import structlog
from sqlalchemy.exc import SQLAlchemyError

from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.bus.consumer import BusConsumer, Partition
from shared.bus.records import Incoming
from shared.delivery.inbox import Inbox

log = structlog.get_logger()

RETRY_SECONDS = 1.0
RETRY_HELD_SECONDS = 0.1
FOLLOW_TOPICS_SECONDS = 2.0
DATABASE_DOWN = (SQLAlchemyError, ConnectionError, TimeoutError, OSError)


class Consumption:
    """One member of the consumer group ``consumer``. ``run`` until ``stop``."""

    def __init__(self, consumer: str, inbox: Inbox, topics: list[str], bus: BusAddress) -> None:
        self._consumer = consumer
        self._inbox = inbox
        self._topics = topics
        self._bus = bus
        self._stopping = False
        self._member: BusConsumer | None = None
        self._in_hand = 0
        self._followed_at = 0.0
        self.joined = False
        self.progress_at = time.monotonic()

    async def run(self) -> None:
        """Consume until ``stop``: the batch in hand is applied and committed, then the group is left."""
        while not self._stopping:
            try:
                await self._consume()
            except BusUnavailable as error:
                log.warning("consumption.interrupted", detail=str(error)[:200])
            if not self._stopping:
                await asyncio.sleep(RETRY_SECONDS)

    async def retry_held(self) -> None:
        """Try held events again when their time has come, until ``stop``."""
        while not self._stopping:
            try:
                if not await self._inbox.rebuilds.under_way():
                    await self._inbox.retry_due()
            except DATABASE_DOWN as error:
                log.warning("consumption.database_down", error=type(error).__name__)
            await asyncio.sleep(RETRY_HELD_SECONDS)

    def stop(self) -> None:
        """Finish the batch in hand, commit it and leave the group."""
        self._stopping = True

    async def lag(self) -> int:
        """Records in our partitions not applied yet; 0 while we are in no group. Raises ``BusUnavailable``."""
        return self._in_hand + await self._member.lag() if self._member else 0

    async def lag_by_partition(self) -> dict[Partition, int]:
        """The same for each partition, without what is in hand. Raises ``BusUnavailable``."""
        return await self._member.lag_by_partition() if self._member else {}

    @property
    def topics(self) -> list[str]:
        """What is subscribed to."""
        return self._topics

    async def _consume(self) -> None:
        member = await BusConsumer.join(
            self._bus, self._topics, group=self._consumer, client_id=f"{self._consumer}-consumer"
        )
        self._member = member
        try:
            while not self._stopping:
                await self._follow_topics(member)
                batches = await member.poll()
                self.joined = bool(member.assignment())
                if batches:
                    async with member.busy:
                        await self._apply(member, batches)
        finally:
            self.joined = False
            self._member = None
            await member.leave()

    async def _follow_topics(self, member: BusConsumer) -> None:
        """A topic that was deleted and made again is read from its beginning, also when that was before we joined.

        Partitions that nobody was given are given out by joining anew, but not at once after an assignment: the
        client mostly notices by itself, and to the embedded broker two who join in the same moment are a riddle.
        Raises ``BusUnavailable`` for that.
        """
        settled = member.knows_its_logs
        if settled and time.monotonic() - self._followed_at < FOLLOW_TOPICS_SECONDS:
            return
        self._followed_at = time.monotonic()
        try:
            async with bus_admin(self._bus) as admin:
                cluster = await admin.cluster()
                anew = await member.follow(cluster.topic_ids, admin)
        except BusUnavailable as error:
            log.warning("consumption.topics_unseen", detail=str(error)[:200])
            return
        if settled and (unread := member.unread(cluster.partitions)):
            raise BusUnavailable(f"not all partitions of {', '.join(sorted(unread))} are given out")
        if anew:
            log.info("consumption.topics_made_anew", topics=sorted(anew))

    async def _apply(self, member: BusConsumer, batches: dict[Partition, list[Incoming]]) -> None:
        self._in_hand = sum(map(len, batches.values()))
        reached = await asyncio.gather(
            *(self._apply_partition(member, partition, records) for partition, records in batches.items())
        )
        offsets = {
            partition: offset
            for (partition, records), offset in zip(batches.items(), reached, strict=True)
            if offset > records[0].offset
        }
        if offsets:
            member.commit_soon(offsets)
        self._in_hand = 0
        if any(
            offset <= records[-1].offset for offset, records in zip(reached, batches.values(), strict=True)
        ):
            await asyncio.sleep(RETRY_SECONDS)

    async def _apply_partition(
        self, member: BusConsumer, partition: Partition, records: list[Incoming]
    ) -> int:
        """Apply in order; the next offset to read. With the database down, read again from the first unapplied."""
        for record in records:
            try:
                if not await self._pass_rebuild():
                    member.seek(partition, record.offset)
                    return record.offset
                await self._inbox.receive(record)
            except DATABASE_DOWN as error:
                log.warning("consumption.database_down", error=type(error).__name__)
                member.seek(partition, record.offset)
                return record.offset
            self._in_hand -= 1
            self.progress_at = time.monotonic()
        return records[-1].offset + 1

    async def _pass_rebuild(self) -> bool:
        """Pause while the copies are rebuilt: that is no lack of progress. False when we are to stop meanwhile."""
        while await self._inbox.rebuilds.under_way():
            if self._stopping:
                return False
            self.progress_at = time.monotonic()
            await asyncio.sleep(RETRY_HELD_SECONDS)
        return True
