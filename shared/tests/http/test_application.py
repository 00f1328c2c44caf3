"""What every API of the house does, whatever it is about."""

import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
from fastapi import APIRouter, FastAPI
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from psycopg import sql
from sqlalchemy import make_url

from shared.auth.caller import Role
from shared.auth.dependencies import NoRule, allow, rules_of
from shared.auth.rules import Access
from shared.http.application import create_application
from shared.ids import new_uuid
from shared.settings import Settings
from shared.testing.issuer import TokenIssuer


def lines(capsys: pytest.CaptureFixture[str], event: str) -> list[dict[str, Any]]:
    """The log lines of one kind."""
    parsed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in parsed if line["event"] == event]


class TestArrival:
    async def test_is_stamped_by_the_database_clock_with_its_bound(self, client: httpx.AsyncClient) -> None:
        answer = (await client.get("/v1/trams/arrival")).json()
        assert datetime.fromisoformat(answer["at"]).utcoffset() == timedelta()
        assert answer["bound_ms"] > 0

    async def test_is_unknown_while_there_is_no_clock_so_the_request_may_be_repeated(
        self, app: FastAPI, client: httpx.AsyncClient
    ) -> None:
        del app.state.clock
        assert (await client.get("/v1/trams/arrival")).status_code == 503


class TestRequestId:
    async def test_of_the_caller_is_kept_when_it_is_sane(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/health", headers={"X-Request-Id": "front-end.0123_4567"})
        assert response.headers["x-request-id"] == "front-end.0123_4567"

    @pytest.mark.parametrize(
        "theirs", ["", "short", "with space in it", "x" * 129, "line\\nbreak{}", "é" * 10]
    )
    async def test_is_made_when_the_callers_is_not_sane(self, client: httpx.AsyncClient, theirs: str) -> None:
        response = await client.get("/health", headers=[(b"X-Request-Id", theirs.encode())])
        assert re.fullmatch(r"[0-9a-f-]{36}", response.headers["x-request-id"])


class TestHeaders:
    async def test_of_json_answers_keep_browsers_from_guessing_framing_and_storing(
        self, client: httpx.AsyncClient
    ) -> None:
        for path in ("/v1/trams/arrival", "/v1/nothing"):
            headers = (await client.get(path)).headers
            assert headers["cache-control"] == "no-store"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"

    async def test_let_a_route_say_that_its_answer_may_be_kept(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/trams/cached")).headers["cache-control"] == "max-age=60"


class TestAccessLog:
    async def test_names_route_status_and_caller_but_no_address(
        self, client: httpx.AsyncClient, issuer: TokenIssuer, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await client.get("/v1/depots/mine?search=Hong+Gildong", headers=issuer.header("person-1"))
        (line,) = lines(capsys, "http.request")
        assert (line["method"], line["route"], line["status"]) == ("GET", "/v1/depots/mine", 200)
        assert line["subject"] == "person-1"
        assert "Gildong" not in json.dumps(line)

    async def test_forgets_the_caller_of_the_request_before(
        self, client: httpx.AsyncClient, issuer: TokenIssuer, capsys: pytest.CaptureFixture[str]
    ) -> None:
        await client.get("/v1/depots/mine", headers=issuer.header("person-1"))
        await client.get("/v1/trams/cached")
        assert "subject" not in lines(capsys, "http.request")[-1]


class TestMetrics:
    async def test_count_by_route_template_and_never_by_id(self, client: httpx.AsyncClient) -> None:
        tram_id = new_uuid()
        await client.get(f"/v1/trams/{tram_id}")
        await client.get(f"/v1/{tram_id}")
        await client.request("BREW", f"/v1/trams/{tram_id}")
        exposition = (await client.get("/metrics")).text
        assert 'method="GET",route="/v1/trams/{tram_id}",status="200"' in exposition
        assert 'method="GET",route="unmatched",status="404"' in exposition
        assert 'method="OTHER",route="/v1/trams/{tram_id}",status="405"' in exposition
        assert str(tram_id) not in exposition


class TestTraces:
    async def test_go_on_from_the_caller_and_name_the_route_not_the_address(
        self, client: httpx.AsyncClient, spans: InMemorySpanExporter
    ) -> None:
        trace_id = "0af7651916cd43dd8448eb211c80319c"
        headers = {"traceparent": f"00-{trace_id}-b7ad6b7169203331-01"}
        here = (await client.get("/v1/trams/trace?name=Hong", headers=headers)).json()
        assert here.split("-")[1] == trace_id
        (span,) = [span for span in spans.get_finished_spans() if span.name == "GET /v1/trams/trace"]
        assert "Hong" not in span.to_json()


class TestHealth:
    async def test_says_alive_and_whether_this_is_a_rehearsal(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/health")
        assert answer.json() == {"status": "ok", "service": "intake", "rehearsal": True}

    async def test_is_ready_when_database_and_clock_are(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/ready")
        assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})

    async def test_is_not_ready_for_every_reason_at_once(
        self, app: FastAPI, client: httpx.AsyncClient, superuser_url: str, settings: Settings
    ) -> None:
        url = make_url(settings.database_url.get_secret_value())
        role = sql.Identifier(str(url.username))
        with psycopg.connect(superuser_url, autocommit=True) as superuser:
            superuser.execute(sql.SQL("ALTER ROLE {} NOLOGIN").format(role))
            superuser.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s", (url.username,)
            )
        app.state.clock._best = None
        answer = await client.get("/ready")
        assert answer.status_code == 503
        assert answer.json()["reasons"] == [
            "database answers: no (DBAPIError)",
            "the clock has not been measured against the database",
        ]


class TestReadinessChecks:
    async def test_of_a_service_are_asked_too(self, settings: Settings, issuer: TokenIssuer) -> None:
        @asynccontextmanager
        async def nothing(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
            async with issuer.verifier() as tokens:
                yield {"tokens": tokens}

        async def store_is_writable(_app: FastAPI) -> str | None:
            raise ConnectionRefusedError

        async def key_is_there(_app: FastAPI) -> str | None:
            return "the receipt key is missing"

        app = create_application(
            settings=settings,
            title="Trams",
            description="",
            routers=[APIRouter()],
            open_resources=nothing,
            readiness=[store_is_writable, key_is_there],
        )
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://intake") as client,
        ):
            answer = await client.get("/ready")
        assert answer.json()["reasons"] == [
            "the database is not open",
            "the clock is not open",
            "store is writable: no (ConnectionRefusedError)",
            "the receipt key is missing",
        ]


class TestAccess:
    async def test_without_a_token_is_told_how_to_sign_in(self, client: httpx.AsyncClient) -> None:
        response = await client.get("/v1/depots/mine")
        assert (response.status_code, response.json()["title"]) == (401, "Sign in first")
        assert response.headers["www-authenticate"] == "Bearer"

    @pytest.mark.parametrize("authorization", ["Basic YTpi", "Bearer", "Bearer ", "Token x", "Bearer a b"])
    async def test_with_something_else_than_a_token_is_refused(
        self, client: httpx.AsyncClient, authorization: str
    ) -> None:
        response = await client.get("/v1/depots/mine", headers={"Authorization": authorization})
        assert response.status_code == 401

    async def test_with_another_role_is_forbidden(
        self, client: httpx.AsyncClient, issuer: TokenIssuer
    ) -> None:
        answers = [
            await client.get("/v1/depots/keys", headers=issuer.header("a", role))
            for role in (Role.APPLICANT, Role.MINISTRY_OFFICER)
        ]
        assert [answer.status_code for answer in answers] == [403, 200]

    async def test_while_the_issuer_is_down_may_be_tried_again(
        self, app: FastAPI, client: httpx.AsyncClient, issuer: TokenIssuer
    ) -> None:
        issuer.reachable = False
        app.state.tokens = issuer.verifier()  # one that has not read the keys yet
        response = await client.get("/v1/depots/mine", headers=issuer.header("a"))
        assert response.status_code == 503
        assert response.headers["retry-after"] == "2"

    def test_of_every_operation_is_decided_and_can_be_told(self, app: FastAPI) -> None:
        rules = rules_of(app)
        assert (rules["getMine"], rules["getKeys"]) == (Access.known(), Access.to(Role.MINISTRY_OFFICER))
        assert rules["addTram"] == rules["getHealth"] == rules["GET /metrics"] == Access.public()
        assert None not in rules.values()

    def test_that_nobody_decided_is_told_apart(self) -> None:
        app = FastAPI()
        router = APIRouter(prefix="/v1")
        router.add_api_route("/forgotten", lambda: None)
        app.include_router(router)
        assert rules_of(app) == {"GET /v1/forgotten": None}

    def test_is_decided_once(self) -> None:
        app = FastAPI()
        router = APIRouter(prefix="/v1", dependencies=[allow(Access.known())])
        router.add_api_route("/twice", lambda: None, dependencies=[allow(Access.public())])
        app.include_router(router)
        with pytest.raises(NoRule):
            rules_of(app)


class TestDocumentation:
    async def test_asks_for_nothing_outside(self, client: httpx.AsyncClient) -> None:
        page = await client.get("/docs")
        addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
        assert addresses
        for address in [*addresses, "openapi.json"]:
            assert not address.startswith(("http", "//", "/"))
            answer = await client.get(f"/{address}")
            assert (answer.status_code, len(answer.content) > 0) == (200, True)
        assert "default-src 'none'" in page.headers["content-security-policy"]

    async def test_has_no_other_files(self, client: httpx.AsyncClient) -> None:
        assert (await client.get("/docs/redoc.standalone.js")).status_code == 404
        assert (await client.get("/docs/..%2F__init__.py")).status_code == 404
