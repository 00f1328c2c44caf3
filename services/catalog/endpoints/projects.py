"""The public catalogue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from services.catalog.answers import answers_of
from services.catalog.domain.entry import Entry
from services.catalog.endpoints.conditional import CONDITIONAL, answered
from services.catalog.endpoints.listing import Listing
from services.catalog.endpoints.short_way import ListRoute
from services.catalog.repository.reading import CatalogueReader
from services.catalog.schemas.conditions import Number, ProjectConditions, ProjectQuery
from services.catalog.schemas.facets import FacetsOut
from services.catalog.schemas.projects import ProjectOut, ProjectOutPage
from shared.auth.dependencies import PUBLIC
from shared.errors import NotFound
from shared.http.problems import problems
from shared.ids import ProjectId
from shared.pagination import CursorInvalid, CursorMismatch

router = APIRouter(prefix="/v1", tags=["projects"], dependencies=[PUBLIC])


async def list_projects(request: Request, query: Annotated[ProjectQuery, Query()]) -> Response:
    """Completed and selected projects, page by page. A selection appears at its announcement, not before."""
    listing = Listing.of(query)
    answers = answers_of(request)

    async def make(reader: CatalogueReader) -> bytes:
        return await listing.made(reader, answers)

    return await answered(request, listing.asked, make, quick=listing.quickly)


router.add_api_route(
    "/projects",
    list_projects,
    operation_id="listProjects",
    summary="List the projects of the catalogue",
    response_model=ProjectOutPage,
    responses={**CONDITIONAL, **problems(CursorInvalid, CursorMismatch)},
    route_class_override=ListRoute,
)


@router.get(
    "/projects/facets",
    operation_id="getProjectFacets",
    summary="Count what a list of projects can be narrowed down to",
    response_model=FacetsOut,
    responses=CONDITIONAL,
)
async def get_project_facets(request: Request, query: Annotated[ProjectConditions, Query()]) -> Response:
    """For each value of each facet, how many projects fit it and all conditions but those of the facet itself."""
    wanted = query.wanted()

    async def make(reader: CatalogueReader) -> bytes:
        facets = await reader.facets(await reader.request(wanted))
        return FacetsOut.of(facets).model_dump_json().encode()

    return await answered(request, ("getProjectFacets", wanted), make)


@router.get(
    "/projects/by-number/{number}",
    operation_id="getProjectByNumber",
    summary="Read a completed project by its number",
    response_model=ProjectOut,
    responses={**CONDITIONAL, **problems(NotFound)},
)
async def get_project_by_number(request: Request, number: Annotated[Number, Path(examples=[17])]) -> Response:
    """The project with this number in the list of completed projects."""

    async def make(reader: CatalogueReader) -> bytes:
        return _shown(await reader.find_number(number))

    return await answered(request, ("getProjectByNumber", number), make)


@router.get(
    "/projects/{project_id}",
    operation_id="getProject",
    summary="Read a project",
    response_model=ProjectOut,
    responses={**CONDITIONAL, **problems(NotFound)},
)
async def get_project(request: Request, project_id: UUID) -> Response:
    """A project by its id."""

    async def make(reader: CatalogueReader) -> bytes:
        return _shown(await reader.find(ProjectId(project_id)))

    return await answered(request, ("getProject", project_id), make)


def _shown(entry: Entry | None) -> bytes:
    if entry is None:
        raise NotFound("project")
    return ProjectOut.of(entry).model_dump_json().encode()
