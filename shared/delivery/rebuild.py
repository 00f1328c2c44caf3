"""Empty a service's copies and build them anew from the topics, in one transaction; or only check that it would agree.

While it runs nobody applies events, so the copies change only once the rebuild is whole; the API goes on reading
the old ones. Reactions are not repeated: no mail, no decision, no event of our own comes of a rebuild.
"""

import time
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import structlog
from pydantic import ValidationError
from sqlalchemy import Table, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text, Uuid

from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import NotAnEvent, read_envelope
from shared.database.connection import Database, Tx
from shared.delivery.digests import Digest, digest_of
from shared.delivery.handlers import Handlers
from shared.delivery.playback import Key, Playback, Tally
from shared.delivery.rebuild_lock import RebuildFailed, RebuildUnderWay, being_rebuilt, exclude_consuming
from shared.errors import Permanent, Retryable
from shared.events.envelope import Envelope

__all__ = [
    "EventDoesNotApply",
    "RebuildFailed",
    "RebuildReport",
    "RebuildUnderWay",
    "TopicMissesEvents",
    "being_rebuilt",
    "rebuild",
]
log = structlog.get_logger()

EMPTY_ROWS = 20_000
"""Rows deleted by one statement: each has the engine's ``command_timeout``, however large the table."""

MARKS = text(
    "SELECT topic, aggregate_id, sequence FROM watermark WHERE consumer = :consumer AND topic = ANY(:topics)"
).bindparams(bindparam("topics", type_=ARRAY(Text)))


class TopicMissesEvents(RebuildFailed):
    """A topic does not hold all that was consumed from it."""

    def __init__(self, topic: str, aggregates: int, example: UUID, reached: int, mark: int) -> None:
        owner = topic.partition(".")[0]
        super().__init__(
            f"topic {topic} misses events of {aggregates} aggregates (for example {example}: found up to "
            f"{reached}, applied up to {mark}); replay the journal of {owner}: kcity journal replay {owner}"
        )
        self.topic = topic
        self.aggregates = aggregates


class EventDoesNotApply(RebuildFailed):
    """An event that was applied once cannot be applied to the copies now."""

    def __init__(self, envelope: Envelope, error: Exception) -> None:
        super().__init__(
            f"{envelope.type} {envelope.id} (sequence {envelope.sequence} of {envelope.subject}) does not apply: "
            f"{type(error).__name__}"
        )


