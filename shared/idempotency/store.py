"""The table of kept answers, and what a hand-written statement needs to use it too."""

import hashlib

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from shared.database.connection import Database

KEPT_DAYS = 7
PURGED_TOGETHER = 1000

INSERT_COLUMNS = ("scope", "key", "fingerprint", "status", "reference", "for_good")
"""The columns that one statement of the hot path inserts; ``created_at`` is the database's.

Use with ``lock_key``: first, in a statement of its own, ``SELECT pg_try_advisory_xact_lock($1)`` (false: a twin is
in flight); then the row of (scope, key); then the act and this insert, all in one transaction. Where all
is one statement its snapshot is older than its lock, so a twin that just committed shows as a violation of
``pk_idempotency_key``: roll back, read the row, and answer with what it refers to.
"""


# the lock looks at the row as it is by then: one that was renewed meanwhile no longer counts as expired
_PURGE = text(
    """
    DELETE FROM idempotency_key AS kept
    USING (
        SELECT scope, key FROM idempotency_key
        WHERE NOT for_good AND created_at < clock_timestamp() - make_interval(days => :days)
        ORDER BY created_at LIMIT :together
        FOR UPDATE SKIP LOCKED
    ) AS expired
    WHERE kept.scope = expired.scope AND kept.key = expired.key
    """
)


def add_idempotency_table(metadata: MetaData) -> Table:
    """Add the table to a service's metadata; its DDL is frozen in ``shared.idempotency_revisions``."""
    return Table(
        "idempotency_key",
        metadata,
        Column("scope", Text(collation="C"), primary_key=True),
        Column("key", Text(collation="C"), primary_key=True),
        Column("fingerprint", LargeBinary, nullable=False),
        Column("status", Integer, nullable=False),
        Column("reference", Text, nullable=False),
        Column(
            "created_at", DateTime(timezone=True), nullable=False, server_default=text("clock_timestamp()")
        ),
        Column("for_good", Boolean, nullable=False, server_default=text("false")),
        Index("ix_idempotency_key_expiring", "created_at", postgresql_where=text("NOT for_good")),
        comment=None,
    )


def lock_key(scope: str, key: str) -> int:
    """The signed 64-bit number for ``pg_try_advisory_xact_lock``: one for each (scope, key)."""
    digest = hashlib.sha256(f"idempotency\0{scope}\0{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


async def purge_expired(database: Database, *, together: int = PURGED_TOGETHER) -> int:
    """Delete what is older than ``KEPT_DAYS`` and not kept for good; how many rows went.

    At most ``together`` rows in a transaction, so that nobody waits long for one; several workers share the work.
    A key that is used anew at this moment is kept.
    """
    purged, last = 0, together
    while last == together:
        async with database.transaction() as tx:
            last = int((await tx.execute(_PURGE, {"days": KEPT_DAYS, "together": together})).rowcount)
        purged += last
    return purged
