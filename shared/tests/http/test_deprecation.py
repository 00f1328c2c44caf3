from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.http.contract import Contract, describe
from shared.http.deprecation import LEAST_DAYS, SunsetTooSoon, deprecated
from shared.http.edge import Edge

SINCE, SUNSET = date(2027, 1, 15), date(2027, 9, 1)
MARKS = deprecated(SINCE, sunset=SUNSET, see="/guides/changes#1.2.0")
router = APIRouter(prefix="/v1")


@router.get("/ferries", operation_id="listFerries", summary="Ferries", openapi_extra=MARKS)
async def list_ferries(fast: bool | None = None) -> list[str]:
    return ["fast" if fast else "slow"]


@router.get("/boats", operation_id="listBoats", summary="Boats")
async def list_boats() -> list[str]:
    return []


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI(title="Boats", version="1.0.0")
    app.include_router(router)
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    edge = Edge(app, app, "https://k-city.example/")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(edge), base_url="http://boats") as client:
        yield client


class TestDeprecatedOperation:
    @pytest.mark.parametrize("query", [{}, {"fast": "perhaps"}], ids=["answers", "refuses"])
    async def test_says_so_in_every_answer(self, client: httpx.AsyncClient, query: dict[str, str]) -> None:
        answer = await client.get("/v1/ferries", params=query)
        assert answer.headers["Deprecation"] == "@1799971200"
        assert answer.headers["Sunset"] == "Wed, 01 Sep 2027 00:00:00 GMT"
        page = "https://k-city.example/guides/changes#1.2.0"
        assert answer.headers["Link"] == f'<{page}>; rel="deprecation"; type="text/html"'

    async def test_is_the_only_one_that_does(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/boats")
        assert {"Deprecation", "Sunset", "Link"}.isdisjoint(answer.headers)

    def test_stands_in_the_contract_with_its_headers(self, app: FastAPI) -> None:
        document = describe(app.openapi(), Contract(), {})
        operation: dict[str, Any] = document["paths"]["/v1/ferries"]["get"]
        assert operation["deprecated"] is True
        assert (operation["x-deprecated-since"], operation["x-sunset"]) == ("2027-01-15", "2027-09-01")
        for response in operation["responses"].values():
            assert {"Deprecation", "Sunset", "Link"} <= response["headers"].keys()
        assert "Sunset" not in document["paths"]["/v1/boats"]["get"]["responses"]["200"]["headers"]


class TestSunset:
    def test_leaves_clients_the_time_that_the_policy_promises(self) -> None:
        deprecated(SINCE, sunset=SINCE + timedelta(days=LEAST_DAYS), see="/x")
        with pytest.raises(SunsetTooSoon):
            deprecated(SINCE, sunset=SINCE + timedelta(days=LEAST_DAYS - 1), see="/x")
