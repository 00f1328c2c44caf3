"""Calls in the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Select, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.call import Call, CallState
from services.intake.tables import call
from shared.database.connection import Tx
from shared.events.call_definition import CallDefinition
from shared.ids import CallId

MOST_REMEMBERED = 64


class CallShelf:
    """Definitions as they were parsed, by id and version: a new version is another entry, so none goes stale."""

    def __init__(self) -> None:
        self._definitions: dict[tuple[UUID, int], CallDefinition] = {}

    def known(self, call_id: UUID, version: int) -> CallDefinition | None:
        """The definition, if this process has parsed it."""
        return self._definitions.get((call_id, version))

    def parse(self, call_id: UUID, version: int, stored: Any) -> CallDefinition:
        """The definition of a stored row."""
        found = self._definitions.get((call_id, version))
        if found is None:
            found = CallDefinition.model_validate(stored)
            while len(self._definitions) >= MOST_REMEMBERED:
                self._definitions.pop(next(iter(self._definitions)))
            self._definitions[call_id, version] = found
        return found


class Calls:
    """The calls of this database, read through a shelf of parsed definitions."""

    def __init__(self, shelf: CallShelf) -> None:
        self.shelf = shelf

    async def add(self, tx: Tx, one: Call, *, published_by: str) -> bool:
        """Store a new call; False when there is one with its code, which may have come at this moment."""
        values = {
            "id": one.id,
            "code": one.definition.code,
            "version": one.version,
            "state": one.state,
            "announced_at": one.definition.announced_at,
            "definition": one.definition.model_dump(mode="json"),
            "digest": one.digest,
            "published_by": published_by,
        }
        statement = insert(call).values(values).on_conflict_do_nothing(index_elements=[call.c.code])
        return await tx.scalar(statement.returning(call.c.id)) is not None

    async def by_code(self, tx: Tx, code: str) -> Call | None:
        """The call with this code."""
        return await self._one(tx, select(call).where(call.c.code == code))

    async def by_id(self, tx: Tx, call_id: UUID) -> Call | None:
        """The call with this id."""
        return await self._one(tx, select(call).where(call.c.id == call_id))

    async def page(
        self, tx: Tx, *, scheduled_too: bool, after: tuple[Any, ...] | None, limit: int
    ) -> Sequence[Call]:
        """Calls, the latest announcement first; ``after``: announced_at and id of the last one seen."""
        query = select(call).order_by(call.c.announced_at.desc(), call.c.id.desc()).limit(limit)
        if not scheduled_too:
            query = query.where(call.c.state == CallState.ANNOUNCED)
        if after is not None:
            query = query.where(tuple_(call.c.announced_at, call.c.id) < tuple_(*after))
        return [self._read(row) for row in (await tx.execute(query)).mappings()]

    async def take_due(self, tx: Tx, sure_instant: datetime) -> Sequence[Call]:
        """Scheduled calls whose instant has come, locked; those another worker has locked are left to it."""
        query = (
            select(call)
            .where(call.c.state == CallState.SCHEDULED, call.c.announced_at <= sure_instant)
            .with_for_update(skip_locked=True)
        )
        return [self._read(row) for row in (await tx.execute(query)).mappings()]

    async def mark_announced(self, tx: Tx, call_id: CallId) -> None:
        """From now on everybody sees the call."""
        await tx.execute(update(call).where(call.c.id == call_id).values(state=CallState.ANNOUNCED))

    async def _one(self, tx: Tx, query: Select[Any]) -> Call | None:
        row = (await tx.execute(query)).mappings().one_or_none()
        return None if row is None else self._read(row)

    def _read(self, row: RowMapping) -> Call:
        definition = self.shelf.parse(row["id"], row["version"], row["definition"])
        return Call(CallId(row["id"]), row["version"], CallState(row["state"]), definition, row["digest"])
