"""Item 2: the catalogue's API through the front door, as everybody: search, facets, places, formats, caching."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.catalog.domain.project import id_of_completed
from tests.stack import PLAYED_WITHIN_SECONDS, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

LIST = "/catalog/v1/projects"
QUESTIONS = ("what did Korea do for traffic in Vietnam?", "한국은 베트남 교통을 위해 무엇을 했나?")
NUMBER_17 = str(id_of_completed(17))


@pytest.fixture
def http(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=played.front_door, timeout=30) as client:
        yield client


def found(http: httpx.Client, **query: Any) -> list[dict[str, Any]]:
    answer = http.get(LIST, params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_korea_did_for_traffic_in_vietnam_is_answered_in_both_languages(
    http: httpx.Client, question: str
) -> None:
    assert found(http, q=question)[0]["number"] == 17
    facets = http.get(f"{LIST}/facets", params={"q": question}).json()
    assert "VN" in [one["value"]["iso2"] for one in facets["country"]]
    assert "mobility" in [one["value"] for one in facets["sector"]]


def test_country_and_sector_find_exactly_number_17(http: httpx.Client) -> None:
    query = {"country": "VN", "sector": "mobility", "state": "completed"}
    assert [item["number"] for item in found(http, **query)] == [17]
    assert http.get(f"{LIST}/facets", params=query).json()["total"] == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [("trafic managment", 17), ("베트남교통", 17), ("bogota", 9), ("주차", 23), ("phong", 17)],
)
def test_words_are_found_mistyped_joined_without_accents_and_in_part(
    http: httpx.Client, text: str, number: int
) -> None:
    assert number in [item["number"] for item in found(http, q=text)]


def test_facets_add_up_to_the_list_they_stand_beside(http: httpx.Client) -> None:
    facets = http.get(f"{LIST}/facets").json()
    assert facets["total"] == len(found(http))
    for facet in ("year", "country", "type", "state", "stage"):
        assert sum(one["projects"] for one in facets[facet]) == facets["total"]
    assert sum(facets["position"].values()) == facets["total"]


def test_projects_near_a_point_come_nearest_first(http: httpx.Client) -> None:
    near = found(http, near="21.03,105.85", within_km=600, state="completed")
    assert [item["number"] for item in near] == [17, 39, 7, 32, 42]
    assert [item["distance_km"] for item in near] == sorted(item["distance_km"] for item in near)


def test_a_box_may_cross_the_antimeridian(http: httpx.Client) -> None:
    assert [item["number"] for item in found(http, bbox="130,40,-60,50", state="completed")] == [1]


def test_counted_numbers_stand_beside_published_ones_by_sector_and_stage_too(http: httpx.Client) -> None:
    statistics = http.get("/catalog/v1/statistics").json()
    projects = next(total for total in statistics["totals"] if total["measure"] == "projects")
    assert (projects["published"]["value"], projects["completed"]["value"]) == (49, 49)
    assert sum(row["projects"] for row in statistics["by_stage"]) == len(found(http))
    mobility = next(row for row in statistics["by_sector"] if row["sector"] == "mobility")
    assert mobility["completed"]["projects"] == len(found(http, sector="mobility", state="completed"))


def test_every_format_tells_of_the_same_projects(http: httpx.Client) -> None:
    ids = {item["id"] for item in found(http)}
    assert {one["id"] for one in http.get(f"{LIST}.geojson").json()["features"]} == ids
    assert {json.loads(line)["id"] for line in http.get(f"{LIST}.jsonl").text.splitlines()} == ids
    assert http.get(f"{LIST}/{NUMBER_17}/jsonld").json()["@type"] == "Project"


def test_a_harvester_finds_every_file_that_the_data_set_names(http: httpx.Client) -> None:
    data_set = http.get("/catalog/v1/dataset").json()
    assert data_set["@type"] == "dcat:Dataset"
    for one in data_set["dcat:distribution"]:
        path = "/catalog" + one["dcat:accessURL"]["@id"].partition("/catalog")[2]
        assert http.get(path).status_code == 200, path


@pytest.mark.parametrize("encoding", ["identity", "gzip", "zstd"])
def test_an_unchanged_answer_is_not_sent_again_compressed_or_not(http: httpx.Client, encoding: str) -> None:
    with http.stream("GET", LIST, params={"limit": 100}, headers={"Accept-Encoding": encoding}) as first:
        assert first.headers.get("content-encoding", "identity") == encoding
        assert first.headers["cache-control"] == "public, no-cache"
        tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = http.get(LIST, params={"limit": 100}, headers={"Accept-Encoding": encoding, "If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_any_page_may_read_and_ask_whether_something_changed(http: httpx.Client) -> None:
    answer = http.get(LIST, headers={"Origin": "https://news.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    asking = {"Origin": "https://news.example", "Access-Control-Request-Method": "GET"}
    allowed = http.options(LIST, headers=asking | {"Access-Control-Request-Headers": "if-none-match"})
    assert allowed.status_code == 204
    assert "If-None-Match" in allowed.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in http.get("/review/v1/time").headers


def test_everybody_is_told_how_often_they_may_ask_and_unchanged_answers_count_too(http: httpx.Client) -> None:
    def left(answer: httpx.Response) -> tuple[int, int]:
        policy, standing = answer.headers["ratelimit-policy"], answer.headers["ratelimit"]
        assert policy.startswith('"public_reads"')
        told = dict(one.split("=") for one in standing.split(";")[1:])
        return int(told["r"]), int(told["t"])

    first = http.get(LIST)
    again = http.get(LIST, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    before, seconds = left(first)
    after, seconds_after = left(again)
    assert after < before or seconds_after > seconds


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("q=" + "x" * 201, "/query/q"),
        ("limit=101", "/query/limit"),
        ("bbox=0,10,10,0", "/query/bbox"),
        ("near=91,0", "/query/near"),
        ("within_km=1", "/query/within_km"),
        ("sector=traffic", "/query/sector/0"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_place_of_the_fault(
    http: httpx.Client, query: str, pointer: str
) -> None:
    refused = http.get(f"{LIST}?{query}")
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


@pytest.mark.parametrize("text", ["'; DROP TABLE project; --", "%%__\\", "{a,b}", "가" * 200, "🚦" * 50])
def test_no_search_string_breaks_anything(http: httpx.Client, text: str) -> None:
    assert http.get(LIST, params={"q": text}).status_code == 200


def test_a_cursor_of_another_question_is_refused(http: httpx.Client) -> None:
    cursor = http.get(LIST, params={"q": "smart", "limit": 1}).json()["next_cursor"]
    refused = http.get(LIST, params={"q": "traffic", "limit": 1, "cursor": cursor})
    assert refused.json()["type"].endswith("/cursor-mismatch")
