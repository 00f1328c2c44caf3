"""Item 5, the mock: one command answers the whole contract from its examples, with Node alone."""

import os
import shutil
import signal
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from kcity_client import NEVER, KCity, problems

from clients.generation.contract import read
from deploy.local.ports import free_port
from shared.testing.declared import Declared
from tests.acceptance.front_door.readme import program
from tests.stack import ROOT

pytestmark = [pytest.mark.journey, pytest.mark.timeout(300), pytest.mark.needs("node")]

APPLICATION = "/intake/v1/applications/01946d2a-8c00-7000-8000-000000000002"
CASE = "/review/v1/cases/01946d2a-8c00-7000-8000-000000000008"
IN_TWO_LANGUAGES = (
    *(APPLICATION, f"{APPLICATION}/receipt", "/intake/v1/applications"),
    *(CASE, "/review/v1/cases", "/notification/v1/messages"),
)
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""The mock speaks plain HTTP; reading certificates for each client would take longest."""
TOKEN = {"Authorization": "Bearer whoever"}


@pytest.fixture(scope="module")
def mock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """``make mock``: its origin and what it printed."""
    port = free_port()
    log = tmp_path_factory.mktemp("mock") / "printed"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [shutil.which("make") or "make", "--no-print-directory", "mock", f"PORT={port}"],
            cwd=ROOT,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        while "answers at" not in log.read_text():
            assert process.poll() is None, log.read_text()
            _pause(process)
        yield f"http://127.0.0.1:{port}", log
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _pause(process: "subprocess.Popen[bytes]") -> None:
    try:
        process.wait(0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture(scope="module")
def declared() -> Declared:
    """The contract, to hold answers against it."""
    return Declared(read().document)


class Asking:
    """Asks the mock; every answer is held against the contract."""

    def __init__(self, origin: str, declared: Declared) -> None:
        self._origin = origin
        self._declared = declared

    async def __call__(self, method: str, path: str, *, prefer: str = "", **options: Any) -> httpx.Response:
        headers = {**TOKEN, "Prefer": prefer, **options.pop("headers", {})}
        hooks = {"response": [self._declared.check]}
        async with httpx.AsyncClient(
            base_url=self._origin, event_hooks=hooks, verify=NO_TLS, trust_env=False
        ) as http:
            return await http.request(
                method, path, headers={k: v for k, v in headers.items() if v}, **options
            )


@pytest.fixture
def ask(mock: tuple[str, Path], declared: Declared) -> Asking:
    return Asking(mock[0], declared)


def test_5_one_command_says_where_the_mock_is_and_how_to_ask_it(mock: tuple[str, Path]) -> None:
    origin, log = mock
    printed = log.read_text()
    assert f"answers at {origin}" in printed
    assert printed.count("curl ") == 2


@pytest.mark.parametrize("path", IN_TWO_LANGUAGES)
async def test_5_an_answer_comes_in_the_language_that_is_asked_for(ask: Asking, path: str) -> None:
    told = {language: await ask("GET", path, prefer=f"example={language}") for language in ("en", "ko")}
    assert {language: answer.status_code for language, answer in told.items()} == {"en": 200, "ko": 200}
    assert told["en"].json() != told["ko"].json()


@pytest.mark.parametrize("language", ["en", "ko"])
async def test_5_an_answer_with_both_languages_comes_for_either(ask: Asking, language: str) -> None:
    [first, *_] = (await ask("GET", "/catalog/v1/projects", prefer=f"example={language}")).json()["items"]
    assert first["city"].keys() == {"en", "ko"}


@pytest.mark.parametrize("service", ["intake", "review", "notification", "catalog"])
async def test_5_what_has_one_example_answers_without_being_told(ask: Asking, service: str) -> None:
    assert (await ask("GET", f"/{service}/v1/time")).json()["time_zone"] == "Asia/Seoul"


async def test_5_a_refusal_is_chosen_by_its_name(ask: Asking) -> None:
    act = {"Idempotency-Key": "mine"}
    told = await ask(
        "POST", f"{APPLICATION}/submission", headers=act, prefer="code=409, example=window-closed"
    )
    assert (told.status_code, told.json()["type"].rpartition("/")[2]) == (409, "window-closed")


async def test_5_a_request_that_breaks_the_contract_is_refused(ask: Asking) -> None:
    act = {"Idempotency-Key": "mine"}
    good = {"call_code": "KCN-2025", "track": "planning"}
    assert (await ask("POST", "/intake/v1/applications", headers=act, json=good)).status_code == 201
    for bad, headers in (({"track": "planning"}, act), (good | {"track": "moon"}, act), (good, {})):
        assert (await ask("POST", "/intake/v1/applications", headers=headers, json=bad)).status_code == 422
    assert (await ask("GET", APPLICATION, headers={"Authorization": ""})).status_code == 401


async def test_5_made_up_answers_are_a_switch_away(mock: tuple[str, Path]) -> None:
    ask = Asking(mock[0], Declared(read().document, may_grow=True))
    example = (await ask("GET", "/catalog/v1/statistics")).json()
    made_up = await ask("GET", "/catalog/v1/statistics", prefer="dynamic=true")
    assert made_up.status_code == 200
    assert made_up.json() != example


async def test_5_pages_of_other_origins_may_ask(mock: tuple[str, Path]) -> None:
    asked = {
        "Origin": "http://localhost:5173",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,if-match,x-request-id",
    }
    async with httpx.AsyncClient(base_url=mock[0], verify=NO_TLS, trust_env=False) as http:
        told = await http.options("/intake/v1/applications", headers=asked)
        read_ = await http.get("/intake/v1/time", headers={"Origin": asked["Origin"]})
    assert told.headers["access-control-allow-origin"] == asked["Origin"]
    assert told.headers["access-control-allow-headers"] == asked["Access-Control-Request-Headers"]
    assert read_.headers["access-control-allow-origin"] == asked["Origin"]
    assert read_.headers["access-control-expose-headers"]


def test_5_the_python_client_works_with_the_mock_as_the_docs_say(mock: tuple[str, Path]) -> None:
    told = program(ROOT / "docs" / "clients.md", "python").replace("http://127.0.0.1:4010", mock[0])
    assert mock[0] in told
    names: dict[str, Any] = {}
    exec(compile(told, "docs/clients.md", "exec"), names)  # noqa: S102 - the page as it stands is what is tried
    application = APPLICATION.rpartition("/")[2]
    with closing(names["http"]):
        uploaded = names["mock"].upload_document(application, b"%PDF-1.4", kind="plan", file_name="plan.pdf")
    assert (uploaded.status, uploaded.data.file_name) == (201, "사업계획서.pdf")
    with KCity(mock[0], retries=NEVER) as nobody, pytest.raises(problems.TokenMissing):
        nobody.get_application(application)
