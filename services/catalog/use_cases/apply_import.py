"""Apply an import."""

from uuid import UUID

from services.catalog.domain.history import Cause, Why
from services.catalog.domain.table.columns import CountryOf
from services.catalog.domain.table.file import TableImport
from services.catalog.domain.table.rows import rewritten
from services.catalog.repository.imports import find_import, mark_applied
from services.catalog.repository.projects import ProjectRepository
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound
from shared.etag import IfMatch
from shared.ids import ProjectId


async def apply_import(
    tx: Tx, import_id: UUID, *, if_match: IfMatch, country_of: CountryOf, caller: Caller, arrival: Arrival
) -> None:
    """Change just what its preview says, all of it or nothing.

    Raises ``NotFound``, ``ImportAppliedAlready``, ``ImportFaulty``, ``StaleVersion``, and ``ImportOutdated`` when an
    entry is no longer as the preview saw it.
    """
    found = await find_import(tx, import_id, lock=True)
    if found is None:
        raise NotFound("import")
    found.must_be_applicable()
    if_match.check(found.revision)
    await _change(tx, found, country_of, caller, arrival)
    await mark_applied(tx, import_id, at=arrival.at, by=caller.subject)
    await write_audit(
        tx,
        actor=caller.subject,
        action="apply_import",
        object_type="import",
        object_id=import_id,
        business_at=arrival.at,
        facts={"sha256": found.file.sha256, "projects": len(found.preview.changes)},
    )


async def _change(
    tx: Tx, found: TableImport, country_of: CountryOf, caller: Caller, arrival: Arrival
) -> None:
    projects = ProjectRepository(tx)
    entries = await projects.lock_several([row.project_id for row in found.preview.changes])
    found.must_be_current(entries)
    why = Why(Cause.IMPORT, caller.subject, arrival.at, source=found.file.source, import_id=found.id)
    for row in found.preview.changes:
        entry = entries[ProjectId(row.project_id)]
        await projects.change(entry, rewritten(entry.project, row.after, country_of), why)
