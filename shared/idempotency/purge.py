"""The schedule that forgets old answers; every service's worker has it."""

from shared.database.connection import Database
from shared.idempotency.store import purge_expired
from shared.worker import Schedule

PURGE_EVERY_SECONDS = 3600.0


def purge_schedule(database: Database) -> Schedule:
    """Deletes expired answers by the hour; safe with several workers. Import it from here: it knows the worker."""

    async def purge() -> None:
        await purge_expired(database)

    return Schedule("purge idempotency keys", PURGE_EVERY_SECONDS, purge)
