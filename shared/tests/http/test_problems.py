"""What a caller reads when a request is refused or fails."""

import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.http.failures import pointer_of
from shared.http.problems import known_problems
from shared.ids import new_uuid

TRAM = {"name": "Tram 5", "line": {"number": 2, "colour": "green"}}


def problem(response: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """The problem in an answer, which must be of this status and kind."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found["type"] == f"https://k-city.example/problems/{slug}"
    assert found["status"] == status
    assert found["request_id"] == response.headers["x-request-id"]
    return found


class TestDomainErrors:
    async def test_become_problems_with_their_facts_and_headers(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/v1/trams", json={**TRAM, "name": "full"})
        found = problem(response, 409, "tram-full")
        assert (found["title"], found["detail"], found["seats"]) == (
            "The tram is full",
            "Take the next one.",
            60,
        )
        assert response.headers["retry-after"] == "300"

    async def test_name_every_violation(self, client: httpx.AsyncClient) -> None:
        found = problem(await client.post("/v1/trams", json={**TRAM, "name": "odd"}), 422, "invalid")
        assert found["errors"] == [
            {"pointer": "/body/name", "reason": "odd", "message": "A name must be even"}
        ]

    async def test_that_are_404_do_not_tell_missing_from_hidden(self, client: httpx.AsyncClient) -> None:
        problem(await client.get(f"/v1/trams/{new_uuid()}?express=true"), 404, "not-found")

    def test_are_all_in_the_registry_with_title_and_meaning(self) -> None:
        known = known_problems()
        assert known["tram-full"].meaning == "Nobody else fits into the tram."
        assert {"invalid-input", "internal-error", "token-missing", "stale-version"} <= known.keys()
        assert all(kind.title and kind.meaning for kind in known.values())


class TestInvalidInput:
    async def test_points_at_every_wrong_place_and_does_not_echo_it(self, client: httpx.AsyncClient) -> None:
        body = {"name": "secret" * 10, "line": {"number": "SECRET"}, "a/b~c": 1}
        response = await client.post("/v1/trams", json=body)
        found = problem(response, 422, "invalid-input")
        assert {item["pointer"]: item["reason"] for item in found["errors"]} == {
            "/body/name": "string_too_long",
            "/body/line/number": "int_parsing",
            "/body/line/colour": "missing",
            "/body/a~1b~0c": "extra_forbidden",
        }
        assert "secret" not in response.text.lower()

    async def test_points_at_path_and_query(self, client: httpx.AsyncClient) -> None:
        found = problem(await client.get("/v1/trams/five?express=perhaps"), 422, "invalid-input")
        assert "`" not in str(found["errors"])
        assert [item["pointer"] for item in found["errors"]] == ["/path/tram_id", "/query/express"]

    def test_keeps_a_pointer_readable_when_a_key_is_half_a_character(self) -> None:
        assert pointer_of(("body", "\ud800")) == "/body/?"

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"{", "Expecting property name enclosed in double quotes"),
            (b'{"name": NaN}', "NaN and Infinity are no JSON numbers"),
            (b'{"name": -Infinity}', "NaN and Infinity are no JSON numbers"),
            (b'{"name": "a", "name": "b"}', "an object has the same key twice"),
            (b'{"name": "\xff"}', "it is not UTF-8"),
            (json.dumps(TRAM).encode("utf-16"), "it is not UTF-8"),
            (b'{"name": "\\ud800"}', "a character is half of a surrogate pair"),
            (b'{"\\udfff": 1}', "a character is half of a surrogate pair"),
            (b'{"name": "\\u0000"}', "a text has a NUL character"),
            (b'{"name": %s}' % (b"9" * 5000), "a number is too long"),
            (b"[" * 100_000, "it is nested deeper than 64 levels"),
            (b"[" * 65 + b"]" * 65, "it is nested deeper than 64 levels"),
            (b'{"a":' * 5000 + b"1" + b"}" * 5000, "it is nested deeper than 64 levels"),
        ],
        ids=str,
    )
    async def test_is_json_that_two_readers_could_understand_differently(
        self, client: httpx.AsyncClient, content: bytes, reason: str
    ) -> None:
        response = await client.post(
            "/v1/trams", content=content, headers={"content-type": "application/json"}
        )
        found = problem(response, 422, "invalid-input")
        assert [(item["pointer"], item["reason"]) for item in found["errors"]] == [("/body", "json_invalid")]
        assert found["errors"][0]["message"].endswith(reason)

    @pytest.mark.parametrize("name", ["전차 5", "😀", "\\u0000", "a\\\\u0000"])
    async def test_is_not_text_that_only_looks_like_trouble(
        self, client: httpx.AsyncClient, name: str
    ) -> None:
        response = await client.post("/v1/trams", json={**TRAM, "name": name})
        assert (response.status_code, response.json()) == (201, {"name": name})

    async def test_takes_emoji_written_as_surrogate_pairs(self, client: httpx.AsyncClient) -> None:
        content = b'{"name": "\\ud83d\\ude00", "line": {"number": 1, "colour": "red"}}'
        response = await client.post(
            "/v1/trams", content=content, headers={"content-type": "application/json"}
        )
        assert response.json() == {"name": "😀"}


class TestHttpRefusals:
    async def test_of_an_unknown_address_are_problems(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/v1/ferries"), 404, "not-found")
        problem(await client.get("/v1/depots/"), 404, "not-found")

    async def test_of_a_method_name_every_method_of_the_path(self, client: httpx.AsyncClient) -> None:
        response = await client.put(f"/v1/trams/{new_uuid()}")
        problem(response, 405, "method-not-allowed")
        assert response.headers["allow"] == "DELETE, GET, HEAD, OPTIONS"

    async def test_of_a_nul_character_in_the_address(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/v1/trams/a%00b"), 400, "malformed-request")
        problem(await client.get("/v1/trams?name=a%00b"), 400, "malformed-request")


class TestBodyLimit:
    async def test_refuses_a_declared_length_over_1_mib(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/v1/trams", json={**TRAM, "name": "x" * (1024 * 1024)})
        problem(response, 413, "content-too-large")

    async def test_refuses_an_undeclared_length_when_it_passes_1_mib(self, client: httpx.AsyncClient) -> None:
        async def endless() -> Any:
            for _ in range(20):
                yield b"[" * 100_000

        response = await client.post(
            "/v1/trams", content=endless(), headers={"content-type": "application/json"}
        )
        problem(response, 413, "content-too-large")

    async def test_can_be_raised_by_a_route(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/v1/trams/cargo", content=b"x" * 2_000_000)
        assert (response.status_code, response.json()) == (200, 2_000_000)
        problem(await client.post("/v1/trams/cargo", content=b"x" * 3_000_001), 413, "content-too-large")


class TestFailures:
    @pytest.mark.parametrize("kind", ["terminated", "bare", "deadlock", "refused", "answer"])
    async def test_of_a_part_we_need_may_be_tried_again(self, client: httpx.AsyncClient, kind: str) -> None:
        response = await client.get(f"/v1/trams/failures/{kind}")
        problem(response, 503, "unavailable")
        assert response.headers["retry-after"] == "2"

    @pytest.mark.parametrize("kind", ["bug", "sql", "file"])
    async def test_of_our_own_say_nothing_about_the_inside(
        self, client: httpx.AsyncClient, kind: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        response = await client.get(f"/v1/trams/failures/{kind}?name=Hong+Gildong")
        problem(response, 500, "internal-error")
        assert "secret" not in response.text
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        (unexpected,) = [line for line in lines if line["event"] == "http.unexpected"]
        assert unexpected["request_id"] == response.headers["x-request-id"]
        assert "shared/tests/http/conftest.py" in unexpected["exception"]
        assert "Hong Gildong" not in unexpected["exception"]

    async def test_of_the_whole_database_are_an_outage(self, app: FastAPI, client: httpx.AsyncClient) -> None:
        await app.state.database.pool.close()
        problem(await client.get("/v1/trams/failures/bare"), 503, "unavailable")
