"""The public catalogue."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response

from services.catalog.dependencies import ProjectsDep, ReaderDep
from services.catalog.domain.entry import Entry, Wanted
from services.catalog.domain.search_text import normalised
from services.catalog.endpoints.conditional import CONDITIONAL, conditional
from services.catalog.repository.reading import keys_of
from services.catalog.schemas.conditions import Number, ProjectQuery
from services.catalog.schemas.projects import ProjectOut
from shared.auth.dependencies import PUBLIC
from shared.errors import NotFound
from shared.http.problems import problems
from shared.ids import ProjectId
from shared.pagination import CursorInvalid, CursorMismatch, Page, PageParams

router = APIRouter(prefix="/v1", tags=["projects"], dependencies=[PUBLIC])


@router.get(
    "/projects",
    operation_id="listProjects",
    summary="List the projects of the catalogue",
    response_model=Page[ProjectOut],
    responses={**CONDITIONAL, **problems(CursorInvalid, CursorMismatch)},
)
async def list_projects(
    request: Request, query: Annotated[ProjectQuery, Query()], reader: ReaderDep
) -> Response:
    """Completed and selected projects, page by page. A selection appears at its announcement, not before."""
    wanted = Wanted(
        year=query.year,
        countries=tuple(sorted(set(query.country))),
        type=query.type,
        state=query.state,
        stage=query.stage,
        sectors=tuple(sorted(set(query.sector))),
        text=normalised(query.q) if query.q is not None else None,
    )
    page = PageParams(query.limit, query.cursor)
    binding = {"route": "listProjects", "wanted": repr(wanted), "sort": query.sort}
    readers = (int, int, UUID) if query.sort.by_year else (int, UUID)
    entries = await reader.page(wanted, query.sort, after=page.after(binding, *readers), fetch=page.fetch)
    shown, next_cursor = page.cut(binding, entries, lambda entry: keys_of(entry, query.sort))
    items = [ProjectOut.of(entry) for entry in shown]
    return conditional(request, Page[ProjectOut](items=items, next_cursor=next_cursor))


@router.get(
    "/projects/by-number/{number}",
    operation_id="getProjectByNumber",
    summary="Read a completed project by its number",
    response_model=ProjectOut,
    responses={**CONDITIONAL, **problems(NotFound)},
)
async def get_project_by_number(
    request: Request, number: Annotated[Number, Path(examples=[17])], projects: ProjectsDep
) -> Response:
    """The project with this number in the list of completed projects."""
    return _shown(request, await projects.find_number(number))


@router.get(
    "/projects/{project_id}",
    operation_id="getProject",
    summary="Read a project",
    response_model=ProjectOut,
    responses={**CONDITIONAL, **problems(NotFound)},
)
async def get_project(request: Request, project_id: UUID, projects: ProjectsDep) -> Response:
    """A project by its id."""
    return _shown(request, await projects.find(ProjectId(project_id)))


def _shown(request: Request, entry: Entry | None) -> Response:
    if entry is None:
        raise NotFound("project")
    return conditional(request, ProjectOut.of(entry))
