from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from shared.database.connection import Database
from shared.idempotency_revisions import drop_v1
from shared.tests.idempotency.conftest import METADATA


class TestTable:
    async def test_is_what_its_frozen_ddl_makes(self, database: Database) -> None:
        def differences(connection: Connection) -> list[object]:
            options = {"compare_type": True, "compare_server_default": True}
            context = MigrationContext.configure(connection, opts=options)
            return list(compare_metadata(context, METADATA))

        async with database.transaction() as tx:
            await tx.execute(text("DROP TABLE ticket"))
            assert await tx.run_sync(differences) == []

    async def test_can_be_dropped(self, database: Database) -> None:
        class Op:
            def __init__(self, connection: Connection) -> None:
                self._connection = connection

            def execute(self, sqltext: str) -> None:
                self._connection.execute(text(sqltext))

        async with database.transaction() as tx:
            await tx.run_sync(lambda connection: drop_v1(Op(connection)))
            assert await tx.scalar(text("SELECT to_regclass('idempotency_key')")) is None
