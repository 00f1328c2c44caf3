"""The catalogue in other formats, each at an address of its own, so that every cache on the way keeps them apart."""

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.catalog.domain.entry import Order, Wanted
from services.catalog.endpoints.conditional import CONDITIONAL, answered
from services.catalog.linked_data import (
    GEOJSON,
    JSON_LD,
    JSON_LINES,
    data_set,
    feature_of,
    project_in_schema_org,
)
from services.catalog.repository.reading import CatalogueReader, Hit
from services.catalog.schemas.conditions import ProjectConditions
from services.catalog.schemas.projects import ProjectOut
from shared.auth.dependencies import PUBLIC
from shared.errors import NotFound
from shared.http.problems import problems
from shared.ids import ProjectId

router = APIRouter(prefix="/v1", tags=["formats"], dependencies=[PUBLIC])
MOST_PROJECTS = 20_000
"""In one file; they are put together in memory, so that a slow reader holds no connection to the database."""
_AT_ONCE = 500
_PREFIX = "/catalog"


def _in(media_type: str, kind: str) -> dict[int | str, dict[str, Any]]:
    described = {"description": "The answer", "content": {media_type: {"schema": {"type": kind}}}}
    return {**CONDITIONAL, 200: {**CONDITIONAL[200], **described}}


@router.get(
    "/projects.geojson",
    operation_id="exportProjectsGeojson",
    summary="Read projects as GeoJSON",
    response_class=Response,
    responses=_in(GEOJSON, "object"),
)
async def export_geojson(request: Request, query: Annotated[ProjectConditions, Query()]) -> Response:
    """Every project that fits (at most 20,000, by number) as a feature (RFC 7946).

    `geometry` is its position, null where none is known; `properties` are what the list shows.
    """
    wanted = query.wanted()

    async def make(reader: CatalogueReader) -> bytes:
        features = [_feature(hit) async for hit in _every(reader, wanted)]
        return b'{"type":"FeatureCollection","features":[' + b",".join(features) + b"]}"

    return await answered(request, ("exportProjectsGeojson", wanted), make, media_type=GEOJSON)


@router.get(
    "/projects.jsonl",
    operation_id="exportProjectsJsonLines",
    summary="Read projects as JSON Lines",
    response_class=Response,
    responses=_in(JSON_LINES, "string"),
)
async def export_json_lines(request: Request, query: Annotated[ProjectConditions, Query()]) -> Response:
    """Every project that fits (at most 20,000, by number), each on a line as the list shows it."""
    wanted = query.wanted()

    async def make(reader: CatalogueReader) -> bytes:
        return b"".join([_json(hit) + b"\n" async for hit in _every(reader, wanted)])

    return await answered(request, ("exportProjectsJsonLines", wanted), make, media_type=JSON_LINES)


@router.get(
    "/projects/{project_id}/jsonld",
    operation_id="getProjectJsonLd",
    summary="Read a project in the words of schema.org",
    response_class=Response,
    responses={**_in(JSON_LD, "object"), **problems(NotFound)},
)
async def get_project_json_ld(request: Request, project_id: UUID) -> Response:
    """A project as JSON-LD; what is not published is left out."""
    base = _base(request)

    async def make(reader: CatalogueReader) -> bytes:
        entry = await reader.find(ProjectId(project_id))
        if entry is None:
            raise NotFound("project")
        return _written(project_in_schema_org(entry, base))

    return await answered(request, ("getProjectJsonLd", project_id, base), make, media_type=JSON_LD)


@router.get(
    "/dataset",
    operation_id="getDataset",
    summary="Read what this data set is, for data portals",
    response_class=Response,
    responses=_in(JSON_LD, "object"),
)
async def get_dataset(request: Request) -> Response:
    """The description of the data set for harvesters (DCAT-AP 3, as JSON-LD): publisher, rights, files."""
    base = _base(request)

    async def make(reader: CatalogueReader) -> bytes:
        facets = await reader.facets(await reader.request(Wanted()))
        return _written(data_set(facets, base))

    return await answered(request, ("getDataset", base), make, media_type=JSON_LD)


async def _every(reader: CatalogueReader, wanted: Wanted) -> AsyncIterator[Hit]:
    """Piece by piece, so that other requests have their turn."""
    found = await reader.request(wanted)
    after: tuple[int | UUID, ...] | None = None
    for _ in range(MOST_PROJECTS // _AT_ONCE):
        hits = await reader.hits(found, Order.NUMBER, after=after, fetch=_AT_ONCE)
        for hit in hits:
            yield hit
        if len(hits) < _AT_ONCE:
            return
        after = hits[-1].keys


def _json(hit: Hit) -> bytes:
    return ProjectOut.of(hit.entry, hit.metres).model_dump_json().encode()


def _feature(hit: Hit) -> bytes:
    shown = ProjectOut.of(hit.entry, hit.metres).model_dump(mode="json")
    return _written(feature_of(hit.entry.project, shown))


def _written(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _base(request: Request) -> str:
    """Where the catalogue is for everybody; never what a request says of itself."""
    return f"{request.app.state.public_url}{_PREFIX}"
