"""Whether a service's migrations make exactly its tables, to the last default, constraint and index."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text

WANTED = "wanted"
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
"""What Alembic's comparison leaves out; type json, which has no equality, breaks its comparison of defaults."""


def differences(connection: Connection, metadata: MetaData) -> list[str]:
    """Every difference between the migrated database and ``metadata``; none when they are the same.

    Comments are left out: they explain tables to readers of the code. Makes the schema ``wanted`` on the
    way, so the connection's transaction is to be rolled back.
    """
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [str(one) for one in compare_metadata(context, metadata) if "comment" not in str(one[0])]
    connection.execute(text(f"CREATE SCHEMA {WANTED}"))
    metadata.create_all(connection.execution_options(schema_translate_map={None: WANTED}))
    made, wanted = shape(connection, "public"), shape(connection, WANTED)
    return [
        *found,
        *(f"only migrated: {one}" for one in sorted(made - wanted)),
        *(f"only in tables.py: {one}" for one in sorted(wanted - made)),
    ]


def shape(connection: Connection, schema: str) -> set[tuple[str, ...]]:
    """Defaults, constraints, indexes and sequences of a schema, without Alembic's own."""
    rows = {tuple(row) for row in connection.execute(SHAPE, {"schema": schema})}
    return {row for row in rows if "alembic_version" not in row[1]}
