"""How a rebuild keeps consumers away: it says so first, so that they pause of themselves, then locks the watermarks.

The announcement keeps the database's connections free: whoever waited for the table's lock would hold one.
"""

import asyncio
import time

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.database.connection import Database, Tx

LOOK_SECONDS = 0.1
"""How long a consumer goes by what it saw of announcements."""
NOTICE_SECONDS = 0.25
"""From the announcement to the lock. A consumer that has not noticed waits for the lock: slower, as correct."""

ANNOUNCE = "SELECT pg_advisory_xact_lock(hashtext('kcity-rebuild'), 0)"
EXCLUDE = "LOCK TABLE watermark IN EXCLUSIVE MODE"
PATIENCE = "SET LOCAL lock_timeout = '25s'"
NO_HURRY = "SET LOCAL idle_in_transaction_session_timeout = 0"
SEEN = text(
    "SELECT EXISTS (SELECT FROM pg_locks WHERE granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND (locktype = 'relation' AND mode = 'ExclusiveLock' AND relation = 'watermark'::regclass "
    "OR locktype = 'advisory' AND objsubid = 2 AND objid = 0 "
    "AND classid::bigint = hashtext('kcity-rebuild')::bigint & 4294967295))"
)
LOCK_NOT_AVAILABLE = "55P03"


class RebuildFailed(Exception):
    """The rebuild was rolled back and nothing changed."""


class RebuildUnderWay(RebuildFailed):
    """Another rebuild is under way, or an event is being applied for longer than we wait."""

    def __init__(self) -> None:
        super().__init__("the watermarks stayed locked: another rebuild is under way; try again after it")


async def exclude_consuming(tx: Tx, *, patience: str = PATIENCE) -> None:
    """Until the transaction ends nobody applies events, in whichever process. Raises ``RebuildUnderWay``."""
    try:
        for statement in (NO_HURRY, patience, ANNOUNCE):
            await tx.execute(text(statement))
        await asyncio.sleep(NOTICE_SECONDS)
        await tx.execute(text(EXCLUDE))
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == LOCK_NOT_AVAILABLE:
            raise RebuildUnderWay from error
        raise


async def being_rebuilt(database: Database) -> bool:
    """Whether a rebuild of this database's copies was announced or is at work."""
    async with database.engine.connect() as connection:
        return bool(await connection.scalar(SEEN))


class RebuildWatch:
    """What a consumer knows of rebuilds: looked up a few times a second at most."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_at = 0.0
        self._seen = False

    async def under_way(self) -> bool:
        """Whether to pause. Raises what the database raises when it is down."""
        if time.monotonic() - self._looked_at > LOOK_SECONDS:
            self._looked_at = time.monotonic()
            self._seen = await being_rebuilt(self._database)
        return self._seen
