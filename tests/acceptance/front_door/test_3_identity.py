"""Item 3: who one is. The matrix of role, route and object is asked wholly in ``services/tests/access``."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from deploy.checks.access import PAGE
from deploy.local.issuer import mint
from deploy.local.keys import load_key
from deploy.local.ledger import MARK
from deploy.local.people import SamplePerson, sample_people
from deploy.local.running import marked
from deploy.local.tests.signing_in import Browser
from services.tests.access.people import PEOPLE
from shared.auth.caller import Role
from shared.auth.dependencies import rules_of
from shared.auth.rules import Token
from shared.http.openapi import application_of
from shared.ids import new_uuid
from shared.settings import SERVICES
from shared.testing.waiting import eventually
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

VERIFIER = "a-verifier-that-only-this-front-end-knows-0123456789"
ONE_OF_EACH_ROLE = list({person.role: person for person in sample_people()}.values())


@pytest.fixture
def http(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=played.front_door, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def front_end(played: RunningStack) -> Browser:
    issuer = played.stack.issuer
    assert issuer is not None
    return Browser(issuer, VERIFIER)


def who(http: httpx.Client, token: str, service: str = "intake") -> dict[str, Any]:
    answer = http.get(f"/{service}/v1/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def system(played: RunningStack, scope: str, client: str = "kcity-system") -> httpx.Response:
    form = {"grant_type": "client_credentials", "scope": scope}
    return httpx.post(f"{played.stack.issuer_url}/token", data=form, auth=(client, f"development-{client}"))


def fresh_token(played: RunningStack) -> str:
    """One that no process has seen, without asking the issuer."""
    key = load_key(played.stack.keys.issuer_key_file, kid_prefix="local-")
    return mint(key, played.stack.issuer_url, subject=str(new_uuid()), roles=["ministry_officer"])


@pytest.mark.parametrize("person", ONE_OF_EACH_ROLE, ids=lambda person: str(person.role))
def test_3_a_person_of_each_role_signs_in_with_pkce_and_is_known_behind_the_front_door(
    http: httpx.Client, front_end: Browser, person: SamplePerson
) -> None:
    code = front_end.code(person.username)
    stolen = front_end.redeem(code, code_verifier="somebody-elses-verifier-somebody-elses-verifier")
    assert stolen.status_code == 400
    token = front_end.redeem(front_end.code(person.username)).json()["access_token"]
    for service in SERVICES:
        me = who(http, token, service)
        assert (me["subject"], me["roles"], me["machine"]) == (person.subject, [person.role], False)


def test_3_there_are_sample_people_of_every_role_that_people_have() -> None:
    assert {person.role for person in ONE_OF_EACH_ROLE} == set(Role) - {Role.SYSTEM}


@pytest.mark.parametrize("scope", ["cases:read", "cases:read:planning"])
def test_3_a_system_may_do_what_its_scope_says(played: RunningStack, http: httpx.Client, scope: str) -> None:
    headers = {"Authorization": f"Bearer {system(played, scope).json()['access_token']}"}
    cases = http.get("/review/v1/cases", headers=headers).json()["items"]
    tracks = {case["track"] for case in cases}
    assert tracks <= ({"planning"} if scope.endswith("planning") else {"planning", "demonstration"})
    refused = http.get("/notification/v1/messages", headers=headers)
    assert (refused.status_code, refused.json()["scope"]) == (403, "messages:read")


def test_3_no_system_gets_a_scope_of_another_track_than_its_own(played: RunningStack) -> None:
    refused = system(played, "cases:read:demonstration", "kcity-system-planning")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


async def test_3_keys_rotate_without_a_restart(played: RunningStack) -> None:
    before = fresh_token(played)
    key_file = str(played.stack.keys.issuer_key_file)
    command = (sys.executable, "-m", "deploy.local.issuer", "--key-file", key_file, "rotate")
    rotated = await asyncio.create_subprocess_exec(*command, cwd=ROOT)
    assert await rotated.wait() == 0
    after = system(played, "cases:read").json()["access_token"]
    async with httpx.AsyncClient(base_url=played.front_door, timeout=30, trust_env=False) as http:

        async def told(token: str) -> set[int]:
            headers = {"Authorization": f"Bearer {token}"}
            return {(await http.get(f"/{name}/v1/me", headers=headers)).status_code for name in SERVICES}

        async def known() -> bool:
            return await told(after) == {200}

        await eventually(known, what="the new key in every service")
        assert await told(before) == {200}


@contextmanager
def silenced_issuer(played: RunningStack) -> Iterator[None]:
    """The issuer's process stands still: whoever asked it would wait."""
    issuers = [
        process
        for process in marked(MARK, str(played.stack.folder))
        if "deploy.local.issuer" in process.cmdline()
    ]
    assert issuers
    for process in issuers:
        process.suspend()
    try:
        with pytest.raises(httpx.TimeoutException):
            httpx.get(f"{played.stack.issuer_url}/jwks", timeout=0.5, trust_env=False)
        yield
    finally:
        for process in issuers:
            process.resume()


def test_3_the_issuer_is_never_asked_about_a_token(played: RunningStack, http: httpx.Client) -> None:
    for service in SERVICES:
        who(http, system(played, "cases:read").json()["access_token"], service)  # its present key is known
    held = [system(played, "cases:read").json()["access_token"] for _ in SERVICES]
    with silenced_issuer(played):
        for service, token in zip(SERVICES, held, strict=True):
            assert who(http, token, service)["machine"] is True


@pytest.mark.parametrize("service", SERVICES)
def test_3_every_operation_of_the_running_service_has_its_rule_in_the_matrix(
    http: httpx.Client, service: str
) -> None:
    rules = rules_of(application_of(service))  # type: ignore[arg-type] # a service's name
    given = http.get(f"/{service}/openapi.json").json()
    running = {
        operation["operationId"]: operation for item in given["paths"].values() for operation in item.values()
    }
    assert running.keys() == {name for name in rules if " " not in name}
    page = PAGE.read_text()
    for name, operation in running.items():
        rule = rules[name]
        assert rule is not None
        assert bool(operation.get("security")) == (rule.token is not Token.NONE), name
        assert f"`{name}`" in page
    assert len(PEOPLE) > len(Role)


def test_3_an_operation_without_a_rule_is_seen() -> None:
    router = APIRouter()
    router.add_api_route("/v1/forgotten", lambda: None, operation_id="getForgotten")
    app = FastAPI()
    app.include_router(router)
    assert rules_of(app) == {"getForgotten": None}
