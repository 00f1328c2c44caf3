"""The service's own events: what is on its topics and not in its journal is put back there as it was.

Otherwise the next event of such an aggregate would use a sequence again, and every consumer would take it for a
duplicate. What was put back is queued in ``held_event`` for the service's restorers, in the same transaction, so that
a job that dies in between leaves nothing undone.
"""

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, NotAnEvent, read_envelope
from shared.delivery.recovery.plan import See
from shared.events.envelope import Envelope
from shared.events.topics import Topic

AT_ONCE = 1_000
MOST_NAMED = 10

BEGIN = """
    CREATE TEMP TABLE IF NOT EXISTS recovery_seen (
        aggregate_id uuid, sequence bigint, event_id uuid, PRIMARY KEY (aggregate_id, sequence)
    )
"""
SEE = """
    INSERT INTO recovery_seen SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::uuid[]) ON CONFLICT DO NOTHING
"""
MISSING = """
    SELECT min(given.place) - 1 AS place
    FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS given (aggregate_id, sequence, place)
    LEFT JOIN journal USING (aggregate_id, sequence)
    WHERE journal.id IS NULL GROUP BY given.aggregate_id, given.sequence ORDER BY 1
"""
PUT_BACK = """
    INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data, traceparent)
    VALUES ($1, $2, $3, $4, $5, $6, $7::json, $8)
"""
QUEUE = """
    INSERT INTO held_event (consumer, topic, aggregate_id, sequence, event_id, type, source, occurred_at, data, reason)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'its state is to be restored')
    ON CONFLICT DO NOTHING
"""
CONTRADICTING = """
    SELECT aggregate_id FROM recovery_seen seen JOIN journal USING (aggregate_id, sequence)
    WHERE seen.event_id <> journal.event_id LIMIT 10
"""
NOT_ON_THE_TOPICS = """
    SELECT count(*) FROM journal
    WHERE topic = ANY($1::text[])
      AND NOT EXISTS (SELECT FROM recovery_seen seen
                      WHERE seen.aggregate_id = journal.aggregate_id AND seen.sequence = journal.sequence)
      AND NOT EXISTS (SELECT FROM outbox WHERE journal_id = journal.id)
"""
NOT_DENSE = """
    SELECT aggregate_id FROM journal WHERE topic = ANY($1::text[])
    GROUP BY aggregate_id HAVING count(*) <> max(sequence) LIMIT 10
"""


def queue_of(service: str) -> str:
    """Under which consumer's name restored events wait in ``held_event`` for the service's own state."""
    return f"{service}.recovery"


@dataclass(slots=True)
class JournalFound:
    """What became of the journal. ``losses``: what a person must accept, by what it is."""

    records: int = 0
    unreadable: int = 0
    restored: Counter[str] = field(default_factory=Counter)
    losses: dict[str, Any] = field(default_factory=dict)


async def restore_journal(
    connection: "asyncpg.Connection[Any]", bus: BusAddress, service: str, topics: Sequence[Topic], see: See
) -> JournalFound:
    """Put back what is missing, then look for what no topic can explain. Raises ``BusUnavailable``."""
    found = JournalFound()
    await connection.execute(BEGIN)
    for topic in topics:
        batch: list[Envelope] = []
        async with aclosing(read_from_the_beginning(bus, [topic.name])) as records:
            async for record in records:
                found.records += 1
                envelope = _readable(record)
                if envelope is None:
                    found.unreadable += 1
                    continue
                see(record)
                batch.append(envelope)
                if len(batch) == AT_ONCE:
                    await _put_back(connection, service, topic, batch, found)
                    batch.clear()
        await _put_back(connection, service, topic, batch, found)
    found.losses = await _losses(connection, [topic.name for topic in topics if not topic.compacted])
    return found


def _readable(record: Incoming) -> Envelope | None:
    """The event, None when it is none or its body is no JSON: nobody could have applied it."""
    try:
        envelope = read_envelope(record)
        if envelope.data is not None:
            json.loads(envelope.data)
    except (NotAnEvent, ValueError):
        return None
    return envelope


async def _put_back(
    connection: "asyncpg.Connection[Any]",
    service: str,
    topic: Topic,
    batch: Sequence[Envelope],
    found: JournalFound,
) -> None:
    keys = [one.subject for one in batch], [one.sequence for one in batch]
    async with connection.transaction():
        await connection.execute(SEE, *keys, [one.id for one in batch])
        missing = [batch[row["place"]] for row in await connection.fetch(MISSING, *keys)]
        for one in missing:
            known = (topic.name, one.type, one.subject, one.sequence, one.time)
            body = None if topic.compacted or one.data is None else one.data.decode()
            await connection.execute(PUT_BACK, one.id, *known, body, one.traceparent)
            await connection.execute(
                QUEUE,
                *(queue_of(service), topic.name, one.subject, one.sequence, one.id, one.type, one.source),
                *(one.time, one.data),
            )
    found.restored.update(one.type for one in missing)


async def _losses(connection: "asyncpg.Connection[Any]", dense: list[str]) -> dict[str, Any]:
    """Compacted topics forget by design, so only the others are held to account."""
    losses: dict[str, Any] = {}
    if contradicting := await connection.fetch(CONTRADICTING):
        losses["the journal and the topics say different things of"] = _named(contradicting)
    if lacking := await connection.fetchval(NOT_ON_THE_TOPICS, dense):
        losses["published events that the topics do not hold (is this the log they were published to?)"] = (
            lacking
        )
    if gaps := await connection.fetch(NOT_DENSE, dense):
        losses["sequences with gaps in"] = _named(gaps)
    return losses


def _named(rows: Sequence["asyncpg.Record"]) -> str:
    return ", ".join(str(row["aggregate_id"]) for row in rows[:MOST_NAMED])
