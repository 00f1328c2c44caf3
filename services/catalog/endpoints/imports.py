"""Imports: a file is looked at first, and changes the catalogue only when what it changes is applied."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from services.catalog.countries import COUNTRIES, country_of
from services.catalog.dependencies import DatabaseDep
from services.catalog.domain.table.faults import TableInvalid
from services.catalog.domain.table.file import (
    MOST_BYTES,
    GivenFile,
    ImportAppliedAlready,
    ImportFaulty,
    ImportMediaTypeNotAllowed,
    ImportOutdated,
)
from services.catalog.domain.table.importing import Sheet
from services.catalog.domain.table.text import CSV, read_csv
from services.catalog.endpoints import rules
from services.catalog.repository.imports import find_import, list_imports
from services.catalog.schemas.imports import ImportOut, ImportSummary
from services.catalog.sheets import XLSX, read_xlsx
from services.catalog.use_cases.apply_import import apply_import
from services.catalog.use_cases.preview_import import preview_import
from shared.canonical import sha256_hex
from shared.database.connection import Tx
from shared.errors import NotFound, StaleVersion
from shared.etag import IfMatchDep, PreconditionRequired, etag_of
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.idempotency.act import (
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    KeyReused,
    TwinInFlight,
)
from shared.limits import Cost, costs
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParamsDep

router = APIRouter(prefix="/v1/imports", tags=["imports"])
_ACTS = (IdempotencyKeyMissing, IdempotencyKeyInvalid, KeyReused, TwinInFlight)
_READ = {CSV: read_csv, XLSX: read_xlsx}
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            media_type: {"schema": {"type": "string", "format": "binary", "maxLength": MOST_BYTES}}
            for media_type in _READ
        },
    }
}
_ADDRESS = r"^https?://[!-.0-~]+\.[!-~]+$"


async def declared_media_type(request: Request) -> str:
    """The Content-Type. Raises ``ImportMediaTypeNotAllowed`` before the body is read."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in _READ:
        raise ImportMediaTypeNotAllowed(tuple(_READ))
    return media_type


@router.post(
    "",
    operation_id="previewImport",
    dependencies=[rules.IMPORT],
    summary="Give a file and see what it would change",
    status_code=201,
    max_body_size=MOST_BYTES,
    openapi_extra={**_BODY, **costs(Cost.UPLOADS)},
    responses=problems(*_ACTS, ImportMediaTypeNotAllowed),
)
async def post_import(
    request: Request,
    media_type: Annotated[str, Depends(declared_media_type)],
    name: Annotated[
        str,
        Query(alias="file_name", min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]+$"),
    ],
    act: ActDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    response: Response,
    source: Annotated[str | None, Query(max_length=500, pattern=_ADDRESS)] = None,
) -> ImportOut:
    """Any columns of an export, with the projects named by `id` or `no`. An empty cell changes nothing.

    The answer is every change by cell, or every fault. The catalogue stays as it is until the import is applied.
    A new value needs a source: in the column `<fact>_source`, or `source` for all.
    """
    content = await request.body()
    digest = sha256_hex(content)
    async with act.with_content(f"{media_type} {digest}".encode()).once(database) as once:
        if once.kept is None:
            given = GivenFile(name, media_type, len(content), digest, source)
            made = await preview_import(
                once.tx,
                given,
                await run_in_threadpool(_read, media_type, content),
                countries=COUNTRIES,
                caller=act.caller,
                arrival=arrival,
            )
            await once.keep(status=201, reference=str(made.id))
            return await _shown(once.tx, made.id, response)
        return await _shown(once.tx, UUID(once.kept.reference), response)


@router.get(
    "",
    operation_id="listImports",
    dependencies=[rules.LIST_IMPORTS],
    summary="List imports",
    responses=problems(CursorInvalid, CursorMismatch),
)
async def get_imports(page: PageParamsDep, database: DatabaseDep) -> Page[ImportSummary]:
    """The newest first: who gave which file when, and whether it was applied."""
    query = {"list": "imports"}
    after = page.after(query, datetime.fromisoformat, UUID)
    async with database.transaction() as tx:
        found = await list_imports(tx, (after[0], after[1]) if after else None, page.fetch)
    shown, cursor = page.cut(query, found, lambda one: (one.created_at, one.id))
    return Page(items=[ImportSummary.of(one) for one in shown], next_cursor=cursor)


@router.get(
    "/{import_id}",
    operation_id="getImport",
    dependencies=[rules.READ_IMPORT],
    summary="Read an import with its preview",
    responses=problems(NotFound),
)
async def get_import(import_id: UUID, database: DatabaseDep, response: Response) -> ImportOut:
    """All that it changes or changed, or all that is wrong with it; with its ETag."""
    async with database.transaction() as tx:
        return await _shown(tx, import_id, response)


@router.post(
    "/{import_id}/application",
    operation_id="applyImport",
    dependencies=[rules.APPLY_IMPORT],
    summary="Apply an import",
    status_code=201,
    responses=problems(
        *(*_ACTS, NotFound, PreconditionRequired, StaleVersion),
        *(ImportFaulty, ImportAppliedAlready, ImportOutdated),
    ),
)
async def post_application(
    import_id: UUID,
    if_match: IfMatchDep,
    act: ActDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    response: Response,
) -> ImportOut:
    """Make exactly the changes of its preview, all of them or none. Once: when an entry changed meanwhile, 409 names the rows."""
    async with act.once(database) as once:
        if once.kept is None:
            await apply_import(
                once.tx,
                import_id,
                if_match=if_match,
                country_of=country_of,
                caller=act.caller,
                arrival=arrival,
            )
            await once.keep(status=201, reference=str(import_id))
        return await _shown(once.tx, import_id, response)


def _read(media_type: str, content: bytes) -> Sheet | TableInvalid:
    try:
        return _READ[media_type](content)
    except TableInvalid as error:
        return error


async def _shown(tx: Tx, import_id: UUID, response: Response) -> ImportOut:
    found = await find_import(tx, import_id)
    if found is None:
        raise NotFound("import")
    response.headers["ETag"] = etag_of(found.revision)
    return ImportOut.of(found)
