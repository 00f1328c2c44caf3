"""The consuming half of the bus: a member of a group that commits exactly what was applied."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NewType, Self
from uuid import UUID

import structlog
from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError

from shared.bus.admin import BusAdmin
from shared.bus.assignor import Given, remembering_assignor
from shared.bus.connection import AWAIT_SECONDS, REQUEST_TIMEOUT_MS, BusAddress, BusUnavailable
from shared.bus.records import UNREADABLE, Incoming

log = structlog.get_logger()

Partition = NewType("Partition", tuple[str, int])
LOOK_MS = 1_000


class _Drain(ConsumerRebalanceListener):  # type: ignore[misc] # aiokafka ships no types
    """Waits, before partitions move on, until what is being applied is applied and committed."""

    def __init__(
        self,
        busy: asyncio.Lock,
        settle: Callable[[], Awaitable[None]],
        assigned: Callable[[set[TopicPartition]], None],
        given_out: Given,
    ) -> None:
        self._busy = busy
        self._settle = settle
        self._assigned = assigned
        self._given_out = given_out

    async def on_partitions_revoked(self, revoked: set[TopicPartition]) -> None:
        self._given_out.clear()  # whoever leads the group next counts anew
        if revoked:
            try:
                await asyncio.wait_for(self._busy.acquire(), AWAIT_SECONDS)
            except TimeoutError:
                log.warning("bus.revoked_while_busy")  # what is applied twice is recognised by its watermark
            else:
                self._busy.release()
            await self._settle()

    async def on_partitions_assigned(self, assigned: set[TopicPartition]) -> None:
        self._assigned(assigned)
        log.info("bus.assigned", partitions=len(assigned))


class BusConsumer:
    """One member of a group. Hold ``busy`` while applying what ``poll`` gave; ``follow`` now and then.

    What is applied of a partition before ``follow`` has looked which log its offset is of is committed then.
    """

    def __init__(self, consumer: AIOKafkaConsumer, group: str, busy: asyncio.Lock, given_out: Given) -> None:
        self._consumer = consumer
        self._group = group
        self._log_of: dict[TopicPartition, UUID | None] = {}  # the log that where we stand is a place in
        self._applied: dict[Partition, int] = {}
        self._given: dict[TopicPartition, int] = {}  # behind the last record that `poll` gave
        self._committing: asyncio.Task[None] | None = None
        self._given_out = given_out
        self._astray: set[str] = set()
        self.busy = busy

    @classmethod
    async def join(cls, address: BusAddress, topics: Sequence[str], *, group: str, client_id: str) -> Self:
        """Join the group. Raises ``BusUnavailable``."""
        given_out: Given = {}
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
            partition_assignment_strategy=(remembering_assignor(given_out),),
        )
        member = cls(consumer, group, asyncio.Lock(), given_out)
        listener = _Drain(member.busy, member.settle, member._now_has, given_out)
        consumer.subscribe(topics=list(topics), listener=listener)
        try:
            await asyncio.wait_for(consumer.start(), AWAIT_SECONDS * 2)
        except (KafkaError, TimeoutError, OSError) as error:
            await member.leave()
            raise BusUnavailable(str(error)) from error
        return member

    def _now_has(self, assigned: set[TopicPartition]) -> None:
        self._given.clear()
        self._log_of, self._applied = {}, {}
        its = frozenset((tp.topic, tp.partition) for tp in assigned)
        given = self._given_out.values()
        self._astray = set() if not given or its in given else {topic for one in given for topic, _ in one}

    async def poll(self, *, timeout_ms: int = 200, max_records: int = 500) -> dict[Partition, list[Incoming]]:
        """The next records of each assigned partition, in order. Raises ``BusUnavailable``."""
        try:
            batches = await asyncio.wait_for(
                self._consumer.getmany(timeout_ms=timeout_ms, max_records=max_records), AWAIT_SECONDS
            )
        except UnicodeDecodeError:
            return await self._step_over_unreadable()
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error
        return {Partition((tp.topic, tp.partition)): self._give(tp, found) for tp, found in batches.items()}

    def _give(self, tp: TopicPartition, records: Sequence[ConsumerRecord]) -> list[Incoming]:
        self._given[tp] = records[-1].offset + 1
        return [Incoming(r.topic, r.partition, r.offset, r.key, r.value, r.headers) for r in records]

    async def _step_over_unreadable(self) -> dict[Partition, list[Incoming]]:
        """The next record of each partition, an ``UNREADABLE`` one in the place of what the library cannot read.

        aiokafka decodes the names of headers, and raises at a name that is no text, again and again: neither
        that record nor those behind it in its batch can be had. What it took from other partitions in the same
        call is lost in it, so each partition goes back to what was given last.
        """
        assigned = sorted(self._consumer.assignment())
        try:
            for tp in assigned:
                self._consumer.seek(tp, await asyncio.wait_for(self._given_up_to(tp), AWAIT_SECONDS))
            found = await asyncio.wait_for(asyncio.gather(*map(self._look, assigned)), AWAIT_SECONDS)
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error
        return {
            Partition((tp.topic, tp.partition)): records
            for tp, records in zip(assigned, found, strict=True)
            if records
        }

    async def _given_up_to(self, tp: TopicPartition) -> int:
        if tp in self._given:
            return self._given[tp]
        committed: int | None = await self._consumer.committed(tp)
        if committed is not None:
            return committed
        beginning: dict[TopicPartition, int] = await self._consumer.beginning_offsets([tp])
        return beginning[tp]

    async def _look(self, tp: TopicPartition) -> list[Incoming]:
        try:
            found = await self._consumer.getmany(tp, timeout_ms=LOOK_MS, max_records=1)
        except UnicodeDecodeError:
            offset = await self._consumer.position(tp)
            self._consumer.seek(tp, offset + 1)
            self._given[tp] = offset + 1
            log.warning("bus.unreadable", topic=tp.topic, partition=tp.partition, offset=offset)
            return [Incoming(tp.topic, tp.partition, offset, None, None, [UNREADABLE])]
        return self._give(tp, found[tp]) if found.get(tp) else []

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
        while known := {p: at for p, at in self._applied.items() if TopicPartition(*p) in self._log_of}:
            self._applied = {p: at for p, at in self._applied.items() if p not in known}
            await self.commit(known)

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit the next offset to read of each partition, with its log. A failed commit only means duplicates later."""
        known = {TopicPartition(*p): offset for p, offset in offsets.items()}
        noted = {tp: (offset, str(self._log_of.get(tp) or "")) for tp, offset in known.items()}
        try:
            await asyncio.wait_for(self._consumer.commit(noted), AWAIT_SECONDS)
        except (KafkaError, TimeoutError, OSError) as error:
            log.warning("bus.commit_failed", error=type(error).__name__)

    def seek(self, partition: Partition, offset: int) -> None:
        """Read ``partition`` again from ``offset``, if it is still ours."""
        tp = TopicPartition(*partition)
        if tp in self._consumer.assignment():
            self._consumer.seek(tp, offset)
            self._given[tp] = offset

    @property
    def knows_its_logs(self) -> bool:
        """False while ``follow`` has not yet looked at a partition that is ours."""
        return all(tp in self._log_of for tp in self._consumer.assignment())

    async def follow(self, logs: Mapping[str, UUID], admin: BusAdmin) -> set[str]:
        """Read from their beginning the partitions in which our place is one in another log; topics made anew.

        ``logs``: each topic's id now. A topic that was deleted and made again is another log. A place in the
        former one may lie beyond what the new one has, or in the midst of what is published again: going on
        there would pass over what was never read. Kafka forgets a group's offsets with their topic, but not
        when it dies in the midst, so each is committed with its log, and who is given a partition compares.
        Raises ``KafkaError``, or ``TimeoutError``.
        """
        log_of = self._log_of
        if unknown := [tp for tp in self._consumer.assignment() if tp not in log_of]:
            noted = await admin.committed_notes(self._group, unknown)
            if log_of is not self._log_of:
                return set()  # assigned anew meanwhile: to be looked at again
            log_of |= {tp: _log_in(noted.get(tp), logs.get(tp.topic)) for tp in unknown}
        anew = {
            tp
            for tp in self._consumer.assignment()
            if tp in log_of and log_of[tp] != logs.get(tp.topic, log_of[tp])
        }
        made_anew = {tp.topic for tp in anew if log_of[tp]}
        self._applied = {p: offset for p, offset in self._applied.items() if TopicPartition(*p) not in anew}
        for tp in anew:
            self._consumer.seek(tp, 0)
            self._given[tp] = 0
            log_of[tp] = logs[tp.topic]
        if self._applied:
            self.commit_soon({})  # what was applied before this was known
        return made_anew

    def unread(self, partitions: Mapping[str, int]) -> set[str]:
        """Topics of which somebody has not got what he is to read, as far as this member, leading the group, knows.

        It gave out fewer than these ``partitions``, or the broker did not hand to it what it gave itself.
        """
        given = Counter(topic for its in self._given_out.values() for topic, _ in its)
        return self._astray | {
            topic for topic, count in given.items() if count < partitions.get(topic, count)
        }

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


def _log_in(note: str | None, now: UUID | None) -> UUID | None:
    """The log that was noted with a committed offset: None without an offset, the present one where nobody noted any.

    A tool that resets a group notes none, nor did earlier releases; the embedded broker keeps no notes, and forgets
    offsets with their topic at once.
    """
    if note is None:
        return None
    try:
        return UUID(note)
    except ValueError:
        return now
