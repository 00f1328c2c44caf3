"""What a migrated database and a service's tables disagree about."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData


def differences(connection: Connection, metadata: MetaData) -> list[str]:
    """Every difference, comments apart: they explain tables to readers of the code, the database carries none."""
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return [str(found) for found in compare_metadata(context, metadata) if "comment" not in str(found[0])]
