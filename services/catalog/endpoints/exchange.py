"""The catalogue as a table, to be taken along: CSV and XLSX, which an import reads back."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from services.catalog.domain.entry import Order
from services.catalog.domain.table.importing import MOST_ROWS
from services.catalog.domain.table.rows import cells_of
from services.catalog.domain.table.text import CSV, write_csv
from services.catalog.endpoints.conditional import CONDITIONAL, answered
from services.catalog.repository.reading import CatalogueReader
from services.catalog.schemas.conditions import ProjectConditions
from services.catalog.sheets import XLSX, write_xlsx
from shared.auth.dependencies import PUBLIC

router = APIRouter(prefix="/v1", tags=["exchange"], dependencies=[PUBLIC])
_ROWS = MOST_ROWS - 1
"""As many as an import takes, below its header."""


def _file(media_type: str, schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    table = {"description": "The table, as a file", "content": {media_type: {"schema": schema}}}
    return {**CONDITIONAL, 200: {**CONDITIONAL[200], **table}}


async def _rows(reader: CatalogueReader, conditions: ProjectConditions) -> list[list[str]]:
    found = await reader.request(conditions.wanted())
    hits = await reader.hits(found, Order.NUMBER, after=None, fetch=_ROWS)
    return [list(cells_of(hit.entry.project).values()) for hit in hits]


@router.get(
    "/projects.csv",
    operation_id="exportProjectsCsv",
    summary="Export projects as CSV",
    response_class=Response,
    responses=_file(CSV, {"type": "string"}),
)
async def export_csv(request: Request, query: Annotated[ProjectConditions, Query()]) -> Response:
    """Every project that fits, in one file, at most 9,999: UTF-8 with a byte order mark, so that Excel shows Hangul.

    An empty cell is a value that is not published. A cell that a spreadsheet would take for a formula has an apostrophe
    in front. `stage`, `country_ko`, `country_en` and `sectors_basis` only show what follows from the others.
    """

    async def make(reader: CatalogueReader) -> bytes:
        return await run_in_threadpool(write_csv, await _rows(reader, query))

    asked = ("exportProjectsCsv", query.wanted())
    return await answered(request, asked, make, media_type=CSV, file_name="k-city-projects.csv")


@router.get(
    "/projects.xlsx",
    operation_id="exportProjectsXlsx",
    summary="Export projects as XLSX",
    response_class=Response,
    responses=_file(XLSX, {"type": "string", "format": "binary"}),
)
async def export_xlsx(request: Request, query: Annotated[ProjectConditions, Query()]) -> Response:
    """The same table as a workbook; what only shows has a grey header."""

    async def make(reader: CatalogueReader) -> bytes:
        return await run_in_threadpool(write_xlsx, await _rows(reader, query))

    asked = ("exportProjectsXlsx", query.wanted())
    return await answered(request, asked, make, media_type=XLSX, file_name="k-city-projects.xlsx")
