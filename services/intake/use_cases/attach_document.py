"""Attach a document to a draft, and take one away."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.intake.domain.access import must_own, must_see
from services.intake.domain.application import Application, Document, ScanState, Step
from services.intake.domain.documents import DocumentNotCleared
from services.intake.repository.applications import find_application, save_content
from services.intake.repository.calls import Calls
from services.intake.repository.documents import add_document, find_document, remove_document
from services.intake.use_cases.check_application import check_application
from services.intake.use_cases.read_application import lock_own_application
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound
from shared.ids import DocumentId


@dataclass(frozen=True, slots=True)
class Attached:
    """The document, and the one of the same kind that it replaced: its bytes may go after the commit."""

    document: Document
    replaced: DocumentId | None


async def attach_document(
    tx: Tx, calls: Calls, document: Document, salt: bytes, *, caller: Caller, arrival: Arrival
) -> Attached:
    """Attach what was stored already; one of each kind. Raises ``NotFound``, ``Forbidden``, ``NotADraft``."""
    application = await lock_own_application(tx, document.application_id, caller=caller)
    application.after(Step.CHANGE)
    document = replace(document, salt=salt)
    former = next((one for one in application.documents if one.kind == document.kind), None)
    if former is not None:
        await remove_document(tx, former.id)
    others = tuple(one for one in application.documents if one is not former)
    await add_document(tx, document, salt)
    await _save_documents(tx, calls, application, (*others, document), arrival)
    await _audit(tx, "attach_document", document, caller, arrival)
    return Attached(document, None if former is None else former.id)


async def detach_document(
    tx: Tx, calls: Calls, document_id: UUID, *, caller: Caller, arrival: Arrival
) -> Document:
    """Take a document out of a draft; its bytes may go after the commit. Raises as ``attach_document``."""
    document = await find_document(tx, document_id)
    if document is None:
        raise NotFound("document")
    application = await find_application(tx, document.application_id, lock=True)
    if application is None or document_id not in {one.id for one in application.documents}:
        raise NotFound("document")
    must_own(caller, application, what="document")
    application.after(Step.CHANGE)
    await remove_document(tx, document.id)
    left = tuple(one for one in application.documents if one.id != document_id)
    await _save_documents(tx, calls, application, left, arrival)
    await _audit(tx, "delete_document", document, caller, arrival)
    return document


async def read_document(tx: Tx, document_id: UUID, *, caller: Caller, arrival: Arrival) -> Document:
    """A document to be downloaded; the read is written down. Raises ``NotFound``, ``DocumentNotCleared``."""
    document = await see_document(tx, document_id, caller=caller)
    if document.scan_state in (ScanState.PENDING, ScanState.INFECTED):
        raise DocumentNotCleared(document.scan_state)
    await _audit(tx, "read_document", document, caller, arrival)
    return document


async def see_document(tx: Tx, document_id: UUID, *, caller: Caller) -> Document:
    """What is known of a document. Raises ``NotFound``."""
    document = await find_document(tx, document_id)
    application = None if document is None else await find_application(tx, document.application_id)
    if document is None or application is None:
        raise NotFound("document")
    must_see(caller, application, what="document")
    return document


async def _save_documents(
    tx: Tx, calls: Calls, application: Application, documents: tuple[Document, ...], arrival: Arrival
) -> None:
    changed = replace(application, documents=documents, revision=application.revision + 1)
    call = await calls.by_id(tx, application.call_id)
    if call is None:
        raise NotFound("call")
    await save_content(tx, changed, check_application(changed, call), changed_at=arrival.at)


async def _audit(tx: Tx, action: str, document: Document, caller: Caller, arrival: Arrival) -> None:
    await write_audit(
        tx,
        actor=caller.subject,
        action=action,
        object_type="document",
        object_id=document.id,
        business_at=arrival.at,
        facts={"application_id": str(document.application_id), "kind": document.kind},
    )
