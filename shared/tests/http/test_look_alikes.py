"""Characters that look like others: full-width digits, Cyrillic letters, digits of other scripts. None matches."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi import Path as PathParameter
from pydantic import TypeAdapter, ValidationError

from shared.auth.dependencies import PUBLIC
from shared.events.call_definition import CallCode, Points, Share
from shared.http.failures import answer_with_problems
from shared.http.json_body import read_strictly
from shared.pagination import PageParamsDep

CONTRACT = Path(__file__).resolve().parents[2] / "contracts/openapi.json"

ferries = APIRouter(prefix="/v1/ferries", dependencies=[PUBLIC])


@ferries.get("")
async def list_ferries(page: PageParamsDep) -> int:
    return page.limit


@ferries.get("/{ferry_id}")
async def read_ferry(ferry_id: UUID) -> str:
    return str(ferry_id)


@ferries.get("/by-code/{code}")
async def read_by_code(code: Annotated[str, PathParameter(pattern=r"^[A-Z][A-Z0-9-]{1,24}$")]) -> str:
    return code


@pytest.fixture
async def client() -> httpx.AsyncClient:
    app = FastAPI()
    answer_with_problems(app, "https://k-city.example")
    read_strictly(ferries)
    app.include_router(ferries)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://ferries")


class TestIds:
    @pytest.mark.parametrize(
        "path",
        [
            "/v1/ferries/0199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e1１",
            "/v1/ferries/0199b6а2-5c1e-7a53-9f0c-2f6d1c1b7e11",
            "/v1/ferries/٠199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e11",
            "/v1/ferries/0199b6a2–5c1e–7a53–9f0c–2f6d1c1b7e11",
            "/v1/ferries/by-code/KCN-２025",
            "/v1/ferries/by-code/КCN-2025",
            "/v1/ferries/by-code/KCN-2025%0A",
            "/v1/ferries/by-code/KCN-2025%C2%A0",
        ],
    )
    async def test_of_other_scripts_are_refused(self, client: httpx.AsyncClient, path: str) -> None:
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (422, "invalid-input")


class TestLimit:
    @pytest.mark.parametrize(
        "limit",
        [
            "0",
            "-1",
            "101",
            "1e2",
            "1.5",
            "0x10",
            "９",
            "٣",
            "",
            "null",
            "9223372036854775808",
            "9" * 4000,
            "10;1",
        ],
    )
    async def test_out_of_bounds_or_of_no_number_is_refused(
        self, client: httpx.AsyncClient, limit: str
    ) -> None:
        answer = await client.get("/v1/ferries", params={"limit": limit})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/query/limit"

    def test_of_every_list_of_every_service_is_the_same(self) -> None:
        found = [one for one in parameters() if one["name"] == "limit"]
        assert {(one["schema"]["minimum"], one["schema"]["maximum"]) for one in found} == {(1, 100)}
        assert len(found) > 10


class TestPatterns:
    def test_of_parameters_name_their_characters(self) -> None:
        """In our validator a ``\\d`` or ``\\w`` is any digit or letter of Unicode."""
        patterns = {one["schema"]["pattern"] for one in parameters() if "pattern" in one["schema"]}
        assert len(patterns) > 2
        assert not [one for one in patterns if "\\d" in one or "\\w" in one or "\\s" in one]

    @pytest.mark.parametrize(
        ("kind", "good", "bad"),
        [
            (CallCode, "KCN-2025", "KCN-20２5"),
            (CallCode, "KCN-2025-R1", "KCN-2025-R١"),
            (Points, "70.5", "７0.5"),
            (Share, "0.40", "0.４0"),
        ],
    )
    def test_of_a_call_definition_take_ascii_alone(self, kind: Any, good: str, bad: str) -> None:
        adapter: TypeAdapter[str] = TypeAdapter(kind)
        assert adapter.validate_python(good) == good
        with pytest.raises(ValidationError):
            adapter.validate_python(bad)


def parameters() -> Iterator[dict[str, Any]]:
    """Every parameter of every operation of the four services."""
    contract = json.loads(CONTRACT.read_text())
    for item in contract["paths"].values():
        for operation in item.values():
            yield from operation.get("parameters", ())
