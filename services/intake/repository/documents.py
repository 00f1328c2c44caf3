"""Documents in the database; their bytes lie in the document store."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from services.intake.domain.application import Document
from services.intake.repository.applications import read_document
from services.intake.tables import document, metadata
from shared.database.connection import Tx
from shared.ids import DocumentId


async def add_document(tx: Tx, one: Document, salt: bytes) -> None:
    """Store what is known of a document, and the salt of its commitment."""
    values = {
        "id": one.id,
        "application_id": one.application_id,
        "kind": one.kind,
        "file_name": one.file_name,
        "media_type": one.media_type,
        "size_bytes": one.size_bytes,
        "sha256": one.sha256,
        "salt": salt,
        "commitment": one.commitment,
        "scan_state": one.scan_state,
        "uploaded_at": one.uploaded_at,
    }
    await tx.execute(insert(document).values(values))


async def remove_document(tx: Tx, document_id: DocumentId) -> None:
    """Forget a document and its salt."""
    await tx.execute(delete(document).where(document.c.id == document_id))


async def find_document(tx: Tx, document_id: UUID) -> Document | None:
    """What is known of a document."""
    row = (await tx.execute(select(document).where(document.c.id == document_id))).mappings().one_or_none()
    return None if row is None else read_document(row)


async def without_row(tx: Tx, ids: Collection[DocumentId]) -> set[DocumentId]:
    """Those of ``ids`` that no row names."""
    known = set(await tx.scalars(select(document.c.id).where(document.c.id.in_(ids))))
    return set(ids) - known


async def restored_at(tx: Tx) -> datetime | None:
    """When this database's present time line was first seen, None where it still lives on its first one."""
    line = metadata.tables["database_timeline"].c
    known = (await tx.execute(select(line.known_at).order_by(line.timeline.desc()))).scalars().all()
    return known[0] if len(known) > 1 else None
