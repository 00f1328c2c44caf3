"""Item 1: one origin for the four services and their documentation, closed to what nobody should send.

Each trick is tried byte by byte in ``deploy/front_door/tests``; here all four real services stand behind the door.
"""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from deploy.front_door.tests.conftest import raw
from deploy.visit.browser import look
from shared.settings import SERVICES
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

NOBODYS = "0199b6a2-5c1e-7a53-9f0c-2f6d1c1b7e11"
REFUSED = (
    ("GET", "/intake/v1/applications", 401),
    ("GET", f"/catalog/v1/projects/{NOBODYS}", 404),
    ("PUT", "/review/v1/selections", 405),
    ("GET", "/catalog/v1/projects?limit=1000", 422),
    ("GET", "/notification/v1/messages?cursor=x", 401),
    ("GET", "/nowhere", 404),
    ("GET", "/catalog/v1//projects", 400),
)


@pytest.fixture
def http(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=played.front_door, timeout=30) as client:
        yield client


def test_the_contract_of_the_repository_is_what_the_origin_gives(http: httpx.Client) -> None:
    given = http.get("/openapi.json")
    assert given.json() == json.loads((ROOT / "shared/contracts/openapi.json").read_text())
    for path, item in given.json()["paths"].items():
        if "{" not in path and "get" in item:
            assert http.get(path).status_code in {200, 400, 401, 403, 422}, path


@pytest.mark.parametrize(("method", "path", "status"), REFUSED)
def test_every_refusal_leads_to_a_page_that_explains_it(
    http: httpx.Client, method: str, path: str, status: int
) -> None:
    refused = http.request(method, path, headers={"X-Request-Id": "acceptance.0001"})
    assert (refused.status_code, refused.headers["content-type"]) == (status, "application/problem+json")
    assert refused.headers["x-request-id"] == refused.json()["request_id"] == "acceptance.0001"
    page = http.get(refused.json()["type"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert refused.json()["title"] in page.text
    assert re.search(r'<section lang="ko">', page.text)


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_is_reached_by_another_name_or_from_its_inside(played: RunningStack, service: str) -> None:
    port = played.stack.front_door.port
    for path in (
        f"/{service.upper()}/v1/time",
        f"/{service}//v1/time",
        f"/{service}/v1/..%2fmetrics",
        f"/{service}/metrics",
        f"/{service}/ready",
        f"/{service};x/v1/time",
    ):
        answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert re.match(rb"HTTP/1\.1 40[04] ", answer), path


@pytest.mark.needs("chromium")
def test_a_service_explains_itself_in_a_browser_without_a_network(played: RunningStack) -> None:
    watched = look(f"{played.front_door}/review/docs", ".opblock")  # the largest one
    assert watched.complaints == []
    assert watched.origins == {played.front_door}
