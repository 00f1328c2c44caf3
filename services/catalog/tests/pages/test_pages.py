import gzip
import itertools
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urljoin, urlsplit

import httpx
import pytest
from fastapi import FastAPI

from services.catalog.domain.project import id_of_completed, id_of_selected
from services.catalog.pages.static_files import static_files
from services.catalog.tests.made import Story, chosen
from services.catalog.tests.pages.seen import Seen, linked, read
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.ids import ApplicationId, new_uuid
from shared.testing.clock import step

MOST_BYTES_COMPRESSED = 150 * 1024
HOSTILE = "<script>alert(1)</script> \"' onload=x &amp; </script><img src=x>"
PAGES = (
    "/ko/",
    "/en/",
    "/ko/projects",
    "/en/projects?country=VN&sector=mobility",
    "/ko/projects/17",
    "/en/nothing",
)


class TestChooseLanguage:
    @pytest.mark.parametrize(
        ("preferred", "language"),
        [
            ("ko-KR,ko;q=0.9,en;q=0.8", "ko"),
            ("en-GB,en;q=0.9", "en"),
            ("vi,fr;q=0.9", "en"),
            ("vi,ko;q=0.5,en;q=0.3", "ko"),
            ("", "ko"),
            ("ko;q=0,en;q=0.1", "en"),
            ("ko;q=x", "en"),
            ("*", "en"),
        ],
    )
    async def test_leads_to_what_the_reader_prefers(
        self, pages: httpx.AsyncClient, preferred: str, language: str
    ) -> None:
        answer = await pages.get("/", headers={"Accept-Language": preferred})
        assert (answer.status_code, answer.headers["location"]) == (302, f"{language}/")
        assert answer.headers["vary"] == "Accept-Language"

    async def test_an_address_without_its_slash_leads_on(self, pages: httpx.AsyncClient) -> None:
        answer = await pages.get("/ko")
        assert (answer.status_code, answer.headers["location"]) == (308, "ko/")


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    async def test_runs_nothing_that_is_written_into_it_and_asks_nobody_else(
        self, pages: httpx.AsyncClient, path: str
    ) -> None:
        answer = await pages.get(path)
        seen = Seen(answer.text)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert not [
            one for one in seen.elements if "style" in one[1] or any(n.startswith("on") for n in one[1])
        ]
        assert seen.all("style") == []
        loaded = [one["src"] for one in seen.all("script") if "src" in one]
        loaded += [one["href"] for one in seen.all("link") if one["rel"] in ("stylesheet", "icon")]
        assert len(loaded) == 3
        for address in loaded:
            assert address is not None
            assert not urlsplit(address).netloc
            found = await pages.get(urljoin(f"http://x{path}", address))
            assert found.headers["cache-control"] == "public, max-age=31536000, immutable"

    @pytest.mark.parametrize("path", PAGES)
    async def test_says_its_language_and_leads_to_the_other(
        self, pages: httpx.AsyncClient, path: str
    ) -> None:
        answer = await pages.get(path)
        seen = Seen(answer.text)
        language = path[1:3]
        assert seen.all("html") == [{"lang": language}]
        assert answer.headers["content-language"] == language
        [other] = [one for one in seen.all("a") if one.get("hreflang")]
        there = urljoin(f"http://x{path}", other["href"] or "")
        assert there == f"http://x/{other['hreflang']}{path[3:]}"
        assert (await pages.get(there)).status_code == answer.status_code

    @pytest.mark.parametrize("path", PAGES)
    async def test_headings_are_in_order(self, pages: httpx.AsyncClient, path: str) -> None:
        levels = [
            int(tag[1])
            for tag, _ in Seen((await pages.get(path)).text).elements
            if re.fullmatch("h[1-6]", tag)
        ]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))

    async def test_every_link_of_the_first_pages_leads_somewhere(self, pages: httpx.AsyncClient) -> None:
        for path in ("/ko/", "/ko/projects/17"):
            links = {one["href"] or "" for one in (await read(pages, path)).all("a")}
            inside = {urljoin(f"http://x{path}", link) for link in links if not urlsplit(link).netloc}
            for address in sorted(inside):
                answer = await pages.get(address)
                assert answer.status_code == 200, address

    async def test_the_first_view_is_small(self, pages: httpx.AsyncClient) -> None:
        page = (await pages.get("/ko/")).content
        seen = Seen(page.decode())
        named = [one["src"] for one in seen.all("script") if "src" in one]
        named += [one["href"] for one in seen.all("link") if one["rel"] in ("stylesheet", "icon")]
        parts = [page, *[(await pages.get(urljoin("http://x/ko/", str(name)))).content for name in named]]
        assert sum(len(gzip.compress(part)) for part in parts) < MOST_BYTES_COMPRESSED

    @pytest.mark.usefixtures("loaded")
    async def test_a_reader_who_has_the_page_is_told_that_it_still_holds(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        first = await api.get("/en/")
        assert first.headers["cache-control"] == "public, no-cache"
        again = await api.get("/en/", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        story = Story()
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        changed = await api.get("/en/", headers={"If-None-Match": first.headers["etag"]})
        assert changed.status_code == 200
        assert changed.headers["etag"] != first.headers["etag"]

    async def test_it_is_no_part_of_the_contract(self, app: FastAPI) -> None:
        assert not [path for path in app.openapi()["paths"] if path.startswith(("/ko", "/en", "/static"))]


class TestHome:
    async def test_shows_published_beside_counted(self, pages: httpx.AsyncClient) -> None:
        text = (await read(pages, "/en/")).text
        assert re.search(r"Projects 49 49 Countries 26 25 Development plans 18 11 Solution plans 16 11", text)
        assert re.search(r"Plans \(kind not published\) not published 12 Demonstrations 15 15", text)

    async def test_every_mark_of_the_map_has_a_name_and_leads_to_its_projects(
        self, pages: httpx.AsyncClient
    ) -> None:
        marks = [one for one in (await read(pages, "/ko/")).all("a") if one.get("class") == "mark"]
        assert len(marks) > 20
        assert all(re.search(r"사업 \d+개$", one["aria-label"] or "") for one in marks)

    async def test_a_call_shows_from_its_announcement_on_and_counts_the_days(
        self, api: httpx.AsyncClient, app: FastAPI, loaded: Database, inbox: Inbox
    ) -> None:
        await inbox.receive(Story().call_published())
        announced = datetime(2025, 1, 20, 2, tzinfo=UTC)
        await step(loaded, announced - timedelta(milliseconds=1), app, name="before")
        before = await api.get("/ko/")
        assert "K-City 네트워크 2025" not in before.text
        await step(loaded, announced, app, name="announced")
        after = await api.get("/ko/", headers={"If-None-Match": before.headers["etag"]})
        assert "K-City 네트워크 2025" in after.text
        assert "17일 후 시작" in after.text
        await step(loaded, datetime(2025, 3, 11, 8, 59, tzinfo=UTC), app, name="last")
        assert "오늘 마감" in (await api.get("/ko/")).text
        await step(loaded, datetime(2025, 3, 11, 9, tzinfo=UTC), app, name="closed")
        assert "지금 접수 중인 공모가 없습니다" in (await api.get("/ko/")).text


class TestProjects:
    @pytest.mark.parametrize(
        "path",
        [
            "/ko/projects?country=VN&sector=mobility",
            "/en/projects?country=VN&sector=mobility",
            "/ko/projects?q=" + quote("한국은 베트남 교통을 위해 무엇을 했나?"),
            "/en/projects?q=" + quote("what did Korea do for traffic in Vietnam?"),
        ],
    )
    async def test_traffic_in_vietnam_is_number_17(self, pages: httpx.AsyncClient, path: str) -> None:
        seen = await read(pages, path)
        found = [one["href"] for one in seen.all("a") if re.fullmatch(r".*/projects/\d+", one["href"] or "")]
        assert found == [f"../{path[1:3]}/projects/17"]

    async def test_a_condition_can_be_taken_away_again(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, "/en/projects?country=VN&sector=mobility&q=traffic")
        [chip] = [one for one in seen.all("a") if one.get("aria-label") == "Remove: Vietnam"]
        assert chip["href"] == "../en/projects?q=traffic&sector=mobility"
        kept = {one["name"]: one["value"] for one in seen.all("input") if one.get("type") == "hidden"}
        assert kept == {"country": "VN", "sector": "mobility"}

    async def test_nothing_found_says_so(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, "/ko/projects?country=JP")
        assert "조건에 맞는 사업이 없습니다" in seen.text
        assert "일본" in seen.text

    async def test_shows_what_was_typed_and_never_runs_it(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, f"/en/projects?q={quote(HOSTILE)}")
        assert [one["value"] for one in seen.all("input") if one["name"] == "q"] == [HOSTILE]
        assert [one for one in seen.all("script") if "src" not in one] == []
        assert seen.all("img") == []

    @pytest.mark.parametrize(
        "query",
        [
            "sector=magic",
            "country=XX",
            "year=9999",
            "type=castle",
            "state=lost",
            "order=price",
            "year=2021&year=2022",
            "q=" + "x" * 201,
            "q=%01",
            "cursor=abc",
            "cursor=" + "x" * 1001,
        ],
    )
    async def test_refuses_what_it_cannot_read_with_a_page(
        self, pages: httpx.AsyncClient, query: str
    ) -> None:
        assert "이 주소의 조건을 읽을 수 없습니다" in (await read(pages, f"/ko/projects?{query}", 400)).text

    async def test_an_empty_form_asks_for_everything(self, pages: httpx.AsyncClient) -> None:
        assert "사업 49개" in (await read(pages, "/ko/projects?q=&country=&year=&order=")).text


class TestProject:
    async def test_shows_every_fact_and_says_what_is_not_published(self, pages: httpx.AsyncClient) -> None:
        text = (await read(pages, "/en/projects/17")).text
        assert "Traffic management system" in text
        assert "Not published so far: Carried out by, Partner abroad, Support" in text
        assert "derived from the published title" in text
        assert "https://www.hankyung.com/economy/article/202106237513Y" in text

    async def test_its_id_shows_it_too(self, pages: httpx.AsyncClient) -> None:
        page = (await pages.get(f"/en/projects/{id_of_completed(17)}")).text
        assert "Traffic management system" in page

    async def test_a_project_without_a_title_has_a_heading(self, pages: httpx.AsyncClient) -> None:
        assert "Plan, Khulna, Bangladesh" in (await read(pages, "/en/projects/27")).text

    async def test_shares_with_absolute_addresses(self, pages: httpx.AsyncClient) -> None:
        told = {
            one["property"]: one["content"]
            for one in (await read(pages, "/ko/projects/17")).all("meta")
            if "property" in one
        }
        assert told["og:url"] == "http://localhost:8080/catalog/ko/projects/17"
        assert told["og:title"] == "교통관리체계 구축 – 베트남 하이퐁"
        image = str(told["og:image"]).removeprefix("http://localhost:8080/catalog")
        assert (await pages.get(image)).headers["content-type"] == "image/jpeg"

    @pytest.mark.usefixtures("loaded")
    async def test_hostile_titles_are_text(self, api: httpx.AsyncClient, inbox: Inbox) -> None:
        application = new_uuid()
        story = Story([chosen(1, title=(HOSTILE, HOSTILE), city=(None, HOSTILE), application_id=application)])
        await inbox.receive(story.call_published())
        await inbox.receive(story.selection_announced())
        path = f"/ko/projects/{id_of_selected(ApplicationId(application))}"
        page = (await api.get(path)).text
        seen = Seen(page)
        assert seen.open == []
        assert linked(seen, page)["name"] == HOSTILE
        for other in ("/ko/", "/ko/projects", "/en/projects/4"):
            seen = await read(api, other)
            assert [one for one in seen.all("script") if one.get("type") is None and "src" not in one] == []
            assert seen.all("img") == []
        assert seen.all("img") == []

    @pytest.mark.parametrize(
        "reference",
        [
            "0",
            "50",
            "9" * 30,
            "１７",
            "x",
            "17.5",
            "01980000-0000-7000-8000-00000000dead",
            "%3Cb%3E",
            "17/history",
        ],
    )
    async def test_what_is_not_there_is_a_page_that_says_so(
        self, pages: httpx.AsyncClient, reference: str
    ) -> None:
        seen = await read(pages, f"/en/projects/{quote(reference, safe='%/')}", 404)
        assert "There is no such page" in seen.text


class TestStaticFiles:
    async def test_another_version_is_not_kept(self, pages: httpx.AsyncClient) -> None:
        answer = await pages.get("/static/catalog.0000.css")
        assert answer.content == static_files()["catalog.css"].content
        assert answer.headers["cache-control"] == "no-cache"

    @pytest.mark.parametrize("name", ["other.css", "catalog.0.txt", "..%2fframe.html", "catalog"])
    async def test_nothing_else_is_given(self, pages: httpx.AsyncClient, name: str) -> None:
        assert (await pages.get(f"/static/{name}")).status_code == 404

    def test_names_nobody_outside(self) -> None:
        for file in static_files().values():
            if file.media_type.startswith("text/"):
                assert b"://" not in file.content
                assert b"@import" not in file.content
