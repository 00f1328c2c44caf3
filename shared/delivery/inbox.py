"""The inbox: each event applied once and in order, by a watermark per aggregate, in the handler's transaction.

At or below the watermark: a duplicate. The next one: applied, the service's copy first, then its reaction. Beyond
it, or not applicable yet: held, and the later events of that aggregate queue behind it, while every other
aggregate goes on.
"""

import random
from datetime import timedelta
from enum import Enum
from uuid import UUID

import structlog
from opentelemetry.sdk.trace import TracerProvider
from pydantic import ValidationError
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import DBAPIError

from shared.bus.records import Incoming, NotAnEvent, read_envelope
from shared.canonical import canonical_bytes
from shared.database.connection import Database, Tx
from shared.delivery.dead_letters import record_dead_letter
from shared.delivery.handlers import Handlers
from shared.delivery.reasons import is_unstorable, reason_of
from shared.delivery.rebuild_lock import RebuildWatch
from shared.errors import Permanent, Retryable
from shared.events.envelope import Envelope
from shared.telemetry.traces import continue_from

log = structlog.get_logger()

MAX_TRIES = 12
"""Tries before a failing event is parked; with the back-off below that is about a quarter of an hour."""
FIRST_WAIT = timedelta(milliseconds=100)
LONGEST_WAIT = timedelta(minutes=2)

LOCK_WATERMARK = text(
    "INSERT INTO watermark AS mark (consumer, topic, aggregate_id, sequence) VALUES (:consumer, :topic, :aggregate_id, 0) "
    "ON CONFLICT (consumer, topic, aggregate_id) DO UPDATE SET sequence = mark.sequence RETURNING sequence"
)
# one trip instead of three; `followed`: what was held behind this event can be applied now
FINISH = text(
    """
    WITH moved AS (
        UPDATE watermark SET sequence = :sequence
        WHERE consumer = :consumer AND topic = :topic AND aggregate_id = :aggregate_id
    ), released AS (
        DELETE FROM held_event
        WHERE consumer = :consumer AND topic = :topic AND aggregate_id = :aggregate_id AND sequence = :sequence
    )
    SELECT EXISTS (
        SELECT FROM held_event
        WHERE consumer = :consumer AND topic = :topic AND aggregate_id = :aggregate_id
          AND parked_at IS NULL AND sequence <= :sequence + 1 AND sequence <> :sequence
    ) AS followed
    """
)
HOLD = text(
    """
    INSERT INTO held_event AS held (consumer, topic, aggregate_id, sequence, event_id, type, source, occurred_at,
                                    data, traceparent, reason, tries, not_before, parked_at)
    VALUES (:consumer, :topic, :aggregate_id, :sequence, :event_id, :type, :source, :occurred_at,
            :data, :traceparent, :reason, :tries, clock_timestamp() + :wait,
            CASE WHEN :parked THEN clock_timestamp() END)
    ON CONFLICT (consumer, topic, aggregate_id, sequence) DO UPDATE SET
        reason = EXCLUDED.reason, tries = EXCLUDED.tries, not_before = EXCLUDED.not_before,
        parked_at = EXCLUDED.parked_at
    WHERE held.tries < EXCLUDED.tries
    """
)
RELEASE = text(
    "DELETE FROM held_event "
    "WHERE consumer = :consumer AND topic = :topic AND aggregate_id = :aggregate_id AND sequence = :sequence"
)
NEXT_HELD = text(
    """
    SELECT held.* FROM held_event held
    WHERE held.consumer = :consumer AND held.topic = :topic AND held.aggregate_id = :aggregate_id
      AND held.parked_at IS NULL AND held.sequence <= :sequence
    ORDER BY held.sequence LIMIT 1
    """
)
DUE = text(
    """
    SELECT held.* FROM held_event held
    LEFT JOIN watermark mark USING (consumer, topic, aggregate_id)
    WHERE held.consumer = :consumer AND held.parked_at IS NULL AND held.not_before <= clock_timestamp()
      AND (held.sequence <= coalesce(mark.sequence, 0) + 1 OR held.type = ANY(:snapshots))
    ORDER BY held.not_before LIMIT 100
    """
)
SKIP_BAD = text(
    """
    INSERT INTO dead_letter (consumer, topic, partition, kafka_offset, key, value, headers, reason)
    VALUES (:consumer, :topic, :partition, :offset, :key, :value, CAST(:headers AS json), :reason)
    ON CONFLICT DO NOTHING
    """
)


