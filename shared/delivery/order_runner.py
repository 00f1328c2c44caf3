"""Carries out what operators ordered: replays in bounded steps, rebuilds. One worker of a service at a time.

A worker that dies leaves its order open and the next one starts it over: both kinds are harmless to repeat.
"""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import RowMapping, text
from sqlalchemy.exc import SQLAlchemyError

from shared.bus.connection import BusAddress
from shared.database.connection import Database
from shared.delivery.handlers import Handlers
from shared.delivery.rebuild import rebuild

log = structlog.get_logger()

STEP_ROWS = 5_000
"""Journal ids looked at in one transaction of a replay."""
MOST_WAITING = 10_000
"""A replay pauses while more rows wait in the outbox: a new event is published behind what was queued before it."""
PAUSE_SECONDS = 0.1

OPEN = text("SELECT id, kind, parameters FROM delivery_order WHERE ended_at IS NULL ORDER BY id LIMIT 1")
# lives as long as its transaction: with the worker's connection it is gone
ALONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended('kcity-delivery-orders', 0))")
BEGIN = text("UPDATE delivery_order SET started_at = clock_timestamp() WHERE id = :id AND started_at IS NULL")
END = text(
    "UPDATE delivery_order SET ended_at = clock_timestamp(), started_at = coalesce(started_at, clock_timestamp()), "
    "outcome = CAST(:outcome AS jsonb), failure = :failure WHERE id = :id AND ended_at IS NULL"
)
LAST_ID = text("SELECT coalesce(max(id), 0) FROM journal")
QUEUE = text(
    """
    INSERT INTO outbox (journal_id)
    SELECT id FROM journal
    WHERE id >= :first AND id <= :last
      AND (CAST(:topic AS text) IS NULL OR topic = :topic)
      AND (CAST(:aggregate_id AS uuid) IS NULL OR aggregate_id = :aggregate_id)
    ORDER BY id ON CONFLICT DO NOTHING
    """
)
WAITING = text(f"SELECT count(*) FROM (SELECT FROM outbox LIMIT {MOST_WAITING + 1}) AS counted")  # noqa: S608 - a number of ours


class NothingToRebuild(Exception):
    """The service keeps no copy of what others decide."""

    def __init__(self, service: str) -> None:
        super().__init__(f"{service} consumes nothing, so it has no copy to rebuild")


@dataclass(frozen=True, slots=True)
class Order:
    """An order in hand."""

    id: UUID
    kind: str
    parameters: dict[str, Any]


class OrderRunner:
    """The orders of one service. ``run`` carries out what is open and returns; call it again and again."""

    def __init__(self, service: str, database: Database, bus: BusAddress, handlers: Handlers) -> None:
        self._service = service
        self._database = database
        self._bus = bus
        self._handlers = handlers

    async def run(self) -> None:
        """Carry out every open order, the oldest first. Raises what the database raises when it is down."""
        if await self._next() is None:
            return
        async with self._database.engine.begin() as alone:
            if not await alone.scalar(ALONE):
                return
            while (order := await self._next()) is not None:
                await self._carry_out(order)

    async def _next(self) -> Order | None:
        async with self._database.engine.connect() as connection:
            row: RowMapping | None = (await connection.execute(OPEN)).mappings().first()
        return None if row is None else Order(**row)

    async def _carry_out(self, order: Order) -> None:
        async with self._database.transaction() as tx:
            await tx.execute(BEGIN, {"id": order.id})
        log.info("order.begins", order_id=str(order.id), kind=order.kind)
        outcome: dict[str, Any] | None = None
        failure: str | None = None
        try:
            outcome = await (self._replay(order) if order.kind == "replay" else self._rebuild(order))
        except Exception as error:
            if order.kind == "replay" and isinstance(error, SQLAlchemyError | OSError):
                raise  # the database is down: the order stays open
            log.exception("order.failed", order_id=str(order.id), kind=order.kind)
            failure = _why(error)
        async with self._database.transaction() as tx:
            ended = {"outcome": None if outcome is None else json.dumps(outcome), "failure": failure}
            await tx.execute(END, {"id": order.id, **ended})
        log.info("order.ended", order_id=str(order.id), kind=order.kind, failed=failure is not None)

    async def _replay(self, order: Order) -> dict[str, Any]:
        """Queue what the filters leave of the journal as it was at the start, a step at a time."""
        wanted = {name: order.parameters.get(name) for name in ("topic", "aggregate_id")}
        async with self._database.engine.connect() as connection:
            until = int(await connection.scalar(LAST_ID) or 0)
        first = int(order.parameters.get("since_journal_id", 1))
        queued = 0
        while first <= until:
            await self._until_few_wait()
            # the rows of one aggregate are found by their index, so all at once
            last = until if wanted["aggregate_id"] else min(first + STEP_ROWS - 1, until)
            async with self._database.transaction() as tx:
                step = await tx.execute(QUEUE, {"first": first, "last": last, **wanted})
            queued += step.rowcount
            first = last + 1
        return {"queued": queued, "until_journal_id": until}

    async def _until_few_wait(self) -> None:
        while True:
            async with self._database.engine.connect() as connection:
                if int(await connection.scalar(WAITING) or 0) <= MOST_WAITING:
                    return
            await asyncio.sleep(PAUSE_SECONDS)

    async def _rebuild(self, order: Order) -> dict[str, Any]:
        if not self._handlers.topics:
            raise NothingToRebuild(self._service)
        check_only = bool(order.parameters.get("check_only", True))
        report = await rebuild(
            self._database, self._bus, self._service, self._handlers, check_only=check_only
        )
        return report.as_json()


def _why(error: Exception) -> str:
    """What an operator reads: our own errors in their words, others by name, as they may quote values."""
    if type(error).__module__.startswith("shared."):
        return str(error)[:1000]
    return f"{type(error).__name__}; the worker's log has its traceback"
