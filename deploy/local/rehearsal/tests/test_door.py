"""How the rehearsal talks to the front door: repeats are safe, refusals are counted, lists are read to their end."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deploy.local.rehearsal.door import IDEMPOTENCY_KEY, Door, NotRefused, Person, Refused

KEYS: list[str] = []
LAST_PAGE = 3


async def busy(request: Request) -> Response:
    """503 twice, then done."""
    KEYS.append(request.headers[IDEMPOTENCY_KEY])
    if len(KEYS) < 3:
        return JSONResponse({"type": "/problems/unavailable"}, 503)
    return JSONResponse({"done": True}, 201)


async def refuse(_request: Request) -> Response:
    problem = {"type": "http://x/problems/incomplete", "errors": [{"pointer": "/b"}, {"pointer": "/a"}]}
    return JSONResponse(problem, 422, media_type="application/problem+json")


async def pages(request: Request) -> Response:
    number = int(request.query_params.get("cursor", "1"))
    last = number == LAST_PAGE
    return JSONResponse({"items": [number], "next_cursor": None if last else str(number + 1)})


async def who(request: Request) -> Response:
    found: dict[str, Any] = {"authorization": request.headers.get("authorization")}
    return JSONResponse(found)


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    KEYS.clear()
    app = Starlette(
        routes=[
            Route("/busy", busy, methods=["POST"]),
            Route("/refuse", refuse),
            Route("/pages", pages),
            Route("/who", who),
        ]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://door") as client:
        yield Door(client, "http://issuer")


class TestPerson:
    async def test_repeats_an_act_with_the_same_key_while_a_part_is_away(self, door: Door) -> None:
        assert await door.public.post("/busy", {}) == {"done": True}
        assert len(KEYS) == 3
        assert len(set(KEYS)) == 1
        assert (door.requests, door.repeats) == (3, 2)
        assert not door.refusals

    async def test_tells_and_counts_a_refusal_with_its_pointers(self, door: Door) -> None:
        refusal = await door.public.refused("GET", "/refuse")
        assert (refusal.status, refusal.type, refusal.pointers) == (422, "incomplete", ["/a", "/b"])
        with pytest.raises(Refused, match="422 incomplete"):
            await door.public.get("/refuse")
        assert door.refusals == {"incomplete": 2}

    async def test_raises_when_nothing_was_refused_that_had_to_be(self, door: Door) -> None:
        with pytest.raises(NotRefused, match="had to be refused"):
            await door.public.refused("GET", "/who")

    async def test_reads_a_list_to_its_last_page(self, door: Door) -> None:
        assert await door.public.all_of("/pages") == [1, 2, 3]

    async def test_carries_its_token_and_the_public_carries_none(self, door: Door) -> None:
        assert await Person(door, "abc").get("/who") == {"authorization": "Bearer abc"}
        assert await door.public.get("/who") == {"authorization": None}
