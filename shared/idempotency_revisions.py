"""The DDL of the idempotency table, frozen by version: a service's migration calls the one it was written with."""

from shared.database.revisions import Operations

_CREATE_V1 = (
    """
    CREATE TABLE idempotency_key (
        scope text COLLATE "C" NOT NULL,
        key text COLLATE "C" NOT NULL,
        fingerprint bytea NOT NULL,
        status integer NOT NULL,
        reference text NOT NULL,
        created_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        for_good boolean DEFAULT false NOT NULL,
        CONSTRAINT pk_idempotency_key PRIMARY KEY (scope, key)
    )
    """,
    "CREATE INDEX ix_idempotency_key_expiring ON idempotency_key (created_at) WHERE NOT for_good",
)


def create_v1(op: Operations) -> None:
    """Create the table as of November 2026."""
    for statement in _CREATE_V1:
        op.execute(statement)


def drop_v1(op: Operations) -> None:
    """Drop what ``create_v1`` made."""
    op.execute("DROP TABLE idempotency_key")
