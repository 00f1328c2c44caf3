import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.database.connection import Database
from shared.delivery.journal import record, refill_outbox
from shared.ids import new_uuid
from shared.testing.waiting import eventually
from shared.tests.delivery.conftest import TramOpened

NOON = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)


async def _somebody_waits(database: Database) -> bool:
    """Whether a writer is held up by another's transaction."""
    async with database.transaction() as tx:
        return bool(await tx.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


class TestRecord:
    async def test_numbers_the_events_of_each_aggregate_densely_from_one(self, database: Database) -> None:
        first, second = new_uuid(), new_uuid()
        async with database.transaction() as tx:
            sequences = [
                await record(tx, TramOpened(line="1"), aggregate_id=aggregate, occurred_at=NOON)
                for aggregate in (first, second, first, first)
            ]
        assert sequences == [1, 1, 2, 3]

    async def test_leaves_nothing_behind_when_the_transaction_fails(self, database: Database) -> None:
        with pytest.raises(RuntimeError):
            async with database.transaction() as tx:
                await record(tx, TramOpened(line="1"), aggregate_id=new_uuid(), occurred_at=NOON)
                raise RuntimeError
        async with database.transaction() as tx:
            assert await tx.scalar(text("SELECT count(*) FROM journal")) == 0
            assert await tx.scalar(text("SELECT count(*) FROM outbox")) == 0

    async def test_refuses_a_second_event_with_the_same_sequence(self, database: Database) -> None:
        """Two writers that forgot the aggregate's lock cannot both commit."""
        aggregate = new_uuid()

        async def forgetful() -> None:
            async with database.transaction() as tx:
                await record(tx, TramOpened(line="1"), aggregate_id=aggregate, occurred_at=NOON)

        async with database.transaction() as tx:
            await record(tx, TramOpened(line="1"), aggregate_id=aggregate, occurred_at=NOON)
            second = asyncio.create_task(forgetful())
            await eventually(lambda: _somebody_waits(database), what="the second writer's wait for the first")
        with pytest.raises(DBAPIError, match="duplicate key"):
            await second

    @pytest.mark.parametrize(
        "statement", ["UPDATE journal SET data = '{}'", "DELETE FROM journal", "TRUNCATE journal"]
    )
    async def test_the_journal_refuses_change_even_by_its_owner(
        self, database: Database, statement: str
    ) -> None:
        async with database.transaction() as tx:
            await record(tx, TramOpened(line="1"), aggregate_id=new_uuid(), occurred_at=NOON)
        with pytest.raises(DBAPIError, match=r"append-only|permission denied"):
            async with database.transaction() as tx:
                await tx.execute(text(statement))

    async def test_refilling_the_outbox_twice_queues_each_row_once(self, database: Database) -> None:
        async with database.transaction() as tx:
            await record(tx, TramOpened(line="1"), aggregate_id=new_uuid(), occurred_at=NOON)
            await tx.execute(text("DELETE FROM outbox"))
            assert await refill_outbox(tx) == 1
            assert await refill_outbox(tx) == 0
