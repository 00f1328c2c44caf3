"""Imports with their previews."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, insert, select, tuple_, update

from services.catalog.domain.table.faults import Fault
from services.catalog.domain.table.file import GivenFile, TableImport
from services.catalog.domain.table.importing import CellChange, Preview, RowChange
from services.catalog.tables import project_import
from shared.database.connection import Tx


async def add_import(tx: Tx, given: TableImport) -> None:
    """Keep a new import."""
    changes = [{**asdict(row), "project_id": str(row.project_id)} for row in given.preview.changes]
    await tx.execute(
        insert(project_import).values(
            id=given.id,
            created_at=given.created_at,
            created_by=given.created_by,
            file_name=given.file.name,
            media_type=given.file.media_type,
            size_bytes=given.file.size_bytes,
            sha256=given.file.sha256,
            source=given.file.source,
            rows=given.preview.rows,
            changes=changes,
            faults=[asdict(fault) for fault in given.preview.faults],
        )
    )


async def find_import(tx: Tx, import_id: UUID, *, lock: bool = False) -> TableImport | None:
    """The import with this id; ``lock``: nobody else applies it until the transaction ends."""
    statement = select(project_import).where(project_import.c.id == import_id)
    row = (await tx.execute(statement.with_for_update() if lock else statement)).mappings().first()
    return _import_of(row) if row else None


async def list_imports(tx: Tx, after: tuple[datetime, UUID] | None, fetch: int) -> list[TableImport]:
    """At most ``fetch`` imports, the newest first, from behind ``after``."""
    keys = (project_import.c.created_at, project_import.c.id)
    statement = select(project_import).order_by(*(key.desc() for key in keys)).limit(fetch)
    if after is not None:
        statement = statement.where(tuple_(*keys) < tuple_(*after))
    return [_import_of(row) for row in (await tx.execute(statement)).mappings()]


async def mark_applied(tx: Tx, import_id: UUID, *, at: datetime, by: str) -> None:
    """Note that it was applied. The caller holds its lock."""
    statement = update(project_import).where(project_import.c.id == import_id)
    await tx.execute(statement.values(applied_at=at, applied_by=by))


def _import_of(row: RowMapping) -> TableImport:
    changes = tuple(
        RowChange(
            one["row"],
            UUID(one["project_id"]),
            one["number"],
            one["revision"],
            tuple(CellChange(**cell) for cell in one["cells"]),
        )
        for one in row["changes"]
    )
    return TableImport(
        id=row["id"],
        created_at=row["created_at"],
        created_by=row["created_by"],
        file=GivenFile(row["file_name"], row["media_type"], row["size_bytes"], row["sha256"], row["source"]),
        preview=Preview(row["rows"], changes, tuple(Fault(**one) for one in row["faults"])),
        applied_at=row["applied_at"],
        applied_by=row["applied_by"],
    )
