"""Search, facets and places: over HTTP, on the real list."""

from typing import Any
from urllib.parse import quote

import httpx
import pytest

from services.catalog.tests.endpoints.test_projects import numbers, refused

pytestmark = pytest.mark.usefixtures("loaded")
SENTENCES = ("what did Korea do for traffic in Vietnam?", "한국은 베트남 교통을 위해 무엇을 했나?")


async def found(api: httpx.AsyncClient, text: str) -> tuple[list[int | None], str | None]:
    answer = await api.get(f"/v1/projects?limit=100&q={quote(text)}")
    assert answer.status_code == 200, answer.text
    return [item["number"] for item in answer.json()["items"]], answer.json()["matched"]


async def test_questions_are_answered_in_both_languages(api: httpx.AsyncClient) -> None:
    expected: dict[str, tuple[list[int], str | None]] = {
        SENTENCES[0]: ([17], "all"),
        SENTENCES[1]: ([17], "all"),
        "베트남교통": ([17], "all"),
        "trafic veitnam": ([17], "all"),
        "베트넘 교퉁": ([17], "all"),
        "한국은 베트넘에서 교퉁을 위해 무엇을 했나?": ([17], "all"),
        "베트넘교통": ([17], "all"),
        "베트넘": ([4, 17, 31, 39, 42], "all"),
        "교퉁": ([9, 17, 46], "all"),
        "가스": ([], None),
        "transport vietnam": ([17], "all"),
        "모빌리티 베트남": ([17], "all"),
        "viet nam": ([4, 17, 31, 39, 42], "all"),
        "turkey": ([11, 12, 21, 40], "all"),
        "vietnam 2021": ([17], "all"),
        "쓰레기 볼리비아": ([18], "all"),
        "water vietnam": ([4, 17, 31, 39, 42, 7], "some"),
        "nonsuchword vietnam": ([4, 17, 31, 39, 42], "some"),
        "nonsuchword": ([], None),
        "smart smart smart parking": ([23], "all"),
    }
    assert {text: await found(api, text) for text in expected} == expected


async def test_the_best_answer_comes_first_and_pages_go_on_in_that_order(api: httpx.AsyncClient) -> None:
    whole = await numbers(api, "q=smart%20city%20vietnam")
    assert whole[0] == 4, "title and place"
    paged: list[int | None] = []
    address = "/v1/projects?limit=2&q=smart%20city%20vietnam"
    cursor = ""
    while True:
        page = (await api.get(address + cursor)).json()
        paged += [item["number"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert paged == whole
    assert await numbers(api, "q=교통&sort=-number") == [46, 17, 9]


async def test_what_is_written_as_asked_comes_before_what_is_taken_for_a_slip(
    api: httpx.AsyncClient,
) -> None:
    assert await found(api, "볼리비아 베트남") == ([4, 17, 18, 30, 31, 39, 42], "some")
    assert await found(api, "볼리비아 베트넘") == ([18, 30, 4, 17, 31, 39, 42], "some")


HOSTILE = (
    "' OR 1=1; --",
    "{a,b}",
    '{"x"}',
    "\\",
    "%%__%%",
    "가" * 200,
    "a " * 100,
    "NULL",
    "ㄱㄴㄷ",
    "🚦🚗",
    "\u202evietnam",
    "العربية",
    "ﷺ" * 10,
    "-1e309",
    "q" * 200,
    "교통" * 100,
    "z-" * 100,
)


async def test_no_search_breaks_anything(api: httpx.AsyncClient) -> None:
    for text in HOSTILE:
        for route in ("projects", "projects/facets"):
            answer = await api.get(f"/v1/{route}", params={"q": text})
            assert answer.status_code == 200, (text, answer.text)


async def test_facets_leave_their_own_condition_out_and_the_empty_away(api: httpx.AsyncClient) -> None:
    def counts(answer: dict[str, Any], facet: str) -> dict[Any, int]:
        return {one["value"]: one["projects"] for one in answer[facet]}

    facets = (await api.get("/v1/projects/facets?country=VN&sector=mobility")).json()
    assert (facets["total"], facets["matched"]) == (1, None)
    assert counts(facets, "year") == {2021: 1}
    nations = {one["value"]["iso2"]: one["projects"] for one in facets["country"]}
    assert nations["VN"] == 1
    assert len(nations) == 8, "mobility elsewhere"
    assert counts(facets, "sector")["mobility"] == 1
    assert counts(facets, "sector")[None] == 2, "of Viet Nam"
    everything = (await api.get("/v1/projects/facets")).json()
    assert everything["total"] == sum(counts(everything, "year").values()) == 49
    assert everything["country"][-1] == {"value": None, "projects": 2}
    assert everything["position"] == {"known": 39, "unknown": 10}
    assert counts(everything, "state") == {"completed": 49}
    asked = (await api.get("/v1/projects/facets", params={"q": SENTENCES[1]})).json()
    assert (asked["total"], asked["matched"]) == (1, "all")


async def test_projects_are_found_by_where_they_are(api: httpx.AsyncClient) -> None:
    near = (await api.get("/v1/projects?near=21.03,105.85&within_km=600")).json()["items"]
    assert [item["number"] for item in near] == [17, 39, 7, 32, 42]
    assert near[0]["distance_km"] == pytest.approx(88.5, abs=0.1)
    assert (await api.get("/v1/projects/by-number/17")).json()["distance_km"] is None
    expected: dict[str, list[int | None]] = {
        "bbox=102,8,110,24&country=VN": [17, 31, 39, 42],
        "bbox=130,40,-60,50": [1],
        "bbox=-180,-90,180,90&year=2021&positioned=false": [],
        "positioned=false": [3, 4, 5, 13, 14, 24, 35, 47, 48, 49],
        "near=90,0&within_km=4600&sort=number": [34],
        "country=VN&sector=mobility": [17],
        "near=0,180&within_km=20016&year=2020&type=development_plan&sort=number": [1, 2, 6],
    }
    assert {query: await numbers(api, query) for query in expected} == expected
    facets = (await api.get("/v1/projects/facets?near=21.03,105.85&within_km=600&country=VN")).json()
    assert (facets["total"], facets["position"]) == (3, {"known": 4, "unknown": 1})


async def test_what_cannot_be_asked_is_pointed_at(api: httpx.AsyncClient) -> None:
    expected = {
        "near=21.03": ["/query/near"],
        "near=91,0": ["/query/near"],
        "near=nan,0": ["/query/near"],
        "within_km=5": ["/query/within_km"],
        "near=1,1&within_km=0": ["/query/within_km"],
        "near=1,1&within_km=nan": ["/query/within_km"],
        "near=1,1&within_km=1e9": ["/query/within_km"],
        "bbox=1,2,3": ["/query/bbox"],
        "bbox=0,10,10,0": ["/query/bbox"],
        "bbox=-181,0,0,10": ["/query/bbox"],
        "sort=distance": ["/query/sort"],
        "sort=relevance": ["/query/sort"],
        "sector=traffic": ["/query/sector/0"],
        "stage=secret": ["/query/stage"],
        "positioned=maybe": ["/query/positioned"],
    }
    assert {query: refused(await api.get(f"/v1/projects?{query}")) for query in expected} == expected
    other = (await api.get("/v1/projects?q=smart&limit=1")).json()["next_cursor"]
    for query in ("q=city", "q=smart&sort=number", "near=1,1"):
        answer = await api.get(f"/v1/projects?{query}&limit=1&cursor={other}")
        assert answer.json()["type"].endswith("/cursor-mismatch"), query
    assert refused(await api.get("/v1/projects/facets?limit=5")) == ["/query/limit"]
