"""Erase bytes in the document store that no row names: of uploads whose process died between the two."""

from datetime import timedelta

import structlog

from services.intake.document_store import DocumentStore, Listed
from services.intake.repository.documents import restored_at, without_row
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.audit import write_audit

log = structlog.get_logger()

SPARED = timedelta(days=1)
"""Younger bytes may belong to an upload that is not committed yet; none takes so long."""
ERASED_AT_ONCE = 1000


async def sweep_documents(
    database: Database, store: DocumentStore, clock: AuthorityClock, *, most: int = ERASED_AT_ONCE
) -> int:
    """Erase at most ``most`` documents that are older than ``SPARED`` and have no row; how many went.

    Real time. What was stored before the database was last restored stays: the restored one may have lost its row,
    and the bytes are then the only copy. Each erasure is audited. Several at once do no harm.
    """
    before = clock.technical().at - SPARED
    async with database.transaction() as tx:
        spared_until = await restored_at(tx)
    erased = 0
    async for page in store.listed():
        old = [
            one
            for one in page
            if one.stored_at < before and (spared_until is None or one.stored_at > spared_until)
        ]
        for left_over in await _left_over(database, old):
            if erased == most:
                return erased
            await store.delete(left_over.id)
            await _audit(database, left_over, clock)
            erased += 1
    return erased


async def _left_over(database: Database, old: list[Listed]) -> list[Listed]:
    if not old:
        return []
    async with database.transaction() as tx:
        nameless = await without_row(tx, [one.id for one in old])
    return [one for one in old if one.id in nameless]


async def _audit(database: Database, one: Listed, clock: AuthorityClock) -> None:
    async with database.transaction() as tx:
        await write_audit(
            tx,
            actor="worker:intake",
            action="erase_left_over_document",
            object_type="document",
            object_id=one.id,
            business_at=clock.now(),
            facts={"stored_at": one.stored_at.isoformat()},
        )
    log.warning("document.left_over_erased", document_id=str(one.id))
