"""Methods, media types, the head's size and slow bodies: what HTTP says about them, whatever the API is about."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Annotated, Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Form, Response
from fastapi.responses import StreamingResponse

from shared.auth.dependencies import PUBLIC
from shared.http.application import create_application
from shared.http.media_types import accepts_any
from shared.http.schema import Schema
from shared.settings import Profile, Settings
from shared.testing.issuer import TokenIssuer


class Boat(Schema):
    name: str


boats = APIRouter(prefix="/v1/boats", dependencies=[PUBLIC])


@boats.get("")
async def list_boats() -> list[str]:
    return ["Turtle"]


@boats.post("", status_code=201)
async def add_boat(boat: Boat) -> Boat:
    return boat


@boats.get("/mine")
async def my_boat() -> Boat:
    return Boat(name="Turtle")


@boats.patch("/{name}")
async def rename_boat(name: str, boat: Boat) -> list[str]:
    return [name, boat.name]


@boats.delete("/{name}", status_code=204)
async def sink_boat(name: str) -> None:
    del name


@boats.post("/{name}/departure")
async def depart(name: str) -> str:
    return name


@boats.post("/{name}/crew")
async def hire(name: str, who: Annotated[str, Form()]) -> list[str]:
    return [name, who]


@boats.get("/{name}/picture", response_class=StreamingResponse)
async def show_boat(name: str) -> Response:
    return Response(name.encode(), media_type="image/png")


@pytest.fixture(scope="module")
async def client() -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with TokenIssuer().verifier() as tokens:
            yield {"tokens": tokens}

    settings = Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=TokenIssuer.url,
        public_url="https://k-city.example",
    )
    app = create_application(
        settings=settings, title="Boats", description="Boats", routers=[boats], open_resources=resources
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://boats") as client,
    ):
        yield client


def slug(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    return str(answer.json()["type"].rpartition("/")[2])


class TestMethods:
    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/v1/boats", "GET, HEAD, OPTIONS, POST"),
            ("/v1/boats/mine", "DELETE, GET, HEAD, OPTIONS, PATCH"),
            ("/v1/boats/turtle", "DELETE, OPTIONS, PATCH"),
            ("/v1/boats/turtle/departure", "OPTIONS, POST"),
        ],
    )
    async def test_that_a_path_allows_are_all_named_in_405_and_in_options(
        self, client: httpx.AsyncClient, path: str, allowed: str
    ) -> None:
        refused = await client.put(path, json={})
        assert (refused.status_code, refused.headers["allow"], slug(refused)) == (
            405,
            allowed,
            "method-not-allowed",
        )
        asked = await client.options(path)
        assert (asked.status_code, asked.headers["allow"], asked.content) == (204, allowed, b"")

    @pytest.mark.parametrize("method", ["TRACE", "CONNECT", "BREW", "PROPFIND"])
    async def test_that_nobody_knows_are_refused_the_same_way(
        self, client: httpx.AsyncClient, method: str
    ) -> None:
        answer = await client.request(method, "/v1/boats")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS, POST")

    async def test_head_is_get_without_its_body(self, client: httpx.AsyncClient) -> None:
        head, got = await client.head("/v1/boats"), await client.get("/v1/boats")
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(got.content))
        assert head.headers["content-type"] == got.headers["content-type"]

    async def test_head_of_what_has_no_get_is_refused(self, client: httpx.AsyncClient) -> None:
        assert (await client.head("/v1/boats/turtle/departure")).status_code == 405

    @pytest.mark.parametrize("method", ["OPTIONS", "HEAD", "PUT"])
    async def test_of_an_address_that_leads_nowhere_are_404(
        self, client: httpx.AsyncClient, method: str
    ) -> None:
        assert (await client.request(method, "/v1/trains")).status_code == 404


class TestBodiesTaken:
    @pytest.mark.parametrize(
        "media_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "json", ""]
    )
    async def test_are_json_alone_and_the_refusal_says_so(
        self, client: httpx.AsyncClient, media_type: str
    ) -> None:
        headers = {"Content-Type": media_type}
        answer = await client.post("/v1/boats", content=b'{"name":"Turtle"}', headers=headers)
        assert (answer.status_code, slug(answer)) == (415, "unsupported-media-type")
        assert answer.headers["accept"] == "application/json"

    @pytest.mark.parametrize(
        "media_type", ["application/json", "Application/JSON; charset=utf-8", "application/ld+json"]
    )
    async def test_may_be_of_any_kind_of_json(self, client: httpx.AsyncClient, media_type: str) -> None:
        headers = {"Content-Type": media_type}
        answer = await client.post("/v1/boats", content=b'{"name":"Turtle"}', headers=headers)
        assert answer.status_code == 201

    async def test_that_are_missing_are_missing_and_not_of_a_wrong_type(
        self, client: httpx.AsyncClient
    ) -> None:
        assert (await client.post("/v1/boats")).status_code == 422
        assert (await client.post("/v1/boats/turtle/departure")).status_code == 200


class TestAnswersAccepted:
    @pytest.mark.parametrize(
        "accept",
        ["text/html", "application/problem+json", "application/json;q=0", "*/*, application/json;q=0.0"],
    )
    async def test_by_a_client_that_takes_none_of_ours_are_refused_before_anything_is_done(
        self, client: httpx.AsyncClient, accept: str
    ) -> None:
        answer = await client.get("/v1/boats", headers={"Accept": accept})
        assert (answer.status_code, slug(answer)) == (406, "not-acceptable")

    @pytest.mark.parametrize(
        "accept",
        [
            *("", "*/*", "application/*", "APPLICATION/JSON", "text/html, application/json;q=0.1"),
            *("text/html;q=0.9, */*;q=0.1", "application/json;q=odd", "*"),
        ],
    )
    async def test_by_a_client_that_takes_json_among_others_are_given(
        self, client: httpx.AsyncClient, accept: str
    ) -> None:
        assert (await client.get("/v1/boats", headers={"Accept": accept})).status_code == 200

    async def test_of_other_kinds_are_not_guessed_about(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/v1/boats/turtle/picture", headers={"Accept": "text/html"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")

    def test_are_weighed_by_the_most_specific_range(self) -> None:
        assert not accepts_any("*/*;q=1, text/*;q=0", frozenset({"text/csv"}))
        assert accepts_any("*/*;q=0, text/csv;q=0.001", frozenset({"text/csv"}))


class TestHead:
    async def test_of_a_request_has_a_largest_size(self, client: httpx.AsyncClient) -> None:
        fits = await client.get("/v1/boats", headers={"X-Long": "x" * 12_000})
        for answer in (
            await client.get("/v1/boats", headers={"X-Long": "x" * 17_000}),
            await client.get("/v1/boats", headers={f"X-{number}": "x" * 100 for number in range(170)}),
            await client.get(f"/v1/boats?q={'x' * 17_000}"),
        ):
            assert (answer.status_code, slug(answer)) == (431, "headers-too-large")
        assert fits.status_code == 200

    @pytest.mark.parametrize("name", ["Content-Type", "Idempotency-Key", "Host"])
    async def test_that_says_one_thing_twice_is_refused(self, client: httpx.AsyncClient, name: str) -> None:
        headers = [(name, "application/json"), (name.lower(), "application/json")]
        answer = await client.post("/v1/boats", content=b'{"name":"Turtle"}', headers=headers)
        assert (answer.status_code, slug(answer)) == (400, "malformed-request")


class TestSlowBody:
    async def test_ends_with_408_and_the_connection(
        self, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.http.edge.LONGEST_SILENCE_SECONDS", 0.05)

        async def falls_silent() -> AsyncIterator[bytes]:
            yield b'{"name":'
            await asyncio.sleep(30)
            yield b'"Turtle"}'

        headers = {"Content-Type": "application/json"}
        answer = await client.post("/v1/boats", content=falls_silent(), headers=headers)
        assert (answer.status_code, slug(answer)) == (408, "body-too-slow")
        assert answer.headers["connection"] == "close"

    async def test_that_drips_ends_too(
        self, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.http.edge.LONGEST_SILENCE_SECONDS", 0.2)

        async def drips() -> AsyncIterator[bytes]:
            for _ in range(1000):
                yield b" "
                await asyncio.sleep(0.01)

        headers = {"Content-Type": "application/json"}
        answer = await client.post("/v1/boats", content=drips(), headers=headers)
        assert (answer.status_code, slug(answer)) == (408, "body-too-slow")

    async def test_does_not_count_against_a_form_either(self, client: httpx.AsyncClient) -> None:
        assert (await client.post("/v1/boats/turtle/crew", data={"who": "Kim"})).status_code == 200
