"""The public page behind the front door: addresses, headers, size, and what it shows of the played system."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx
import pytest

from tests.stack import RunningStack

pytestmark = pytest.mark.journey
MOST_BYTES = 150 * 1024
LOADED = re.compile(r'<(?:link rel="(?:stylesheet|icon)" href|script src)="([^"]+)"')


@pytest.fixture
def catalogue(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"{played.front_door}/catalog/", trust_env=False) as client:
        yield client


def compressed_bytes(client: httpx.Client, address: str) -> int:
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        assert answer.headers.get("content-encoding") == "gzip" or address.endswith(".svg")
        return sum(map(len, answer.iter_raw()))


def test_3_the_front_door_leads_to_the_page_in_the_readers_language(
    played: RunningStack, catalogue: httpx.Client
) -> None:
    door = httpx.get(f"{played.front_door}/catalog", trust_env=False)
    assert (door.status_code, door.headers["location"]) == (302, "/catalog/")
    for preferred, language in (("ko-KR", "ko"), ("en-GB", "en")):
        answer = catalogue.get("", headers={"Accept-Language": preferred}, follow_redirects=True)
        assert str(answer.url) == f"{played.front_door}/catalog/{language}/"
        assert answer.status_code == 200


def test_3_the_same_page_straight_from_the_service(played: RunningStack, catalogue: httpx.Client) -> None:
    straight = httpx.get(
        f"http://127.0.0.1:{played.stack.api_port('catalog')}/ko/projects/17", trust_env=False
    )
    behind = catalogue.get("ko/projects/17", headers={"Accept-Encoding": "identity"})
    assert straight.content == behind.content


def test_3_the_first_view_is_small_and_its_parts_are_kept(catalogue: httpx.Client) -> None:
    page = catalogue.get("ko/")
    parts = [urljoin(str(page.url), name) for name in LOADED.findall(page.text)]
    assert len(parts) == 3
    assert sum(compressed_bytes(catalogue, part) for part in [str(page.url), *parts]) <= MOST_BYTES
    assert {catalogue.get(part).headers["cache-control"] for part in parts} == {
        "public, max-age=31536000, immutable"
    }


def test_3_the_page_has_one_strict_policy_that_lets_its_search_work(catalogue: httpx.Client) -> None:
    policy = catalogue.get("en/").headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "form-action 'self'" in policy[0]
    assert "unsafe" not in policy[0]


def test_3_an_unchanged_page_is_not_sent_again(catalogue: httpx.Client) -> None:
    first = catalogue.get("en/projects/17")
    again = catalogue.get("en/projects/17", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "word"), [("ko/nothing", "찾는 페이지가 없습니다"), ("en/projects/0", "no such page")]
)
def test_3_what_is_not_there_is_a_page_in_the_language(catalogue: httpx.Client, path: str, word: str) -> None:
    answer = catalogue.get(path)
    assert answer.status_code == 404
    assert word in answer.text


def test_3_the_selected_projects_stand_beside_the_completed_ones(catalogue: httpx.Client) -> None:
    selected = catalogue.get("v1/projects", params={"state": "selected"}).json()["items"]
    assert selected
    shown = catalogue.get("ko/projects", params={"state": "selected"}).text
    for project in selected:
        assert f"projects/{project['id']}" in shown
