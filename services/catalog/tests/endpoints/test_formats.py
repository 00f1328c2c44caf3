"""The catalogue in other formats, and what any page of the web may read."""

import json

import httpx
import pytest

from services.catalog.domain.project import id_of_completed
from services.catalog.endpoints.conditional import REVALIDATE

pytestmark = pytest.mark.usefixtures("loaded")
NUMBER_17 = f"/v1/projects/{id_of_completed(17)}"
FORMATS = {
    "/v1/projects.geojson": "application/geo+json",
    "/v1/projects.jsonl": "application/jsonl",
    f"{NUMBER_17}/jsonld": "application/ld+json",
    "/v1/dataset": "application/ld+json",
    "/v1/projects/facets": "application/json",
}


async def test_geojson_has_every_project_that_fits_and_no_invented_place(api: httpx.AsyncClient) -> None:
    answer = (await api.get("/v1/projects.geojson")).json()
    assert (answer["type"], len(answer["features"])) == ("FeatureCollection", 49)
    places = {one["properties"]["number"]: one["geometry"] for one in answer["features"]}
    assert places[17] == {"type": "Point", "coordinates": [106.68345, 20.86481]}
    assert sum(place is None for place in places.values()) == 10
    fitting = (await api.get("/v1/projects.geojson?country=VN&sector=mobility")).json()["features"]
    assert [one["id"] for one in fitting] == [str(id_of_completed(17))]


async def test_json_lines_are_what_the_list_shows(api: httpx.AsyncClient) -> None:
    lines = (await api.get("/v1/projects.jsonl?q=traffic")).text.splitlines()
    items = (await api.get("/v1/projects?q=traffic&sort=number")).json()["items"]
    assert [json.loads(line) for line in lines] == items


async def test_json_ld_names_a_project_and_the_data_set_and_nobody(api: httpx.AsyncClient) -> None:
    project = (await api.get(f"{NUMBER_17}/jsonld")).json()
    assert project["@type"] == "Project"
    assert project["name"][1] == {"@language": "en", "@value": "Traffic management system"}
    assert project["location"]["geo"]["latitude"] == 20.86481
    unknown = (await api.get(f"/v1/projects/{id_of_completed(49)}/jsonld")).json()
    assert not {"name", "location", "member"} & unknown.keys()
    data_set = (await api.get("/v1/dataset")).json()
    assert data_set["@type"] == "dcat:Dataset"
    assert len(data_set["dct:spatial"]) == 25
    assert "No licence" in json.dumps(data_set["dct:rights"])
    assert "CC BY 4.0" in json.dumps(data_set["dct:rights"])
    assert "dct:license" not in data_set
    for one in data_set["dcat:distribution"]:
        path = one["dcat:accessURL"]["@id"].partition("/catalog")[2]
        assert (await api.get(path)).status_code == 200, path
    assert (await api.get("/v1/projects/01936f00-0000-7000-8000-000000000000/jsonld")).status_code == 404


@pytest.mark.parametrize(("address", "media_type"), FORMATS.items())
async def test_each_format_can_be_asked_for_again(
    api: httpx.AsyncClient, address: str, media_type: str
) -> None:
    first = await api.get(address)
    assert first.headers["content-type"].partition(";")[0] == media_type
    assert first.headers["cache-control"] == REVALIDATE
    again = await api.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await api.head(address)
    assert (head.status_code, head.headers["etag"], head.content) == (200, first.headers["etag"], b"")


async def test_nothing_is_unchanged_that_is_not_there(api: httpx.AsyncClient) -> None:
    missing = "/v1/projects/01936f00-0000-7000-8000-000000000000"
    assert (await api.get(missing, headers={"If-None-Match": "*"})).status_code == 404
    assert (await api.get(NUMBER_17, headers={"If-None-Match": "*"})).status_code == 304


async def test_pages_of_any_origin_may_read_the_catalogue_and_nothing_else(api: httpx.AsyncClient) -> None:
    page = {"Origin": "https://news.example"}
    for address in ("/v1/projects", "/v1/statistics", *FORMATS, "/v1/projects?sort=no"):
        answer = await api.get(address, headers=page)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "ETag" in answer.headers["access-control-expose-headers"]
    asking = page | {
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    allowed = await api.options(NUMBER_17, headers=asking)
    assert allowed.status_code == 204
    assert "GET" in allowed.headers["allow"]
    assert allowed.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "If-None-Match" in allowed.headers["access-control-allow-headers"]
    for address in ("/v1/me", "/health", "/v1/time", "/v1/projectsx"):
        closed = await api.get(address, headers=page)
        assert not [name for name in closed.headers if name.startswith("access-control")], address
    writing = await api.request("PATCH", NUMBER_17, json={}, headers=page)
    assert not [name for name in writing.headers if name.startswith("access-control")]
