"""Take an upload in: stream it to the store first, then attach it in one transaction, leaving nothing behind."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

import structlog

from services.intake.document_store import DocumentStore, DocumentStoreUnavailable, Stored
from services.intake.domain.access import must_own
from services.intake.domain.application import Document, ScanState, Step
from services.intake.domain.documents import DocumentTooLarge, DocumentTypeNotAllowed, requirement
from services.intake.repository.calls import Calls
from services.intake.use_cases.attach_document import attach_document, see_document
from services.intake.use_cases.read_application import see_application
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Database
from shared.errors import NotFound
from shared.events.call_definition import RequiredDocument
from shared.idempotency.act import Act, TwinInFlight
from shared.ids import ApplicationId, DocumentId, new_uuid

log = structlog.get_logger()
CREATED = 201


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in; ``length_bytes`` as announced, None when it was not."""

    application_id: ApplicationId
    kind: str
    file_name: str
    media_type: str
    length_bytes: int | None
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class DocumentRoom:
    """Where documents are taken in. ``scan_state``: what a new one starts with."""

    database: Database
    calls: Calls
    store: DocumentStore
    scan_state: ScanState


async def upload_document(room: DocumentRoom, upload: Upload, *, act: Act, arrival: Arrival) -> Document:
    """The attached document, or what the same act attached before.

    Raises ``NotFound``, ``Forbidden``, ``NotADraft``, ``Invalid`` for a kind the call does not ask for,
    ``DocumentTypeNotAllowed``, ``DocumentTooLarge``, ``DocumentContentMismatch``, ``DocumentEmpty``.
    """
    if await act.is_kept(room.database):
        return await _repeated(room, upload, act)
    wanted = await _wanted(room, upload, act.caller)
    if upload.media_type not in wanted.media_types:
        raise DocumentTypeNotAllowed(wanted.media_types)
    if upload.length_bytes is not None and upload.length_bytes > wanted.max_bytes:
        raise DocumentTooLarge(wanted.max_bytes)
    document_id = DocumentId(new_uuid())
    stored = await room.store.put(
        document_id, upload.chunks, media_type=upload.media_type, max_bytes=wanted.max_bytes
    )
    document = _document(room, upload, document_id, stored, arrival)
    left_over: DocumentId | None = document_id  # until a transaction has committed a row that names it
    try:
        async with act.with_content(bytes.fromhex(stored.sha256)).once(room.database) as once:
            if once.kept is None:
                attached = await attach_document(
                    once.tx, room.calls, document, stored.salt, caller=act.caller, arrival=arrival
                )
                await once.keep(status=CREATED, reference=str(document_id))
                replaced = attached.replaced
            else:
                document = await see_document(once.tx, UUID(once.kept.reference), caller=act.caller)
                replaced = document_id
        left_over = replaced
    finally:
        await discard(room.store, left_over)
    return document


async def _repeated(room: DocumentRoom, upload: Upload, act: Act) -> Document:
    """What the act attached before, also when the draft was submitted since. Nothing is stored again.

    Raises ``NotFound`` where it was taken away since, ``KeyReused`` for another file.
    """
    async with room.database.transaction() as tx:
        await see_application(tx, upload.application_id, caller=act.caller)
    digest = hashlib.sha256()
    async for chunk in upload.chunks:
        digest.update(chunk)
    async with act.with_content(digest.digest()).once(room.database) as once:
        if once.kept is None:  # forgotten in this very moment
            raise TwinInFlight
        return await see_document(once.tx, UUID(once.kept.reference), caller=act.caller)


async def discard(store: DocumentStore, document_id: DocumentId | None) -> None:
    """Erase bytes that no row names. Should the store be away they stay, unreachable, and it is logged."""
    if document_id is None:
        return
    try:
        await store.delete(document_id)
    except DocumentStoreUnavailable:
        log.warning("document.left_behind", document_id=str(document_id))


async def _wanted(room: DocumentRoom, upload: Upload, caller: Caller) -> RequiredDocument:
    """What the call says of such a document. Refuses before the upload what would be refused after it."""
    async with room.database.transaction() as tx:
        application = await see_application(tx, upload.application_id, caller=caller)
        must_own(caller, application)
        application.after(Step.CHANGE)
        call = await room.calls.by_id(tx, application.call_id)
    if call is None:
        raise NotFound("call")
    return requirement(call.track(application.track), upload.kind)


def _document(
    room: DocumentRoom, upload: Upload, document_id: DocumentId, stored: Stored, arrival: Arrival
) -> Document:
    return Document(
        id=document_id,
        application_id=upload.application_id,
        kind=upload.kind,
        file_name=upload.file_name,
        media_type=upload.media_type,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        commitment=stored.commitment,
        scan_state=room.scan_state,
        uploaded_at=arrival.at,
    )
