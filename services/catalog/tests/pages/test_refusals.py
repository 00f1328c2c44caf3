"""Whatever is refused at a page's address is told by a page, with the status and headers of the refusal."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from services.catalog.main import create_app
from services.catalog.settings import CatalogSettings
from services.catalog.tests.pages.seen import Seen
from shared.testing.api import open_api

HEAVY = {"X-Filling": "x" * 17_000}


@pytest.fixture
async def hurried(settings: CatalogSettings) -> AsyncIterator[httpx.AsyncClient]:
    """Lets an address read twice an hour."""
    app = create_app(settings.model_copy(update={"rate_limit_public_reads": "2/hour"}))
    async with open_api(app) as client:
        yield client


def told(answer: httpx.Response, language: str, status: int) -> Seen:
    """The page that an answer is, checked as every refusal must be."""
    assert answer.status_code == status, answer.text[:300]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers.get_list("content-security-policy") == [answer.headers["content-security-policy"]]
    assert "style-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-request-id"]
    assert int(answer.headers["content-length"]) == len(answer.content)
    seen = Seen(answer.text)
    assert seen.open == []
    assert seen.all("html") == [{"lang": language}]
    assert str(status) in seen.text
    return seen


class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "path", "language", "options", "status", "words"),
        [
            ("GET", "/ko/nothing", "ko", {}, 404, "찾는 페이지가 없습니다"),
            ("GET", "/en/projects/0", "en", {}, 404, "There is no such page"),
            ("GET", "/en/projects?year=9999", "en", {}, 400, "This address cannot be read"),
            ("GET", "/ko/projects?q=%00", "ko", {}, 400, "이 주소의 조건을 읽을 수 없습니다"),
            ("GET", "/en/", "en", {"headers": HEAVY}, 431, "This address cannot be read"),
            ("POST", "/ko/", "ko", {}, 405, "읽을 수만 있는 페이지입니다"),
            ("DELETE", "/en/projects/17", "en", {}, 405, "This page can only be read"),
            ("POST", "/", "en", {"headers": {"Accept-Language": "en"}}, 405, "This page can only be read"),
        ],
    )
    async def test_are_pages_in_the_readers_language(
        self,
        pages: httpx.AsyncClient,
        method: str,
        path: str,
        language: str,
        options: dict[str, Any],
        status: int,
        words: str,
    ) -> None:
        seen = told(await pages.request(method, path, **options), language, status)
        assert words in seen.text

    async def test_of_too_many_requests_say_when_to_come_back(self, hurried: httpx.AsyncClient) -> None:
        assert [(await hurried.get("/ko")).status_code for _ in range(2)] == [308, 308]
        for path, language, words in (
            ("/ko/", "ko", "초 뒤에 이 페이지를 다시 열어 주세요"),
            ("/en/projects?q=x", "en", "Please open this page again in"),
            ("/", "en", "Too many pages in a short time"),
        ):
            answer = await hurried.get(path, headers={"Accept-Language": language})
            seen = told(answer, language, 429)
            assert words in seen.text
            assert 1 <= int(answer.headers["retry-after"]) <= 3600
            assert language == "ko" or path == "/" or f"in {answer.headers['retry-after']} s" in seen.text
            assert answer.headers["ratelimit"].startswith('"public_reads";r=0;t=')
            assert answer.headers["ratelimit-policy"] == '"public_reads";q=2;w=3600'
        api = await hurried.get("/v1/projects")
        assert (api.status_code, api.headers["content-type"]) == (429, "application/problem+json")

    async def test_of_a_method_name_those_that_are_allowed(self, pages: httpx.AsyncClient) -> None:
        assert (await pages.post("/ko/projects")).headers["allow"] == "GET, HEAD, OPTIONS"

    async def test_have_a_head_without_a_body(self, pages: httpx.AsyncClient) -> None:
        answer = await pages.head("/ko/nothing")
        assert (answer.status_code, answer.content) == (404, b"")
        assert int(answer.headers["content-length"]) == len((await pages.get("/ko/nothing")).content)

    async def test_lead_to_the_start_and_the_other_language_from_every_address(
        self, hurried: httpx.AsyncClient
    ) -> None:
        for _ in range(2):
            await hurried.get("/ko")
        for path in ("/", "/ko", "/ko/", "/ko/a/b"):
            seen = Seen((await hurried.get(path, headers={"Accept-Language": "ko"})).text)
            links = {str(httpx.URL(f"http://x{path}").join(one["href"] or "")) for one in seen.all("a")}
            assert {"http://x/ko/", "http://x/ko/projects", f"http://x/en/{path[4:]}"} <= links

    @pytest.mark.parametrize("accepted", ["text/html", "application/json", "image/png", "text/html;q=0"])
    async def test_never_say_that_nothing_is_acceptable_for_there_is_one_form(
        self, pages: httpx.AsyncClient, accepted: str
    ) -> None:
        for path in ("/ko/", "/ko/projects", "/ko/projects/17"):
            answer = await pages.get(path, headers={"Accept": accepted})
            assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")

    @pytest.mark.parametrize("path", ["/static/none.css", "/v1/projects/x", "/nothing", "/korea", "/eng/"])
    async def test_elsewhere_stay_problems(self, pages: httpx.AsyncClient, path: str) -> None:
        answer = await pages.get(path)
        assert answer.status_code in (404, 422)
        assert answer.headers["content-type"] == "application/problem+json"
