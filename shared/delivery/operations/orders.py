"""Orders for the worker: written here by the API, carried out by ``shared.delivery.order_runner``."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text

from shared.database.connection import Database, Tx
from shared.delivery.operations.schemas import OrderOut
from shared.errors import DomainError, Kind
from shared.ids import new_uuid

COLUMNS = """
    id, kind, parameters, ordered_by, ordered_at, started_at, ended_at, outcome, failure,
    CASE WHEN failure IS NOT NULL THEN 'failed' WHEN ended_at IS NOT NULL THEN 'done'
         WHEN started_at IS NOT NULL THEN 'running' ELSE 'waiting' END AS state
"""
ORDER = text(
    "INSERT INTO delivery_order (id, kind, parameters, ordered_by) "
    "VALUES (:id, :kind, CAST(:parameters AS jsonb), :ordered_by)"
)
ONE_REBUILD = text("SELECT pg_advisory_xact_lock(hashtextextended('kcity-order-rebuild', 0))")
OPEN_REBUILD = text("SELECT id FROM delivery_order WHERE kind = 'rebuild' AND ended_at IS NULL LIMIT 1")
# S608 below: nothing but the column list above is put in
READ = text(f"SELECT {COLUMNS} FROM delivery_order WHERE id = :id")  # noqa: S608
PAGE = text(
    f"SELECT {COLUMNS} FROM delivery_order WHERE CAST(:before AS uuid) IS NULL OR id < :before "  # noqa: S608
    "ORDER BY id DESC LIMIT :fetch"
)
LAST_REBUILD = text(
    f"SELECT {COLUMNS} FROM delivery_order WHERE kind = 'rebuild' ORDER BY id DESC LIMIT 1"  # noqa: S608
)


class RebuildUnderway(DomainError):
    """One rebuild at a time: another one is ordered and not ended."""

    kind = Kind.CONFLICT
    title = "A rebuild is under way"

    def __init__(self, order_id: UUID) -> None:
        super().__init__(
            "Wait until the other one has ended; its order tells how it goes.",
            facts={"order_id": str(order_id)},
        )


async def place_order(tx: Tx, kind: str, parameters: dict[str, Any], *, ordered_by: str) -> UUID:
    """Write an order down and return its id. Raises ``RebuildUnderway`` for a second open rebuild."""
    if kind == "rebuild":
        await tx.execute(ONE_REBUILD)
        underway = await tx.scalar(OPEN_REBUILD)
        if underway is not None:
            raise RebuildUnderway(underway)
    order_id = new_uuid()
    values = {"id": order_id, "kind": kind, "parameters": json.dumps(parameters), "ordered_by": ordered_by}
    await tx.execute(ORDER, values)
    return order_id


async def read_order(tx: Tx, order_id: UUID) -> OrderOut | None:
    """An order as it stands, or None."""
    row = (await tx.execute(READ, {"id": order_id})).mappings().first()
    return None if row is None else OrderOut.model_validate(dict(row))


async def last_rebuild(tx: Tx) -> OrderOut | None:
    """The newest order to rebuild or to check, ended or not."""
    row = (await tx.execute(LAST_REBUILD)).mappings().first()
    return None if row is None else OrderOut.model_validate(dict(row))


async def orders_page(database: Database, *, before: UUID | None, fetch: int) -> Sequence[RowMapping]:
    """Orders, the newest first (ids rise with time)."""
    async with database.engine.connect() as connection:
        return (await connection.execute(PAGE, {"before": before, "fetch": fetch})).mappings().all()
