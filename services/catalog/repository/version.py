"""What all that readers see depends on, as one text: another text, and an answer may be another one."""

from sqlalchemy import text

from shared.database.connection import Database, Tx

VERSION = """
SELECT version::text || coalesce((
    SELECT string_agg(' ' || call.id::text || '/' || call.version::text, '' ORDER BY call.id)
    FROM call
    WHERE EXISTS (SELECT FROM project WHERE project.call_id = call.id)
), '')
FROM catalogue_version
"""
"""The version of the entries, then of the calls that they name."""
_SNAPSHOT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
_VERSION = text(VERSION)


async def version_now(database: Database) -> str:
    """What the catalogue is at this moment, by one cheap statement."""
    found: str = await database.pool.fetchval(VERSION)
    return found


async def version_seen(tx: Tx) -> str:
    """What the catalogue is as this transaction sees it, which reads from now on nothing newer."""
    await tx.execute(_SNAPSHOT)
    return str(await tx.scalar(_VERSION))


def of_entries(version: str) -> int:
    """The part of a version that rises with the entries."""
    return int(version.partition(" ")[0])
