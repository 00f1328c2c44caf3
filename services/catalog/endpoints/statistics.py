"""Numbers of the catalogue, beside the published ones."""

from fastapi import APIRouter, Request, Response

from services.catalog.domain.statistics import statistics_of
from services.catalog.endpoints.conditional import CONDITIONAL, answered
from services.catalog.repository.reading import CatalogueReader
from services.catalog.schemas.statistics import StatisticsOut
from shared.auth.dependencies import PUBLIC

router = APIRouter(prefix="/v1", tags=["statistics"], dependencies=[PUBLIC])


@router.get(
    "/statistics",
    operation_id="getStatistics",
    summary="Count projects by year, country, type, sector and stage",
    response_model=StatisticsOut,
    responses=CONDITIONAL,
)
async def get_statistics(request: Request) -> Response:
    """Counted numbers stand beside the ministry's published ones; each has its basis and source."""

    async def make(reader: CatalogueReader) -> bytes:
        return StatisticsOut.of(statistics_of(await reader.tallies())).model_dump_json().encode()

    return await answered(request, "getStatistics", make)
