from urllib.parse import quote
from uuid import UUID

import httpx
import pytest

from services.catalog.domain.project import id_of_completed, id_of_selected
from services.catalog.tests.made import Story, chosen
from shared.delivery.inbox import Inbox
from shared.ids import ApplicationId

pytestmark = pytest.mark.usefixtures("loaded")


async def numbers(api: httpx.AsyncClient, query: str) -> list[int | None]:
    """Of all pages."""
    found: list[int | None] = []
    cursor = ""
    while True:
        answer = await api.get(f"/v1/projects?limit=100&{query}{cursor}")
        assert answer.status_code == 200, answer.text
        found += [item["number"] for item in answer.json()["items"]]
        if answer.json()["next_cursor"] is None:
            return found
        cursor = f"&cursor={answer.json()['next_cursor']}"


def refused(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return [error["pointer"] for error in answer.json()["errors"]]


class TestGetProject:
    async def test_shows_a_completed_project_with_both_languages(self, api: httpx.AsyncClient) -> None:
        answer = await api.get(f"/v1/projects/{id_of_completed(17)}")
        project = answer.json()
        assert answer.status_code == 200
        assert project["title"] == {"ko": "교통관리체계 구축", "en": "Traffic management system"}
        assert project["country"] == {"iso2": "VN", "name": {"ko": "베트남", "en": "Vietnam"}}
        assert (project["state"], project["type"], project["selection_year"]) == (
            "completed",
            "solution_plan",
            2021,
        )
        assert len(project["sources"]) == 2

    async def test_shows_null_for_what_is_not_published(self, api: httpx.AsyncClient) -> None:
        project = (await api.get("/v1/projects/by-number/48")).json()
        for name in (
            "country",
            "city",
            "title",
            "organisation",
            "partner",
            "support_krw",
            "call",
            "selection_id",
        ):
            assert project[name] is None
        assert project["note"].startswith("planned as one development plan")

    async def test_finds_the_same_project_by_number(self, api: httpx.AsyncClient) -> None:
        by_id = await api.get(f"/v1/projects/{id_of_completed(9)}")
        assert (await api.get("/v1/projects/by-number/9")).json() == by_id.json()

    @pytest.mark.parametrize(
        "address", ["/v1/projects/01936f00-0000-7000-8000-000000000000", "/v1/projects/by-number/50"]
    )
    async def test_answers_404_where_there_is_none(self, api: httpx.AsyncClient, address: str) -> None:
        answer = await api.get(address)
        assert (answer.status_code, answer.json()["title"]) == (404, "Not found")

    @pytest.mark.parametrize(
        ("address", "pointer"),
        [
            ("/v1/projects/seventeen", "/path/project_id"),
            ("/v1/projects/by-number/0", "/path/number"),
            ("/v1/projects/by-number/99999999999999999999", "/path/number"),
        ],
    )
    async def test_points_at_an_address_that_cannot_be(
        self, api: httpx.AsyncClient, address: str, pointer: str
    ) -> None:
        assert refused(await api.get(address)) == [pointer]


class TestListProjects:
    async def test_lists_all_by_number(self, api: httpx.AsyncClient) -> None:
        assert await numbers(api, "") == list(range(1, 50))

    @pytest.mark.parametrize("sort", ["number", "-number", "year", "-year"])
    @pytest.mark.parametrize("limit", [1, 7, 100])
    async def test_pages_give_each_project_once_in_order(
        self, api: httpx.AsyncClient, inbox: Inbox, sort: str, limit: int
    ) -> None:
        story = Story()
        for record in (story.call_published(), story.selection_announced()):
            await inbox.receive(record)
        query: dict[str, str | int] = {"sort": sort, "limit": limit}
        ids: list[str] = []
        keys: list[tuple[int, ...]] = []
        while True:
            page = (await api.get("/v1/projects", params=query)).json()
            for item in page["items"]:
                number = item["number"] or 10**6
                ids.append(item["id"])
                keys.append((item["selection_year"], number) if "year" in sort else (number,))
            if page["next_cursor"] is None:
                break
            query["cursor"] = page["next_cursor"]
        assert len(ids) == len(set(ids)) == 51
        assert keys == sorted(keys, reverse=sort.startswith("-"))

    async def test_filters_add_up(self, api: httpx.AsyncClient) -> None:
        expected: dict[str, list[int | None]] = {
            "year=2021&type=solution_plan": [17, 18, 19, 20],
            "country=VN": [4, 17, 31, 39, 42],
            "country=PE&country=KE": [6, 16],
            "type=plan&country=BO": [30],
            "state=completed&year=2024&type=development_plan": [48],
            "state=selected": [],
            "country=FR": [],
            "year=2100": [],
        }
        assert {query: await numbers(api, query) for query in expected} == expected

    async def test_finds_text_in_korean_and_english(self, api: httpx.AsyncClient) -> None:
        expected: dict[str, list[int | None]] = {
            "교통": [9, 17, 46],
            "traffic": [9, 17, 46],
            "Bogota": [9],
            "bogotá": [9],
            "BOGOTÁ": [9],
            "교통 관리 체계": [17],
            "하이퐁": [17, 39],
            "haiphong": [17, 39],
            "튀르키예": [11, 12, 21, 40],
            "turkiye": [11, 12, 21, 40],
            "samsung sds": [21],
            "％": [],
            "%": [],
            "_": [],
            "\\": [],
            "/": [],
            "재해방지·관리": [12],
            "Haiphong Vietnam": [17, 39],
            "'; DROP TABLE project; --": [],
        }
        assert {text: await numbers(api, f"q={quote(text)}") for text in expected} == expected

    async def test_points_at_a_query_that_cannot_be(self, api: httpx.AsyncClient) -> None:
        expected = {
            "country=ZZ": ["/query/country/0"],
            "country=VN&country=vn": ["/query/country/1"],
            "country=": ["/query/country/0"],
            "year=2019": ["/query/year"],
            "year=2101": ["/query/year"],
            "year=soon": ["/query/year"],
            "type=smart": ["/query/type"],
            "state=secret": ["/query/state"],
            "sort=city": ["/query/sort"],
            "q=": ["/query/q"],
            "q=%20%20": ["/query/q"],
            "q=a%01b": ["/query/q"],
            "q=%ED%A0%80": ["/query/q"],
            "q=%FF": ["/query/q"],
            "q=" + "x" * 201: ["/query/q"],
            "limit=0": ["/query/limit"],
            "limit=101": ["/query/limit"],
            "contry=VN": ["/query/contry"],
        }
        found = {query: refused(await api.get(f"/v1/projects?{query}")) for query in expected}
        assert found == expected

    async def test_refuses_a_nul_byte_before_anything_reads_it(self, api: httpx.AsyncClient) -> None:
        answer = await api.get("/v1/projects?q=a%00b")
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("/malformed-request")

    async def test_refuses_a_cursor_of_another_query(self, api: httpx.AsyncClient) -> None:
        cursor = (await api.get("/v1/projects?year=2020&limit=1")).json()["next_cursor"]
        answer = await api.get(f"/v1/projects?year=2021&limit=1&cursor={cursor}")
        assert answer.json()["type"].endswith("/cursor-mismatch")
        assert (await api.get("/v1/projects?cursor=AAAA")).status_code == 400


class TestConditionalReading:
    @pytest.mark.parametrize(
        "address",
        [
            "/v1/projects",
            "/v1/projects?q=traffic",
            "/v1/projects/by-number/9",
            f"/v1/projects/{id_of_completed(1)}",
            "/v1/statistics",
        ],
    )
    async def test_answers_304_to_the_tag_it_gave(self, api: httpx.AsyncClient, address: str) -> None:
        first = await api.get(address)
        assert first.headers["cache-control"] == "public, no-cache"
        assert not first.headers["etag"].startswith("W/")
        again = await api.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert again.headers["cache-control"] == "public, no-cache"
        assert (await api.get(address, headers={"If-None-Match": '"other"'})).status_code == 200

    @pytest.mark.parametrize("address", ["/v1/projects?limit=100", "/v1/statistics"])
    async def test_gives_another_tag_once_a_selection_is_announced(
        self, api: httpx.AsyncClient, inbox: Inbox, address: str
    ) -> None:
        tag = (await api.get(address)).headers["etag"]
        story = Story()
        for record in (story.call_published(), story.selection_announced()):
            await inbox.receive(record)
        answer = await api.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["etag"] != tag


class TestAnnouncement:
    """What a selection shows, by every route, before its announcement arrives and after."""

    story = Story(
        selected=[
            chosen(
                1,
                country="CI",
                city=("아비장", "Abidjan"),
                title=("비밀 항만 조명", "Clandestine port lighting"),
            )
        ]
    )

    async def everything(self, api: httpx.AsyncClient) -> list[httpx.Response]:
        project_id: UUID = id_of_selected(ApplicationId(self.story.selected[0]["application_id"]))
        addresses = [
            "/v1/projects?limit=100",
            "/v1/projects?state=selected",
            "/v1/projects?country=CI",
            "/v1/projects?year=2025",
            "/v1/projects?q=clandestine",
            "/v1/projects?q=" + quote("아비장"),
            f"/v1/projects/{project_id}",
            "/v1/statistics",
        ]
        return [await api.get(address) for address in addresses]

    async def test_before_it_nothing_is_visible_by_any_route(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        untouched = [
            (answer.status_code, answer.headers.get("etag")) for answer in await self.everything(api)
        ]
        await inbox.receive(self.story.call_published())
        answers = await self.everything(api)
        assert [(answer.status_code, answer.headers.get("etag")) for answer in answers] == untouched
        assert answers[-2].status_code == 404
        for answer in answers:
            for trace in ("Abidjan", "아비장", "Clandestine", '"CI"', "2025,"):
                assert trace not in answer.text

    async def test_a_selection_held_back_for_its_call_is_not_visible(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        await inbox.receive(self.story.selection_announced())
        for answer in await self.everything(api):
            assert "Abidjan" not in answer.text
            assert '"CI"' not in answer.text

    async def test_after_it_every_route_shows_it(self, api: httpx.AsyncClient, inbox: Inbox) -> None:
        for record in (self.story.call_published(), self.story.selection_announced()):
            await inbox.receive(record)
        *lists, single, statistics = await self.everything(api)
        for answer in lists:
            assert answer.json()["items"][-1]["city"] == {"ko": "아비장", "en": "Abidjan"}
        project = single.json()
        assert project["organisation"] == {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."}
        assert project["partner"] == {"ko": None, "en": "City of Da Nang"}
        assert project["support_krw"] == 380_000_000
        assert project["selection_id"] == str(self.story.selection_id)
        assert project["call"]["code"] == "KCN-2025"
        assert project["call"]["name"] == {"ko": "K-City 네트워크 2025", "en": "K-City Network 2025"}
        assert statistics.json()["countries_added"]["value"] == 1


class TestStatistics:
    async def test_stands_counted_beside_published_numbers(
        self, api: httpx.AsyncClient, inbox: Inbox
    ) -> None:
        story = Story()
        for record in (story.call_published(), story.selection_announced()):
            await inbox.receive(record)
        answer = (await api.get("/v1/statistics")).json()
        totals = {
            total["measure"]: [total[side]["value"] for side in ("published", "completed", "selected")]
            for total in answer["totals"]
        }
        assert totals == {
            "projects": [49, 49, 2],
            "countries": [26, 25, 2],
            "development_plan": [18, 11, 0],
            "solution_plan": [16, 11, 0],
            "plan": [None, 12, 0],
            "demonstration": [15, 15, 2],
        }
        assert answer["countries_added"]["value"] == 1
        assert all(
            total["published"]["source"] and total["published"]["basis"]["ko"] for total in answer["totals"]
        )

    async def test_counts_by_year_and_by_country(self, api: httpx.AsyncClient) -> None:
        answer = (await api.get("/v1/statistics")).json()
        by_year = {row["selection_year"]: row["completed"]["projects"] for row in answer["by_year"]}
        by_country = {
            row["country"]["iso2"] if row["country"] else None: row["completed"]["projects"]
            for row in answer["by_country"]
        }
        assert by_year == {2020: 12, 2021: 11, 2022: 10, 2023: 8, 2024: 8}
        assert by_country["ID"] == 7
        assert by_country[None] == 2
        assert len(by_country) == 26
