"""Events that a consumer gave up on, shown on ``<consumer>.dlq`` and released by ``redrive``."""

from uuid import UUID

from sqlalchemy import text

from shared.database.connection import Tx
from shared.events.envelope import Envelope
from shared.events.topics import dead_letters_of
from shared.ids import new_uuid
from shared.telemetry.traces import traceparent_now

ANNOUNCE = text(
    """
    WITH entry AS (
        INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data, traceparent)
        VALUES (:event_id, :dlq, :type, :event_id, 1, clock_timestamp(),
                json_build_object('topic', CAST(:topic AS text), 'event_id', CAST(:parked AS text),
                                  'event_type', CAST(:parked_type AS text), 'subject', CAST(:subject AS text),
                                  'sequence', CAST(:sequence AS bigint), 'reason', CAST(:reason AS text)),
                :traceparent)
        RETURNING id
    )
    INSERT INTO outbox (journal_id) SELECT id FROM entry
    """
)
REDRIVE = text(
    "UPDATE held_event SET parked_at = NULL, tries = 0, not_before = clock_timestamp() "
    "WHERE consumer = :consumer AND topic = :topic AND aggregate_id = :aggregate_id AND parked_at IS NOT NULL"
)


async def record_dead_letter(tx: Tx, consumer: str, topic: str, envelope: Envelope, reason: str) -> None:
    """Announce a parked event on the consumer's dead-letter topic: which one and why, without its body."""
    await tx.execute(
        ANNOUNCE,
        {
            "event_id": new_uuid(),
            "dlq": dead_letters_of(consumer),
            "type": f"kcity.{consumer}.EventParked.v1",
            "topic": topic,
            "parked": str(envelope.id),
            "parked_type": envelope.type,
            "subject": str(envelope.subject),
            "sequence": envelope.sequence,
            "reason": reason,
            "traceparent": traceparent_now(),
        },
    )


async def redrive(tx: Tx, consumer: str, aggregate_id: UUID, *, topic: str) -> int:
    """Release the parked events of one key for another round of tries; returns how many.

    Those held behind a released one follow it as soon as it is applied: the inbox looks for them itself.
    """
    released = await tx.execute(REDRIVE, {"consumer": consumer, "topic": topic, "aggregate_id": aggregate_id})
    return released.rowcount
