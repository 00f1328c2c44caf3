"""Item 1: what the catalogue knows, from where, and how it is completed, corrected and carried on."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from services.catalog.countries import country_of
from services.catalog.domain.project import id_of_selected
from services.catalog.sheets import XLSX, read_xlsx
from shared.ids import ApplicationId
from tests.acceptance.catalog.editor import SOURCE, Editor, history, project
from tests.stack import PLAYED_WITHIN_SECONDS, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]


@pytest.fixture
def http(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=played.front_door, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def editor(played: RunningStack, http: httpx.Client) -> Editor:
    return Editor.of(played, http)


def completed(http: httpx.Client) -> list[Any]:
    items: list[Any] = http.get("/catalog/v1/projects?state=completed&limit=100").json()["items"]
    return [one for one in items if one["number"] is not None]


def test_1_the_49_say_what_is_published_with_sources_and_invent_nothing(http: httpx.Client) -> None:
    projects = completed(http)
    assert [one["number"] for one in projects] == list(range(1, 50))
    assert all(one["sources"] for one in projects)
    for one in projects:
        if one["country"] is not None:
            name = country_of(one["country"]["iso2"]).name
            assert name is not None
            assert one["country"]["name"] == {"ko": name.ko, "en": name.en}
        assert one["position"] is None or one["position"]["source"].startswith("https://www.geonames.org/")
        assert one["sectors_basis"] in ((None,) if not one["sectors"] else ("title", "stated"))
    assert Counter(one["country"] is None for one in projects) == {False: 47, True: 2}
    assert {one["place_kind"] for one in projects if one["position"] is None} == {None, "city", "region"}


def test_1_counted_totals_stand_beside_the_published_ones(http: httpx.Client) -> None:
    totals = {one["measure"]: one for one in http.get("/catalog/v1/statistics").json()["totals"]}
    published = {name: one["published"]["value"] for name, one in totals.items()}
    assert published == {
        "projects": 49,
        "countries": 26,
        "development_plan": 18,
        "solution_plan": 16,
        "plan": None,
        "demonstration": 15,
    }
    assert totals["countries"]["completed"]["value"] == 25


def test_1_an_operator_completes_a_gap_with_the_exported_workbook(http: httpx.Client, editor: Editor) -> None:
    export = http.get(
        "/catalog/v1/projects.xlsx", params={"country": "VN", "sector": "mobility", "state": "completed"}
    )
    assert export.headers["content-type"] == XLSX
    header, row = read_xlsx(export.content)
    cells = dict(zip(header, row, strict=True))
    assert (cells["no"], cells["partner_en"]) == ("17", "")
    cells |= {"partner_en": "City of Haiphong", "partner_source": SOURCE}
    given = editor.give("\n".join([",".join(cells), ",".join(f'"{text}"' for text in cells.values())]))
    [change] = given["changes"]
    assert [one["after"] for one in change["cells"]] == ["City of Haiphong", SOURCE]
    assert project(http, 17)["partner"] is None
    assert editor.apply(given).json()["state"] == "applied"
    told = project(http, 17)
    assert told["partner"] == {"ko": None, "en": "City of Haiphong"}
    last = history(http, told["id"])["revisions"][-1]
    assert (last["cause"], last["import_id"]) == ("import", given["id"])
    assert editor.correct(told["id"], partner=None)["partner"] is None
    last = history(http, told["id"])["revisions"][-1]
    assert (last["cause"], last["reason"], last["source"]) == ("correction", "acceptance", SOURCE)


def test_1_what_is_exported_and_imported_again_changes_nothing(http: httpx.Client, editor: Editor) -> None:
    for name, media_type in (("projects.csv", "text/csv"), ("projects.xlsx", XLSX)):
        export = http.get(f"/catalog/v1/{name}")
        given = editor.give(export.content, media_type, source=None)
        assert (given["state"], given["changes"], given["faults"]) == ("previewed", [], [])


def test_1_a_selected_project_goes_on_by_events_and_keeps_its_history(
    played: RunningStack, http: httpx.Client, editor: Editor
) -> None:
    cases = editor.send("GET", "/review/v1/cases", params={"state": "selected", "limit": 100}).json()["items"]
    addresses = {
        one["id"]: f"/catalog/v1/projects/{id_of_selected(ApplicationId(UUID(one['application_id'])))}"
        for one in cases
    }
    case_id = next(
        one for one, address in addresses.items() if http.get(address).json()["stage"] == "selected"
    )
    address = addresses[case_id]
    path = f"/review/v1/cases/{case_id}"
    announced = editor.send("GET", f"{path}/implementation").json()["announced_at"]
    day = datetime.fromisoformat(announced).astimezone(ZoneInfo("Asia/Seoul")).date().isoformat()
    for step in ("agreement", "start"):
        assert editor.send("POST", f"{path}/{step}", json={"day": day}).status_code == 201

    played.wait_until("the entry under way", lambda: http.get(address).json()["stage"] == "under_way")
    stages = [(one["stage"], one["day"]) for one in http.get(f"{address}/history").json()["stages"]]
    assert stages == [("selected", None), ("agreed", day), ("under_way", day)]
