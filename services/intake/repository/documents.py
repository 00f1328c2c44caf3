"""Documents in the database; their bytes lie in the document store."""

from uuid import UUID

from sqlalchemy import delete, insert, select

from services.intake.domain.application import Document
from services.intake.repository.applications import read_document
from services.intake.tables import document
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
