"""The test kit's client lets nothing pass that the contract does not declare."""

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Response

from shared.auth.dependencies import PUBLIC
from shared.errors import DomainError
from shared.http.contract import Contract, describe
from shared.http.failures import answer_with_problems
from shared.http.problems import problems
from shared.http.schema import Schema
from shared.testing.declared import Declared, Undeclared


class BridgeUp(DomainError):
    """Ships pass."""


class BridgeGone(DomainError):
    """There is none any more."""


class Bridge(Schema):
    """A bridge."""

    spans: int


ANSWERS = {
    "well": Response('{"spans": 3}', media_type="application/json"),
    "teapot": Response("{}", 418, media_type="application/json"),
    "page": Response("<p>", media_type="text/html"),
    "tagged": Response('{"spans": 3}', headers={"ETag": '"1"'}, media_type="application/json"),
    "grown": Response('{"spans": 3, "toll": 1}', media_type="application/json"),
    "odd": Response('{"spans": "three"}', media_type="application/json"),
}
router = APIRouter(dependencies=[PUBLIC])


@router.get(
    "/v1/bridges/{name}", operation_id="getBridge", response_model=Bridge, responses=problems(BridgeUp)
)
async def get_bridge(name: str) -> Response:
    if name in ANSWERS:
        return ANSWERS[name]
    raise BridgeUp("It is up.") if name == "up" else BridgeGone("It is gone.")


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI(title="Bridges")
    answer_with_problems(app, "https://k-city.example")
    app.include_router(router)
    return app


async def ask(app: FastAPI, path: str, method: str = "GET") -> None:
    for route in app.openapi()["paths"].values():
        route["get"].setdefault("summary", "A bridge")
    declared = Declared(describe(app.openapi(), Contract(), {}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bridges") as client:
        await declared.check(await client.request(method, path))


class TestDeclared:
    @pytest.mark.parametrize("name", ["well", "up"])
    async def test_lets_pass_what_is_declared(self, app: FastAPI, name: str) -> None:
        await ask(app, f"/v1/bridges/{name}")

    @pytest.mark.parametrize(("method", "path"), [("GET", "/v1/tunnels"), ("DELETE", "/v1/bridges/up")])
    async def test_has_nothing_to_say_on_what_is_no_operation(
        self, app: FastAPI, method: str, path: str
    ) -> None:
        await ask(app, path, method)

    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("teapot", "getBridge 418: the status is not declared"),
            ("page", "text/html is not declared"),
            ("tagged", "the header ETag is not declared"),
            ("grown", "'toll' was unexpected"),
            ("odd", "does not fit its schema at /spans"),
            ("gone", "the problem bridge-gone is not declared"),
        ],
    )
    async def test_refuses_what_is_not(self, app: FastAPI, name: str, told: str) -> None:
        with pytest.raises(Undeclared, match=told):
            await ask(app, f"/v1/bridges/{name}")
