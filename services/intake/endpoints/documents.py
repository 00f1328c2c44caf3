"""Documents: streamed in, hashed and sniffed on the way, always served through the service."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse

from services.intake.dependencies import CallsDep, DatabaseDep, DocumentStoreDep, SettingsDep
from services.intake.document_store import DocumentStoreUnavailable
from services.intake.domain.application import NotADraft, ScanState
from services.intake.domain.documents import (
    SIGNATURES,
    DocumentContentMismatch,
    DocumentEmpty,
    DocumentNotCleared,
    DocumentTooLarge,
    DocumentTypeNotAllowed,
    file_name,
)
from services.intake.endpoints import rules
from services.intake.schemas.documents import DocumentOut, Documents
from services.intake.use_cases.attach_document import detach_document, read_document
from services.intake.use_cases.read_application import see_application
from services.intake.use_cases.upload_document import DocumentRoom, Upload, discard, upload_document
from shared.auth.dependencies import CallerDep
from shared.errors import Forbidden, Invalid, NotFound
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.ids import ApplicationId
from shared.limits import Cost, costs

router = APIRouter(prefix="/v1", tags=["documents"])

MOST_BYTES = 200 * 1024 * 1024 + 1
"""One byte beyond what any call may allow, so that it is the call's own cap that refuses."""
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary", "maxLength": MOST_BYTES}}
_BODY: dict[str, Any] = {
    "requestBody": {"required": True, "content": dict.fromkeys(sorted(SIGNATURES), _BINARY)}
}


async def declared_media_type(request: Request) -> str:
    """The Content-Type, one that can be checked. Raises ``DocumentTypeNotAllowed`` before the body is read."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in SIGNATURES:
        raise DocumentTypeNotAllowed(tuple(sorted(SIGNATURES)))
    return media_type


async def announced_upload(
    request: Request,
    media_type: Annotated[str, Depends(declared_media_type)],
    application_id: UUID,
    kind: Annotated[str, Query(max_length=60, pattern=r"^[a-z][a-z0-9_]{0,59}$", examples=["project_plan"])],
    name: Annotated[
        str, Query(alias="file_name", min_length=1, max_length=200, examples=["project-plan.pdf"])
    ],
) -> Upload:
    """The upload as its head announces it; nothing of it is read yet."""
    length = request.headers.get("content-length", "")
    return Upload(
        application_id=ApplicationId(application_id),
        kind=kind,
        file_name=file_name(name),
        media_type=media_type,
        length_bytes=int(length) if length.isdecimal() else None,
        chunks=request.stream(),
    )


async def document_room(
    database: DatabaseDep, calls: CallsDep, store: DocumentStoreDep, settings: SettingsDep
) -> DocumentRoom:
    """Where documents are taken in."""
    unscanned = settings.documents_scan == "not_scanned"
    return DocumentRoom(database, calls, store, ScanState.NOT_SCANNED if unscanned else ScanState.PENDING)


@router.post(
    "/applications/{application_id}/documents",
    operation_id="uploadDocument",
    dependencies=[rules.CHANGE_APPLICATION],
    summary="Attach a document",
    status_code=201,
    max_body_size=MOST_BYTES,
    openapi_extra={**_BODY, **costs(Cost.UPLOADS)},
    responses=problems(
        *(NotFound, Forbidden, NotADraft, Invalid, DocumentTooLarge, DocumentTypeNotAllowed),
        *(DocumentContentMismatch, DocumentEmpty, DocumentStoreUnavailable),
        *(IdempotencyKeyMissing, IdempotencyKeyInvalid, KeyReused, TwinInFlight),
    ),
)
async def post_document(
    upload: Annotated[Upload, Depends(announced_upload)],
    act: ActDep,
    arrival: ArrivalDep,
    room: Annotated[DocumentRoom, Depends(document_room)],
) -> DocumentOut:
    """Attach the file in the body to a draft, where it replaces the one of the same kind.

    A file that is not what its Content-Type says, or larger than the call allows, is refused and not kept.
    """
    return DocumentOut.model_validate(await upload_document(room, upload, act=act, arrival=arrival))


@router.get(
    "/applications/{application_id}/documents",
    operation_id="listDocuments",
    dependencies=[rules.READ_APPLICATION],
    summary="List the documents of an application",
    responses=problems(NotFound),
)
async def list_documents(application_id: UUID, caller: CallerDep, database: DatabaseDep) -> Documents:
    """What is attached, one document of each kind."""
    async with database.transaction() as tx:
        application = await see_application(tx, application_id, caller=caller)
    return Documents(items=[DocumentOut.model_validate(one) for one in application.documents])


@router.get(
    "/documents/{document_id}/content",
    operation_id="downloadDocument",
    dependencies=[rules.READ_DOCUMENT],
    summary="Download a document",
    response_class=StreamingResponse,
    responses={
        200: {
            "content": dict.fromkeys(sorted(SIGNATURES), _BINARY),
            "description": "The file, in its own type",
        },
        **problems(NotFound, DocumentNotCleared, DocumentStoreUnavailable),
    },
)
async def download_document(
    document_id: UUID,
    caller: CallerDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    store: DocumentStoreDep,
) -> Response:
    """The file as it was uploaded, as an attachment; the read is written down before the first byte is sent."""
    async with database.transaction() as tx:
        document = await read_document(tx, document_id, caller=caller, arrival=arrival)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(document.file_name, safe='')}",
        "Content-Length": str(document.size_bytes),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    content = await store.get(document.id)
    return StreamingResponse(content, headers=headers, media_type=document.media_type)


@router.delete(
    "/documents/{document_id}",
    operation_id="deleteDocument",
    dependencies=[rules.DELETE_DOCUMENT],
    summary="Delete a document of a draft",
    status_code=204,
    responses=problems(NotFound, Forbidden, NotADraft),
)
async def delete_document(
    document_id: UUID,
    caller: CallerDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    calls: CallsDep,
    store: DocumentStoreDep,
) -> None:
    """Take the document out of the draft and erase its bytes; 404 when that was done before."""
    async with database.transaction() as tx:
        document = await detach_document(tx, calls, document_id, caller=caller, arrival=arrival)
    await discard(store, document.id)
