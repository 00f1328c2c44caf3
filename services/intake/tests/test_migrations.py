from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from services.intake.tables import metadata
from shared.database.connection import Database
from shared.database.migrate import migrate

SHAPE = text(
    """
    SELECT 'default', table_name || '.' || column_name,
           replace(coalesce(column_default, ''), CAST(:schema AS text) || '.', '')
    FROM information_schema.columns WHERE table_schema = :schema
    UNION ALL
    SELECT 'constraint', conname, replace(pg_get_constraintdef(c.oid), CAST(:schema AS text) || '.', '')
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE nspname = :schema
    UNION ALL
    SELECT 'index', indexname, replace(indexdef, CAST(:schema AS text) || '.', '')
    FROM pg_indexes WHERE schemaname = :schema
    UNION ALL
    SELECT 'sequence', sequencename, concat_ws(' ', start_value, min_value, max_value, increment_by)
    FROM pg_sequences WHERE schemaname = :schema
    """
)


def _differences(connection: Connection) -> list[object]:
    """What differs; comments live in ``tables.py`` alone, for readers of the code."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found: list[object] = [
        one for one in compare_metadata(context, metadata) if one[0] != "add_table_comment"
    ]
    return found


def _create_wanted(connection: Connection) -> None:
    connection.execute(text("CREATE SCHEMA wanted"))
    metadata.create_all(connection.execution_options(schema_translate_map={None: "wanted"}))


async def _shape(database: Database, schema: str) -> set[tuple[str, ...]]:
    async with database.transaction() as tx:
        rows = {tuple(row) for row in await tx.execute(SHAPE, {"schema": schema})}
    return {row for row in rows if "alembic_version" not in row[1]}


class TestMigrations:
    async def test_make_what_the_tables_say(self, empty_database_url: str) -> None:
        await migrate("intake", empty_database_url, rehearsal=True)
        database = await Database.connect(empty_database_url)
        async with database.engine.connect() as connection:
            assert await connection.run_sync(_differences) == []
        await database.close()

    async def test_make_the_same_defaults_constraints_and_indexes(self, empty_database_url: str) -> None:
        await migrate("intake", empty_database_url, rehearsal=True)
        database = await Database.connect(empty_database_url)
        async with database.transaction() as tx:
            await tx.run_sync(_create_wanted)
        made, wanted = await _shape(database, "public"), await _shape(database, "wanted")
        await database.close()
        assert made - wanted == set()
        assert wanted - made == set()

    async def test_go_down_to_nothing_and_up_again(self, empty_database_url: str) -> None:
        await migrate("intake", empty_database_url, rehearsal=True)
        await migrate("intake", empty_database_url, down=True)
        database = await Database.connect(empty_database_url)
        assert await _shape(database, "public") == set()
        await database.close()
        await migrate("intake", empty_database_url, rehearsal=True)
