"""Which life of the database server this is: PostgreSQL begins a new time line whenever a server is restored or promoted.

The time lines that a database has lived on stand in ``database_timeline``. On another one it may have forgotten
acknowledged acts, published events and receipt numbers, so no connection of ours is used before
``shared.delivery.recovery`` has looked after that and written the time line down.
"""

from typing import Any

import asyncpg

PRESENT_TIMELINE = (
    "(CASE WHEN pg_is_in_recovery() THEN NULL "
    "ELSE CAST(CAST('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8) AS bit(32)) AS int) END)"
)
"""SQL: the present time line, null on a standby. Source: PostgreSQL, 27.3.6 (the first 8 digits of a WAL file)."""
KNOWN = f"SELECT at, EXISTS (SELECT FROM database_timeline WHERE timeline = at) AS known FROM (SELECT {PRESENT_TIMELINE} AS at) present"  # noqa: S608 - a constant


class UnknownTimeline(ConnectionError):
    """The database was restored or promoted and not recovered yet: to everybody else it is down."""

    def __init__(self, timeline: int | None) -> None:
        super().__init__(
            "the database server is a standby that replays: it takes no writes"
            if timeline is None
            else f"the database is on time line {timeline}, which it does not know: it was restored or promoted, "
            "and may have forgotten what it has published. Run "
            "`python -m shared.delivery.recovery <service>` (docs/runbooks/restore-a-database.md); "
            "until then nothing is read or written here."
        )
        self.timeline = timeline


async def timeline_is_known(connection: "asyncpg.Connection[Any]") -> tuple[int | None, bool]:
    """The present time line (None on a standby), and whether this database knows it."""
    row = await connection.fetchrow(KNOWN)
    if row is None:
        raise RuntimeError("the statement gives one row, always")
    return row["at"], row["known"]


async def must_be_known(connection: "asyncpg.Connection[Any]") -> None:
    """Raise ``UnknownTimeline`` unless the recovery of the present time line is done (or it is the first one)."""
    timeline, known = await timeline_is_known(connection)
    if not known:
        raise UnknownTimeline(timeline)