@dataclass(frozen=True, slots=True)
class RebuiltCopy:
    """One copy table before and after."""

    table: str
    before: Digest
    after: Digest

    @property
    def agrees(self) -> bool:
        """Whether both hold the same."""
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What a rebuild did. ``tally.ahead`` > 0 explains a difference in snapshots: consuming had not caught up."""

    consumer: str
    check_only: bool
    copies: tuple[RebuiltCopy, ...]
    tally: Tally
    unreadable: int
    seconds: float

    @property
    def agrees(self) -> bool:
        """Whether every copy was what its events say."""
        return all(copy.agrees for copy in self.copies)

    def as_json(self) -> dict[str, Any]:
        """JSON values for an operator; digests only, no content."""
        return {
            "consumer": self.consumer,
            "check_only": self.check_only,
            "agrees": self.agrees,
            "copies": [{**asdict(copy), "agrees": copy.agrees} for copy in self.copies],
            "events": {**asdict(self.tally), "unreadable": self.unreadable},
            "seconds": round(self.seconds, 3),
        }


async def rebuild(
    database: Database,
    bus: BusAddress,
    consumer: str,
    handlers: Handlers,
    *,
    check_only: bool,
    duplicate_check: bool = True,
) -> RebuildReport:
    """Build the copies of ``consumer`` anew, each aggregate exactly up to its watermark; ``check_only`` rolls back.

    Raises ``RebuildFailed`` (``TopicMissesEvents``, ``EventDoesNotApply``, ``RebuildUnderWay``) and
    ``BusUnavailable``; then nothing has changed. ``duplicate_check=False`` exists for the test that shows what
    the check prevents. Source: architecture, "Delivery".
    """
    began = time.monotonic()
    # both at hand before anybody has to wait for us: those who wait may use up the pool
    async with (
        database.engine.connect() as observer,
        database.engine.connect() as tx,
        tx.begin() as transaction,
    ):
        await exclude_consuming(tx)
        before = [await digest_of(tx, table) for table in handlers.copy_tables]
        for table in handlers.copy_tables:
            await _empty(tx, table)
        playing = _Playing(tx, handlers, await _marks(tx, consumer, handlers.copied_topics), duplicate_check)
        await playing.play(bus)
        await playing.check_whole(observer)
        after = [await digest_of(tx, table) for table in handlers.copy_tables]
        if check_only:
            await transaction.rollback()
    report = RebuildReport(
        consumer,
        check_only,
        tuple(
            RebuiltCopy(table.name, was, now)
            for table, was, now in zip(handlers.copy_tables, before, after, strict=True)
        ),
        playing.tally,
        playing.unreadable,
        time.monotonic() - began,
    )
    log.info("rebuild.done", **report.as_json())
    return report


class _Playing:
    """The topics of ``handlers`` on their way into the emptied copies."""

    def __init__(self, tx: Tx, handlers: Handlers, marks: dict[Key, int], duplicate_check: bool) -> None:
        self._tx = tx
        self._handlers = handlers
        self._marks = marks
        self._playback = Playback(
            marks, handlers.snapshot_tables, self._apply, duplicate_check=duplicate_check
        )
        self.unreadable = 0

    @property
    def tally(self) -> Tally:
        return self._playback.tally

    async def play(self, bus: BusAddress) -> None:
        async with aclosing(read_from_the_beginning(bus, self._handlers.copied_topics)) as records:
            async for record in records:
                try:
                    envelope = read_envelope(record)
                except NotAnEvent:  # live consuming set it aside, too
                    self.unreadable += 1
                    continue
                await self._playback.take(record.topic, envelope)

    async def check_whole(self, observer: AsyncConnection) -> None:
        """Raises ``TopicMissesEvents`` unless every aggregate has reached its mark, or is a snapshot long erased.

        ``observer``: a connection outside the transaction, which still sees the copies as they were.
        """
        short = await self._playback.finish()
        untouched = {key for key, reached in short.items() if reached == 0}
        for topic, table in self._handlers.snapshot_tables.items():
            candidates = [aggregate for where, aggregate in untouched if where == topic]
            kept = await _still_kept(observer, table, candidates)
            for aggregate in set(candidates) - kept:
                del short[topic, aggregate]
        if short:
            (topic, example), reached = min(short.items())
            count = Counter(where for where, _ in short)[topic]
            raise TopicMissesEvents(topic, count, example, reached, self._marks[topic, example])

    async def _apply(self, envelope: Envelope) -> None:
        handled = self._handlers.get(envelope.type)
        if handled is None:
            return
        try:
            await handled.keep_copy(envelope, self._tx)
        except (ValidationError, Permanent, Retryable, IntegrityError, DataError) as error:
            raise EventDoesNotApply(envelope, error) from error


async def _marks(tx: Tx, consumer: str, topics: Sequence[str]) -> dict[Key, int]:
    rows = await tx.stream(MARKS, {"consumer": consumer, "topics": list(topics)})
    return {(row.topic, row.aggregate_id): row.sequence async for row in rows}


async def _empty(tx: Tx, table: Table) -> None:
    name = tx.dialect.identifier_preparer.format_table(table)
    some = text(f"DELETE FROM {name} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {name} LIMIT {EMPTY_ROWS}))")  # noqa: S608 - a table of ours
    while (await tx.execute(some)).rowcount:
        pass


async def _still_kept(observer: AsyncConnection, table: Table, aggregates: Sequence[UUID]) -> set[UUID]:
    (key,) = table.primary_key
    wanted = select(key).where(key == bindparam("aggregates", list(aggregates), ARRAY(Uuid)).any_())
    return set(await observer.scalars(wanted))
