"""What pages tell programs is what the API says."""

import json

import httpx

from services.catalog.domain.project import id_of_completed
from services.catalog.tests.pages.seen import Seen, linked


class TestProject:
    async def test_tells_programs_what_is_published_alone(self, pages: httpx.AsyncClient) -> None:
        page = (await pages.get("/en/projects/17")).text
        told = linked(Seen(page), page)
        assert told["name"] == "Traffic management system"
        assert told["location"]["geo"] == {
            "@type": "GeoCoordinates",
            "latitude": 20.86481,
            "longitude": 106.68345,
        }
        assert "funding" not in told
        assert told["url"] == "http://localhost:8080/catalog/en/projects/17"

    async def test_tells_programs_what_the_api_says_of_it_in_the_pages_language(
        self, pages: httpx.AsyncClient
    ) -> None:
        for number, name in ((17, "교통관리체계 구축"), (27, None), (22, "폐기물관리 솔루션")):
            page = (await pages.get(f"/ko/projects/{number}")).text
            told = linked(Seen(page), page)
            said = (await pages.get(f"/v1/projects/{id_of_completed(number)}/jsonld")).json()
            assert told.get("name") == name
            assert told.pop("url") in said["mainEntityOfPage"]
            assert told.keys() == said.keys() - {"url"}
            plain = [key for key, value in said.items() if "@language" not in json.dumps(value)]
            assert {key: told.get(key) for key in plain if key != "url"} == {
                key: said[key] for key in plain if key != "url"
            }
            assert "@language" not in json.dumps(told)


class TestHome:
    async def test_the_first_page_describes_the_data_set_as_the_api_does(
        self, pages: httpx.AsyncClient
    ) -> None:
        page = (await pages.get("/en/")).text
        site, described = linked(Seen(page), page)["@graph"]
        data_set = (await pages.get("/v1/dataset")).json()
        assert described["@id"] == data_set["@id"]
        assert {"@language": "en", "@value": described["description"]} in data_set["dct:description"]
        assert [one["contentUrl"] for one in described["distribution"]] == [
            one["dcat:accessURL"]["@id"] for one in data_set["dcat:distribution"]
        ]
        assert site["publisher"]["name"] == "Ministry of Land, Infrastructure and Transport"
