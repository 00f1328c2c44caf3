from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from services.review.tables import metadata
from shared.database.connection import engine_url
from shared.database.migrate import migrate


def is_compared(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """All but the one column of type json with a default: PostgreSQL has no comparison for such values."""
    return not (kind == "column" and name == "facts")


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True, "include_object": is_compared}
    )
    found = compare_metadata(context, metadata)
    return [one for one in found if one[0] != "add_table_comment"]  # comments of shared tables stay in code


async def test_migrations_make_exactly_the_tables_and_take_them_back(empty_database_url: str) -> None:
    await migrate("review", empty_database_url, rehearsal=True)
    engine = create_async_engine(engine_url(empty_database_url), poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await migrate("review", empty_database_url, down=True)
    async with engine.connect() as connection:
        left = await connection.execute(
            text(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            )
        )
        assert left.all() == []
    await engine.dispose()
