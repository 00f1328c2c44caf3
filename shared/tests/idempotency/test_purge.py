"""Forgetting old answers, in small steps and beside others."""

import asyncio

from sqlalchemy import text

from shared.database.connection import Database
from shared.idempotency.purge import purge_schedule
from shared.idempotency.store import purge_expired

FILL = text(
    "INSERT INTO idempotency_key (scope, key, fingerprint, status, reference, created_at, for_good) "
    "SELECT 'a POST /v1/tickets', :name || n, 'x', 201, '1', clock_timestamp() - make_interval(days => :days), :for_good "
    "FROM generate_series(1, :count) AS n"
)


async def fill(database: Database, name: str, count: int, *, days: int, for_good: bool = False) -> None:
    async with database.transaction() as tx:
        await tx.execute(FILL, {"name": name, "count": count, "days": days, "for_good": for_good})


async def left(database: Database) -> dict[str, int]:
    query = text("SELECT rtrim(key, '0123456789') AS name, count(*) AS rows FROM idempotency_key GROUP BY 1")
    async with database.engine.connect() as connection:
        return {row.name: row.rows for row in await connection.execute(query)}


class TestPurge:
    async def test_goes_on_in_small_transactions_until_nothing_old_is_left(self, database: Database) -> None:
        await fill(database, "old", 25, days=8)
        await fill(database, "young", 3, days=6)
        await fill(database, "receipt", 4, days=4000, for_good=True)
        assert await purge_expired(database, together=10) == 25
        assert await left(database) == {"young": 3, "receipt": 4}
        assert await purge_expired(database, together=10) == 0

    async def test_by_several_workers_at_once_deletes_each_row_once(self, database: Database) -> None:
        await fill(database, "old", 300, days=8)
        purged = await asyncio.gather(*(purge_expired(database, together=7) for _ in range(4)))
        await purge_schedule(database).run()
        assert sum(purged) <= 300
        assert await left(database) == {}

    async def test_waits_for_nobody_and_spares_a_key_that_is_renewed_at_this_moment(
        self, database: Database
    ) -> None:
        await fill(database, "old", 3, days=8)
        async with database.transaction() as tx:
            await tx.execute(
                text("UPDATE idempotency_key SET created_at = clock_timestamp() WHERE key = 'old2'")
            )
            assert await purge_expired(database) == 2
        await purge_schedule(database).run()
        assert await left(database) == {"old": 1}
