"""What other services say: read again from the beginning, so that what was applied after the backup is applied again.

The consumer group's offsets on the broker are ahead of the restored watermarks; without this, the events in between
would never be read again. When it is done, everything up to those offsets is applied, so the group goes on from them.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import aclosing
from typing import Any

from sqlalchemy import text

from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, NotAnEvent, read_envelope
from shared.database.connection import Database
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.events.topics import TOPICS

AT_ONCE = 1_000
HELD_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.1

AHEAD = text(
    """
    SELECT given.place - 1 AS place
    FROM unnest(CAST(:aggregates AS uuid[]), CAST(:sequences AS bigint[]))
         WITH ORDINALITY AS given (aggregate_id, sequence, place)
    LEFT JOIN watermark mark
        ON mark.consumer = :consumer AND mark.topic = :topic AND mark.aggregate_id = given.aggregate_id
    WHERE given.sequence > coalesce(mark.sequence, 0) ORDER BY 1
    """
)
HELD = text("SELECT count(*) FROM held_event WHERE consumer = :consumer AND parked_at IS NULL")


async def read_again(
    database: Database, bus: BusAddress, consumer: str, handlers: Handlers
) -> dict[str, Any]:
    """Apply everything on the consumed topics that is beyond the watermarks; what came of it, for the report.

    Topics come in the order of ``TOPICS``, so what others stand on comes first; what still has to wait is
    retried, and counted as held when it does not come right. Raises ``BusUnavailable``.
    """
    inbox = Inbox(consumer, handlers, database)
    outcomes: Counter[str] = Counter()
    read = 0
    for topic in (topic.name for topic in TOPICS if topic.name in handlers.topics):
        batch: list[Incoming] = []
        async with aclosing(read_from_the_beginning(bus, [topic])) as records:
            async for record in records:
                read += 1
                batch.append(record)
                if len(batch) == AT_ONCE:
                    await _apply(database, inbox, consumer, topic, batch, outcomes)
                    batch.clear()
        await _apply(database, inbox, consumer, topic, batch, outcomes)
    held = await _settle_held(database, inbox, consumer)
    return {"records": read, "outcomes": dict(outcomes), "still_held": held}


async def _apply(
    database: Database,
    inbox: Inbox,
    consumer: str,
    topic: str,
    batch: Sequence[Incoming],
    outcomes: Counter[str],
) -> None:
    """What is at or below its watermark is passed over all at once: a million duplicates take a minute, not an hour."""
    keys = [_key(record) for record in batch]
    readable = [place for place, key in enumerate(keys) if key is not None]
    found = [key for key in keys if key is not None]
    values = {
        "consumer": consumer,
        "topic": topic,
        "aggregates": [aggregate for aggregate, _ in found],
        "sequences": [sequence for _, sequence in found],
    }
    async with database.transaction() as tx:
        ahead = [readable[place] for place in (await tx.execute(AHEAD, values)).scalars()]
    unreadable = [place for place, key in enumerate(keys) if key is None]
    outcomes["duplicate"] += len(batch) - len(ahead) - len(unreadable)
    for place in sorted([*ahead, *unreadable]):
        outcomes[(await inbox.receive(batch[place])).value] += 1


def _key(record: Incoming) -> tuple[Any, int] | None:
    try:
        envelope = read_envelope(record)
    except NotAnEvent:
        return None
    return envelope.subject, envelope.sequence


async def _settle_held(database: Database, inbox: Inbox, consumer: str) -> int:
    """Retry what is held until nothing is, or nothing has moved for ``HELD_SECONDS``; how many stay."""
    moved_at = time.monotonic()
    before = -1
    while True:
        await inbox.retry_due()
        async with database.transaction() as tx:
            held = int(await tx.scalar(HELD, {"consumer": consumer}) or 0)
        if held != before:
            before, moved_at = held, time.monotonic()
        if held == 0 or time.monotonic() - moved_at > HELD_SECONDS:
            return held
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
