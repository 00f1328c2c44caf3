from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

from services.notification.tables import metadata
from shared.database.connection import engine_url
from shared.database.migrate import migrate


def is_compared(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """All but the one column of type json with a default: PostgreSQL has no comparison for such values."""
    return not (kind == "column" and name == "facts")


async def differences(url: str) -> list[object]:
    def compare(connection: Connection) -> list[object]:
        options = {"compare_type": True, "compare_server_default": True, "include_object": is_compared}
        context = MigrationContext.configure(connection, opts=options)
        found: list[object] = compare_metadata(context, metadata)
        # comments explain tables to readers of the code; the database need not carry them
        return [one for one in found if not (isinstance(one, tuple) and one[0] == "add_table_comment")]

    engine = create_async_engine(engine_url(url))
    async with engine.connect() as connection:
        found = await connection.run_sync(compare)
    await engine.dispose()
    return found


async def tables(url: str) -> set[str]:
    engine = create_async_engine(engine_url(url))
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        found = set(rows.scalars())
    await engine.dispose()
    return found


class TestMigrations:
    async def test_make_just_the_tables_that_the_code_knows(self, empty_database_url: str) -> None:
        await migrate("notification", empty_database_url)
        assert await differences(empty_database_url) == []

    async def test_go_up_and_down_and_up_again(self, empty_database_url: str) -> None:
        await migrate("notification", empty_database_url)
        await migrate("notification", empty_database_url, down=True)
        assert await tables(empty_database_url) == {"alembic_version"}
        await migrate("notification", empty_database_url, rehearsal=True)
        assert {"message", "contact", "call", "journal"} <= await tables(empty_database_url)
