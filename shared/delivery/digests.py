"""The digest of a table: equal rows, equal digest, whenever and by whomever they were written."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, collate, func, select

from shared.database.connection import Tx

FETCH_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class Digest:
    """What a table holds: number of rows, and hex SHA-256 over them."""

    rows: int
    sha256: str


async def digest_of(tx: Tx, table: Table) -> Digest:
    """SHA-256 over the rows in the order of the primary key, each as PostgreSQL's ``jsonb`` text and a line end.

    That text is canonical: keys in one order, times in the session's zone (ours: UTC). Rows are streamed.
    """
    line = cast(func.to_jsonb(table.table_valued()), Text)
    rows = await tx.stream(select(line).order_by(*_key(table)), execution_options={"yield_per": FETCH_ROWS})
    hashed, count = sha256(), 0
    async for (text,) in rows:
        hashed.update(text.encode())
        hashed.update(b"\n")
        count += 1
    return Digest(count, hashed.hexdigest())


def _key(table: Table) -> list[ColumnElement[Any]]:
    """Text by its bytes: a collation may change with the system's libraries."""
    return [collate(column, "C") if isinstance(column.type, Text) else column for column in table.primary_key]
