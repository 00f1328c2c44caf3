"""What one sees on a page can be taken along: the same projects, in each format."""

import csv
import io
import json
import re
from urllib.parse import quote, urljoin

import httpx
import pytest

from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.project import id_of_completed
from services.catalog.linked_data import FILES
from services.catalog.sheets import read_xlsx
from services.catalog.tests.pages.seen import Seen, read

ASKED = (
    "",
    "?country=VN&sector=mobility",
    "?country=VN&country=ID&order=-year",
    "?q=" + quote("한국은 베트남 교통을 위해 무엇을 했나?"),
    "?q=nonsuchword+vietnam",
    "?q=smart+city&order=number&type=demonstration&state=completed",
    "?q=+traffic++&year=&order=relevance",
)


def taken(seen: Seen, path: str) -> dict[str, str]:
    """The formats that a page leads to, by media type, as addresses."""
    return {
        str(one["type"]): urljoin(f"http://x{path}", one["href"] or "")
        for one in seen.all("a")
        if "type" in one
    }


async def numbers(api: httpx.AsyncClient, address: str) -> list[int]:
    """The numbers of the projects in a file, or in the first hundred of the API's list."""
    listed = re.search(r"/projects(\?|$)", address)
    answer = await api.get(f"{address}{'&' if '?' in address else '?'}limit=100" if listed else address)
    assert answer.status_code == 200, answer.text
    match answer.headers["content-type"].partition(";")[0]:
        case "application/json":
            return [one["number"] for one in answer.json()["items"]]
        case "application/geo+json":
            return [one["properties"]["number"] for one in answer.json()["features"]]
        case "application/jsonl":
            return [json.loads(line)["number"] for line in answer.text.splitlines()]
        case "text/csv":
            return [int(row["no"]) for row in csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff")))]
    return [int(row[1]) for row in read_xlsx(answer.content)[1:]]


class TestResults:
    @pytest.mark.parametrize("language", ["ko", "en"])
    @pytest.mark.parametrize("query", ASKED)
    async def test_every_format_has_just_what_the_page_shows(
        self, pages: httpx.AsyncClient, language: str, query: str
    ) -> None:
        path = f"/{language}/projects{query}"
        seen = await read(pages, path)
        shown = [
            int(number)
            for one in seen.all("a")
            for number in re.findall(r"/projects/(\d+)$", one["href"] or "")
        ]
        ways = taken(seen, path)
        assert ways.keys() == {media_type for media_type, _ in FILES.values()}
        assert shown
        for media_type, address in ways.items():
            found = await numbers(pages, address)
            assert found == (shown if media_type == "application/json" else sorted(shown)), address

    async def test_each_link_says_its_format_and_how_much_it_has(self, pages: httpx.AsyncClient) -> None:
        links = [one for one in (await read(pages, "/en/projects?country=VN")).all("a") if "type" in one]
        assert [one["aria-label"] for one in links] == [
            "CSV, 5 projects",
            "Excel workbook, 5 projects",
            "GeoJSON, 5 projects",
            "JSON Lines, 5 projects",
            "JSON, page by page, 5 projects",
        ]
        assert links[0]["download"] == "k-city-projects.csv"

    async def test_programs_find_the_same_addresses_in_the_head(self, pages: httpx.AsyncClient) -> None:
        for path in ("/ko/projects?country=VN&q=smart", "/en/", "/en/projects/17"):
            seen = await read(pages, path)
            named = {
                (one["type"], one["href"])
                for one in seen.all("link")
                if one["rel"] == "alternate" and "type" in one
            }
            linked = {(one["type"], one["href"]) for one in seen.all("a") if "type" in one}
            assert named
            assert named <= linked

    async def test_nothing_found_is_nothing_to_take(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, "/ko/projects?country=JP")
        assert taken(seen, "/") == {}

    async def test_what_the_api_would_refuse_the_page_refuses_too(self, pages: httpx.AsyncClient) -> None:
        many = "&".join(f"country={code}" for code in COUNTRY_CODES[:51])
        for query in ("q=traffic%FF", many):
            await read(pages, f"/en/projects?{query}", 400)
            assert (await pages.get(f"/v1/projects?{query}")).status_code == 422


class TestProject:
    async def test_leads_to_its_facts_its_linked_data_and_its_history(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, "/ko/projects/17")
        own = f"../../v1/projects/{id_of_completed(17)}"
        assert [one["href"] for one in seen.all("a") if "type" in one] == [
            own,
            f"{own}/jsonld",
            f"{own}/history",
        ]


class TestHome:
    async def test_leads_to_the_whole_set_and_its_description(self, pages: httpx.AsyncClient) -> None:
        seen = await read(pages, "/ko/")
        ways = taken(seen, "/ko/")
        described = ways.pop("application/ld+json")
        assert (await pages.get(described)).json()["@type"] == "dcat:Dataset"
        assert [one["href"] for one in seen.all("link") if one["rel"] == "describedby"] == ["../v1/dataset"]
        for address in ways.values():
            assert len(await numbers(pages, address)) == 49
