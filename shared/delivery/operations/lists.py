"""Pages of held events and of dead letters, in the order of their keys."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from sqlalchemy import RowMapping, text

from shared.database.connection import Database

HeldState = Literal["held", "parked"]

HELD_PAGE = text(
    """
    SELECT consumer, topic, aggregate_id, sequence, event_id, type, reason, tries, held_at, not_before, parked_at
    FROM held_event
    WHERE consumer = :consumer AND (CAST(:parked AS boolean) IS NULL OR (parked_at IS NOT NULL) = :parked)
      AND (CAST(:topic AS text) IS NULL
           OR (topic, aggregate_id, sequence) > (:topic, CAST(:aggregate_id AS uuid), CAST(:sequence AS bigint)))
    ORDER BY topic, aggregate_id, sequence LIMIT :fetch
    """
)
DEAD_PAGE = text(
    """
    SELECT id, consumer, topic, partition, kafka_offset AS "offset", reason, received_at,
           coalesce(octet_length(value), 0) AS size_bytes
    FROM dead_letter WHERE id > :after ORDER BY id LIMIT :fetch
    """
)


async def held_page(
    database: Database,
    consumer: str,
    state: HeldState | None,
    *,
    after: tuple[str, UUID, int] | None,
    fetch: int,
) -> Sequence[RowMapping]:
    """Held events by topic, aggregate and sequence; ``state`` None: held and parked."""
    topic, aggregate_id, sequence = after or (None, None, None)
    values = {"topic": topic, "aggregate_id": aggregate_id, "sequence": sequence, "fetch": fetch}
    parked = None if state is None else state == "parked"
    async with database.engine.connect() as connection:
        found = await connection.execute(HELD_PAGE, {"consumer": consumer, "parked": parked, **values})
        return found.mappings().all()


async def dead_page(database: Database, *, after: int, fetch: int) -> Sequence[RowMapping]:
    """Dead letters, the oldest first."""
    async with database.engine.connect() as connection:
        return (await connection.execute(DEAD_PAGE, {"after": after, "fetch": fetch})).mappings().all()
