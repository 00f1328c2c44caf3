"""Numbers of the catalogue, beside the published ones."""

from fastapi import APIRouter, Request, Response

from services.catalog.dependencies import ReaderDep
from services.catalog.domain.statistics import statistics_of
from services.catalog.endpoints.conditional import CONDITIONAL, conditional
from services.catalog.schemas.statistics import StatisticsOut
from shared.auth.dependencies import PUBLIC

router = APIRouter(prefix="/v1", tags=["statistics"], dependencies=[PUBLIC])


@router.get(
    "/statistics",
    operation_id="getStatistics",
    summary="Count projects by year, country and type",
    response_model=StatisticsOut,
    responses=CONDITIONAL,
)
async def get_statistics(request: Request, reader: ReaderDep) -> Response:
    """Counted numbers stand beside the ministry's published ones; each has its basis and source."""
    return conditional(request, StatisticsOut.of(statistics_of(await reader.tallies())))
