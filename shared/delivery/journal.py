"""Writing an event: the append-only journal and the outbox, in the transaction that changes the state."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from shared.database.connection import Tx
from shared.events.envelope import Event
from shared.ids import new_uuid
from shared.telemetry.traces import traceparent_now

RECORD = text(
    """
    WITH entry AS (
        INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data, traceparent)
        SELECT :event_id, :topic, :type, :aggregate_id,
               coalesce((SELECT max(sequence) FROM journal WHERE aggregate_id = :aggregate_id), 0) + 1,
               :occurred_at, CAST(:data AS json), :traceparent
        RETURNING id, sequence
    ), queued AS (
        INSERT INTO outbox (journal_id) SELECT id FROM entry
    )
    SELECT sequence FROM entry
    """
)


async def record(tx: Tx, event: Event, *, aggregate_id: UUID, occurred_at: datetime) -> int:
    """Record ``event`` for publishing and return its sequence within the aggregate.

    The caller holds the aggregate's lock, so sequences rise in commit order. ``occurred_at`` is business
    time, decided by this service. A snapshot's body stays out of the journal.
    """
    return int(
        await tx.scalar(
            RECORD,
            {
                "event_id": new_uuid(),
                "topic": event.topic,
                "type": event.type,
                "aggregate_id": aggregate_id,
                "occurred_at": occurred_at,
                "data": None if event.snapshot else event.model_dump_json(),
                "traceparent": traceparent_now(),
            },
        )
        or 0
    )


async def refill_outbox(tx: Tx) -> int:
    """Queue every journal row for publishing again (replay); returns how many. Changes no state."""
    result = await tx.execute(
        text("INSERT INTO outbox (journal_id) SELECT id FROM journal ORDER BY id ON CONFLICT DO NOTHING")
    )
    return result.rowcount
