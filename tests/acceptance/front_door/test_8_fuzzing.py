"""Item 8: every fault that the fuzzing looks for is found where it was put; and the committed report is of today's API.

The fuzzing itself is in ``services/tests/fuzz`` (100 cases of each operation) and ``make fuzz`` (1,000, through the
front door, as the report tells).
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import Field, StrictInt

from deploy.contract.versions import RELEASED
from deploy.fuzz.actors import EXPIRED, FORGED, NOBODY, Actor, unwelcome
from deploy.fuzz.checks import Private, Secrets
from deploy.fuzz.fuzzer import Fuzzer, Setting
from deploy.fuzz.report import REPORT, read
from deploy.fuzz.tally import Tally
from shared.auth.caller import Role
from shared.auth.dependencies import PUBLIC
from shared.contracts.merged import operations
from shared.errors import NotFound
from shared.http.contract import Contract, describe
from shared.http.failures import answer_with_problems
from shared.http.problems import problems
from shared.http.schema import Schema

CASES_OF_MAKE_FUZZ = 1_000
CASES = 40
TOKEN, KEY, MAIL = "head.claims.signature", "canary-of-a-key", "anna@canary.example"
PROBLEM, JSON = "application/problem+json", "application/json"


class Bridge(Schema):
    """A bridge."""

    id: str
    spans: int = Field(ge=1, le=100)


class BridgeIn(Schema):
    """A bridge to build."""

    spans: StrictInt = Field(ge=1, le=100)


def bridge(name: str) -> str:
    return Bridge(id=name, spans=3).model_dump_json()


def problem(slug: str, detail: str = "") -> str:
    return json.dumps({"type": f"/problems/{slug}", "title": "Not found", "status": 404, "detail": detail})


FAULTS: Mapping[str, tuple[Response, str]] = {
    "an undeclared status": (Response(bridge("a"), 202, media_type=JSON), "undeclared"),
    "an undeclared media type": (Response("<p>", media_type="text/html"), "undeclared"),
    "an undeclared header": (Response(bridge("a"), headers={"ETag": '"1"'}, media_type=JSON), "undeclared"),
    "a body outside its schema": (Response('{"id": "a", "spans": "three"}', media_type=JSON), "undeclared"),
    "a failure": (Response(problem("internal-error"), 500, media_type=PROBLEM), "failed"),
    "an outage where nothing is away": (Response(problem("unavailable"), 503, media_type=PROBLEM), "failed"),
    "an unknown problem": (Response(problem("moon-gone"), 404, media_type=PROBLEM), "undeclared"),
    "a refusal that is no problem": (Response("{}", 404, media_type=JSON), "refused wrongly"),
    "a key": (Response(bridge(KEY), media_type=JSON), "secret"),
    "somebody's token": (Response(bridge(TOKEN), media_type=JSON), "secret"),
    "somebody else's address": (Response(bridge(MAIL), media_type=JSON), "secret"),
    "a stack trace": (
        Response(problem("not-found", 'File "/srv/a.py", line 3'), 404, media_type=PROBLEM),
        "secret",
    ),
    "a statement": (
        Response(problem("not-found", "SELECT id FROM bridge WHERE"), 404, media_type=PROBLEM),
        "secret",
    ),
}


def bridges(fault: str = "", *, link: str = "$response.body#/id", lax: bool = False) -> FastAPI:
    """A small service, sound but for what is asked for."""
    app = FastAPI(title="Bridges")
    answer_with_problems(app, "https://k-city.example")
    router = APIRouter(dependencies=[PUBLIC])
    led = {"operationId": "getBridge", "parameters": {"name": link}}
    known = {"long-bridge"}

    @router.get(
        "/v1/bridges", operation_id="first", summary="1", responses={200: {"links": {"getBridge": led}}}
    )
    async def first() -> Bridge:
        return Bridge(id="long-bridge", spans=3)

    @router.get(
        "/v1/bridges/{name}",
        operation_id="getBridge",
        summary="2",
        response_model=Bridge,
        responses=problems(NotFound),
    )
    async def get_bridge(name: str) -> Response:
        if fault:
            return FAULTS[fault][0]
        if name not in known:
            raise NotFound("bridge")
        return Response(bridge(name), media_type=JSON)

    @router.post("/v1/bridges", operation_id="build", summary="3")
    async def build(_: Request, body: BridgeIn) -> Bridge:
        return Bridge(id="long-bridge", spans=body.spans)

    app.include_router(router)
    document = describe(app.openapi(), Contract(), {})
    if lax:  # what is built takes anything; the contract still says what it said
        app.router.routes.clear()
        app.add_api_route("/v1/bridges", first, methods=["GET", "POST"], response_model=Bridge)
    app.openapi_schema = document
    return app


async def fuzzed(app: FastAPI) -> Tally:
    actors = (Actor("anna", "no role", "good.token.of-anna"), Actor("bora", "no role", TOKEN))
    secrets = Secrets((KEY, *(actor.token for actor in actors if actor.token)), (Private(MAIL, frozenset()),))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bridges") as client:
        return await Fuzzer(app.openapi_schema or {}, client, Setting(actors, secrets), 7).play(CASES)


def kinds(tally: Tally) -> set[tuple[str, str]]:
    return {(finding.operation, finding.check) for finding in tally.findings.values()}


class TestFuzzing:
    async def test_8_finds_nothing_in_a_sound_service_and_follows_its_links(self) -> None:
        tally = await fuzzed(bridges())
        assert not tally.findings, "\n".join(map(str, tally.findings.values()))
        assert {operation: tally.cases(operation) for operation in tally.roles} == dict.fromkeys(
            ("first", "getBridge", "build"), CASES
        )
        assert tally.links, "getBridge succeeds by the link alone"
        assert all(map(tally.succeeded, tally.roles))

    @pytest.mark.parametrize("fault", FAULTS)
    async def test_8_finds_a_seeded_fault_and_tells_how_to_repeat_it(self, fault: str) -> None:
        tally = await fuzzed(bridges(fault))
        assert ("getBridge", FAULTS[fault][1]) in kinds(tally)
        told = [str(finding) for finding in tally.findings.values()]
        assert all("seed 7, case " in one and "curl -i -X " in one for one in told)
        assert not [one for one in told if "of-anna" in one], "a token stands by its owner's name"

    async def test_8_finds_what_is_accepted_though_the_contract_forbids_it(self) -> None:
        assert ("build", "accepted") in kinds(await fuzzed(bridges(lax=True)))

    async def test_8_finds_a_link_that_points_at_nothing(self) -> None:
        assert ("first", "link") in kinds(await fuzzed(bridges(link="$response.body#/identity")))

    async def test_8_plays_the_same_again_from_the_same_seed(self) -> None:
        once, again = await fuzzed(bridges()), await fuzzed(bridges())
        assert (once.statuses, once.roles, once.links) == (again.statuses, again.roles, again.links)

    def test_8_a_forged_token_is_not_the_one_it_was_made_of(self) -> None:
        forged = next(one for one in unwelcome("head.claims.signature", "e") if one.role == FORGED)
        assert forged.token != "head.claims.signature"
        assert str(forged.token).split(".")[::2] == ["head", "signature"]


class TestReport:
    def test_8_the_committed_report_covers_every_released_operation_and_every_role(self) -> None:
        played = read(REPORT.read_text(encoding="utf-8"))
        document: dict[str, Any] = json.loads(RELEASED.read_text(encoding="utf-8"))
        wanted = {operation["operationId"] for _, _, operation in operations(document)}
        assert wanted - played.operations.keys() == set(), "make fuzz, and commit its report"
        assert played.roles.keys() >= {*Role, NOBODY, EXPIRED, FORGED}
        assert "## Findings: 0" in REPORT.read_text(encoding="utf-8")

    def test_8_the_committed_report_is_of_a_whole_run(self) -> None:
        played = read(REPORT.read_text(encoding="utf-8"))
        assert min(played.operations.values()) >= CASES_OF_MAKE_FUZZ
