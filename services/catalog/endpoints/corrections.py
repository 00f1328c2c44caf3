"""What an officer says otherwise of one entry, and how each entry became what it is."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from services.catalog.countries import COUNTRIES
from services.catalog.dependencies import DatabaseDep
from services.catalog.endpoints import rules
from services.catalog.endpoints.conditional import CONDITIONAL, REVALIDATE
from services.catalog.repository.history import revisions_of
from services.catalog.repository.reading import CatalogueReader
from services.catalog.schemas.corrections import CorrectionIn
from services.catalog.schemas.history import HistoryOut
from services.catalog.schemas.projects import ProjectOut
from services.catalog.use_cases.correct_project import correct_project
from shared.auth.dependencies import PUBLIC, CallerDep
from shared.errors import Invalid, NotFound, StaleVersion
from shared.etag import IfMatchDep, PreconditionRequired, etag_of, not_modified
from shared.http.application import ArrivalDep
from shared.http.problems import problems
from shared.ids import ProjectId

router = APIRouter(prefix="/v1", tags=["projects"])


@router.patch(
    "/projects/{project_id}",
    operation_id="correctProject",
    dependencies=[rules.CORRECT_PROJECT],
    summary="Correct what an entry says",
    responses=problems(NotFound, Invalid, PreconditionRequired, StaleVersion),
)
async def patch_project(
    project_id: UUID,
    body: CorrectionIn,
    if_match: IfMatchDep,
    caller: CallerDep,
    arrival: ArrivalDep,
    database: DatabaseDep,
    response: Response,
) -> ProjectOut:
    """Merge facts into an entry (JSON Merge Patch, RFC 7396), with the ETag of its history in If-Match.

    Everybody sees the change with its reason and source at once; a correction of nothing changes nothing.
    """
    async with database.transaction() as tx:
        entry = await correct_project(
            tx,
            ProjectId(project_id),
            body.cells(),
            reason=body.reason,
            source=body.source,
            if_match=if_match,
            countries=COUNTRIES,
            caller=caller,
            arrival=arrival,
        )
    response.headers["ETag"] = etag_of(entry.revision)
    return ProjectOut.of(entry)


@router.get(
    "/projects/{project_id}/history",
    operation_id="getProjectHistory",
    dependencies=[PUBLIC],
    summary="Read how an entry became what it is",
    response_model=HistoryOut,
    responses={**CONDITIONAL, **problems(NotFound)},
)
async def get_history(request: Request, project_id: UUID, database: DatabaseDep) -> Response:
    """Its stages with their days, and every revision: when, why, and which facts it changed.

    The ETag is the entry's revision: a correction sends it in If-Match.
    """
    async with database.transaction() as tx:
        entry = await CatalogueReader(tx).find(ProjectId(project_id))
        if entry is None:
            raise NotFound("project")
        revisions = await revisions_of(tx, entry.project.id, up_to=entry.revision)
    etag = etag_of(entry.revision)
    content = HistoryOut.of(entry.project, revisions).model_dump_json().encode()
    answer = not_modified(request, etag) or Response(
        content, media_type="application/json", headers={"ETag": etag}
    )
    answer.headers["Cache-Control"] = REVALIDATE
    return answer
