"""The service's own state, made again from its own events that were put back into the journal."""

from collections import Counter
from typing import Any

import structlog
from sqlalchemy import RowMapping, text

from shared.database.connection import Database, Tx
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import envelope_of
from shared.delivery.recovery.journal import queue_of
from shared.delivery.recovery.refusals import NotRestorable
from shared.events.topics import topics_of

log = structlog.get_logger()

AT_ONCE = 500
WAITING = text(
    "SELECT * FROM held_event WHERE consumer = :consumer AND topic = :topic "
    "ORDER BY aggregate_id, sequence LIMIT :most"
)
DONE = text(
    "DELETE FROM held_event WHERE consumer = :consumer AND topic = :topic "
    "AND aggregate_id = :aggregate_id AND sequence = :sequence"
)


async def restore_state(database: Database, service: str, restorers: Handlers) -> dict[str, Any]:
    """Give each restored event to its restorer, topic by topic in their order; what came of it, for the report.

    One transaction for each event: its state and the end of its waiting. Raises ``pydantic.ValidationError`` for
    an event of ours that its class cannot read.
    """
    restored: Counter[str] = Counter()
    not_restored: Counter[str] = Counter()
    queue = queue_of(service)
    for topic in (topic.name for topic in topics_of(service)):
        while rows := await _waiting(database, queue, topic):
            for row in rows:
                reason = await _restore(database, restorers, row)
                if reason is None:
                    restored[row["type"]] += 1
                else:
                    not_restored[f"{row['type']}: {reason}"] += 1
    return {"restored": dict(restored), "not_restored": dict(not_restored)}


async def _waiting(database: Database, queue: str, topic: str) -> list[RowMapping]:
    async with database.transaction() as tx:
        rows = await tx.execute(WAITING, {"consumer": queue, "topic": topic, "most": AT_ONCE})
        return list(rows.mappings())


async def _restore(database: Database, restorers: Handlers, row: RowMapping) -> str | None:
    """None, or why the state of this event cannot be made again; then its place in the journal is all that stays."""
    try:
        async with database.transaction() as tx:
            await _restore_in(tx, restorers, row)
            await _end_waiting(tx, row)
    except NotRestorable as error:
        async with database.transaction() as tx:
            await _end_waiting(tx, row)
        log.warning(
            "recovery.not_restored", type=row["type"], subject=str(row["aggregate_id"]), reason=str(error)
        )
        return str(error)
    return None


async def _restore_in(tx: Tx, restorers: Handlers, row: RowMapping) -> None:
    restorer = restorers.get(row["type"])
    if restorer is None:
        raise NotRestorable("its state is not in the event")
    await restorer(envelope_of(row), tx)


async def _end_waiting(tx: Tx, row: RowMapping) -> None:
    key = {name: row[name] for name in ("consumer", "topic", "aggregate_id", "sequence")}
    await tx.execute(DONE, key)