class Outcome(Enum):
    """What became of an event."""

    APPLIED = "applied"
    DUPLICATE = "duplicate"
    HELD = "held"
    PARKED = "parked"
    NOT_AN_EVENT = "not_an_event"


class Inbox:
    """Applies events for one consumer. Raises only what the database raises when it is down.

    ``duplicate_check=False`` exists for the test that shows what the check prevents; nothing else passes it.
    """

    def __init__(
        self,
        consumer: str,
        handlers: Handlers,
        database: Database,
        tracing: TracerProvider | None = None,
        *,
        duplicate_check: bool = True,
    ) -> None:
        self._consumer = consumer
        self._handlers = handlers
        self._database = database
        self._tracing = tracing
        self._duplicate_check = duplicate_check
        self.rebuilds = RebuildWatch(database)
        self._snapshots = [kind.type for kind in handlers.kinds if kind.snapshot]

    async def receive(self, record: Incoming) -> Outcome:
        """Apply one record from the bus; after it, what was held behind it."""
        try:
            envelope = read_envelope(record)
        except NotAnEvent as error:
            await self._set_aside(record, str(error))
            return Outcome.NOT_AN_EVENT
        outcome, followed = await self._apply(record.topic, envelope, tries=0)
        if followed:
            await self._apply_successors(record.topic, envelope)
        return outcome

    async def retry_due(self) -> int:
        """Try held events again whose time has come; returns how many were applied."""
        async with self._database.engine.connect() as connection:
            due = (
                (await connection.execute(DUE, {"consumer": self._consumer, "snapshots": self._snapshots}))
                .mappings()
                .all()
            )
        applied = 0
        for row in due:
            outcome, _ = await self._apply(row["topic"], envelope_of(row), tries=row["tries"])
            if outcome in (Outcome.APPLIED, Outcome.DUPLICATE):
                applied += outcome is Outcome.APPLIED
                await self._apply_successors(row["topic"], envelope_of(row))
        return applied

    async def _apply_successors(self, topic: str, applied: Envelope) -> None:
        sequence = applied.sequence + 1
        while True:
            async with self._database.engine.connect() as connection:
                row = (
                    (
                        await connection.execute(
                            NEXT_HELD, {**self._key(topic, applied.subject), "sequence": sequence}
                        )
                    )
                    .mappings()
                    .first()
                )
            if row is None:
                return
            outcome, _ = await self._apply(topic, envelope_of(row), tries=row["tries"])
            if outcome in (Outcome.HELD, Outcome.PARKED):
                return
            sequence = max(sequence, row["sequence"] + 1)

    async def _apply(self, topic: str, envelope: Envelope, *, tries: int) -> tuple[Outcome, bool]:
        """What became of the event, and whether one held behind it can be applied now."""
        try:
            async with self._database.transaction() as tx:
                return await self._apply_in(tx, topic, envelope)
        except Retryable as error:
            outcome = await self._hold(topic, envelope, str(error), tries=tries + 1)
        except (Permanent, ValidationError) as error:
            outcome = await self._hold(topic, envelope, reason_of(error), tries=tries + 1, park=True)
        except DBAPIError as error:
            if error.connection_invalidated:
                raise
            outcome = await self._hold(
                topic, envelope, reason_of(error), tries=tries + 1, park=is_unstorable(error)
            )
        except (ConnectionError, TimeoutError, OSError):
            raise
        except Exception as error:
            log.exception("inbox.handler_failed", type=envelope.type, event_id=str(envelope.id))
            outcome = await self._hold(topic, envelope, reason_of(error), tries=tries + 1)
        return outcome, False

    async def _apply_in(self, tx: Tx, topic: str, envelope: Envelope) -> tuple[Outcome, bool]:
        key = self._key(topic, envelope.subject)
        mark = int(await tx.scalar(LOCK_WATERMARK, key) or 0)
        handled = self._handlers.get(envelope.type)
        latest_wins = handled is not None and handled.kind.snapshot
        if envelope.sequence <= mark and self._duplicate_check:
            await tx.execute(RELEASE, {**key, "sequence": envelope.sequence})
            return Outcome.DUPLICATE, False
        if envelope.sequence > mark + 1 and not latest_wins:
            await self._hold_in(tx, topic, envelope, f"waits for sequence {mark + 1}", tries=0)
            return Outcome.HELD, False
        if handled is not None and envelope.data is None and not latest_wins:
            raise Permanent("an event of this type has a body; this record has none")
        if handled is not None:
            with continue_from(envelope.traceparent, name=f"consume {envelope.type}", provider=self._tracing):
                await handled(envelope, tx)
        followed = await tx.scalar(FINISH, {**key, "sequence": envelope.sequence})
        return Outcome.APPLIED, bool(followed)

    async def _hold(
        self, topic: str, envelope: Envelope, reason: str, *, tries: int, park: bool = False
    ) -> Outcome:
        parked = park or tries >= MAX_TRIES
        async with self._database.transaction() as tx:
            await self._hold_in(tx, topic, envelope, reason, tries=tries, parked=parked)
            if parked:
                await record_dead_letter(tx, self._consumer, topic, envelope, reason)
        log.warning(
            "inbox.held", type=envelope.type, event_id=str(envelope.id), parked=parked, reason=reason[:200]
        )
        return Outcome.PARKED if parked else Outcome.HELD

    async def _hold_in(
        self, tx: Tx, topic: str, envelope: Envelope, reason: str, *, tries: int, parked: bool = False
    ) -> None:
        await tx.execute(
            HOLD,
            {
                **self._key(topic, envelope.subject),
                "sequence": envelope.sequence,
                "event_id": envelope.id,
                "type": envelope.type,
                "source": envelope.source,
                "occurred_at": envelope.time,
                "data": envelope.data,
                "traceparent": envelope.traceparent,
                "reason": reason,
                "tries": tries,
                "wait": _wait_after(tries),
                "parked": parked,
            },
        )

    async def _set_aside(self, record: Incoming, reason: str) -> None:
        headers = {
            name: None if value is None else value.decode(errors="replace") for name, value in record.headers
        }
        async with self._database.transaction() as tx:
            await tx.execute(
                SKIP_BAD,
                {
                    "consumer": self._consumer,
                    "topic": record.topic,
                    "partition": record.partition,
                    "offset": record.offset,
                    "key": record.key,
                    "value": record.value,
                    "headers": canonical_bytes(headers).decode(),
                    "reason": reason,
                },
            )
        log.error("inbox.not_an_event", topic=record.topic, offset=record.offset, reason=reason)

    def _key(self, topic: str, aggregate_id: UUID) -> dict[str, object]:
        return {"consumer": self._consumer, "topic": topic, "aggregate_id": aggregate_id}


def _wait_after(tries: int) -> timedelta:
    """Doubling from ``FIRST_WAIT`` up to ``LONGEST_WAIT``, with up to a fifth of jitter."""
    wait: timedelta = min(FIRST_WAIT * 2 ** max(0, tries - 1), LONGEST_WAIT)
    return wait * random.uniform(1.0, 1.2)  # noqa: S311 - spreads load, guards nothing


def envelope_of(row: RowMapping) -> Envelope:
    """The event in a row of ``held_event``."""
    return Envelope(
        id=row["event_id"],
        type=row["type"],
        source=row["source"],
        subject=row["aggregate_id"],
        sequence=row["sequence"],
        time=row["occurred_at"],
        data=row["data"],
        traceparent=row["traceparent"],
    )
