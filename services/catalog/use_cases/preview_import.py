"""See what a file would change."""

from collections.abc import Callable
from uuid import UUID

from services.catalog.domain.entry import Entry
from services.catalog.domain.table.columns import BY_NAME, Countries
from services.catalog.domain.table.faults import TableInvalid
from services.catalog.domain.table.file import GivenFile, TableImport
from services.catalog.domain.table.importing import Preview, Sheet, keys_in, preview_of
from services.catalog.repository.imports import add_import
from services.catalog.repository.projects import ProjectRepository
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.ids import new_uuid


async def preview_import(
    tx: Tx,
    given: GivenFile,
    read: Sheet | TableInvalid,
    *,
    countries: Countries,
    caller: Caller,
    arrival: Arrival,
) -> TableImport:
    """Keep the file's digest and what it would change, or what is wrong with it; the catalogue stays as it is."""
    if isinstance(read, TableInvalid):
        preview = Preview(0, faults=read.faults)
    else:
        preview = preview_of(read, await _finder(tx, read), countries, source=given.source or "")
    made = TableImport(new_uuid(), arrival.at, caller.subject, given, preview)
    await add_import(tx, made)
    await write_audit(
        tx,
        actor=caller.subject,
        action="preview_import",
        object_type="import",
        object_id=made.id,
        business_at=arrival.at,
        facts={"sha256": given.sha256, "changes": len(preview.changes), "faults": len(preview.faults)},
    )
    return made


async def _finder(tx: Tx, sheet: Sheet) -> Callable[[str, str], Entry | None]:
    """Finds the entries that the sheet names, read all at once."""
    ids, numbers = keys_in(sheet)
    entries = await ProjectRepository(tx).find_several(
        [UUID(each) for each in ids if not BY_NAME["id"].check(each)],
        [int(each) for each in numbers if not BY_NAME["no"].check(each)],
    )
    by_id = {str(one.project.id): one for one in entries}
    by_number = {str(one.project.number): one for one in entries if one.project.number is not None}

    def find(project_id: str, number: str) -> Entry | None:
        return by_id.get(project_id) if project_id else by_number.get(str(int(number)))

    return find
