import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.catalog.domain.project import id_of_completed
from services.catalog.sheets import XLSX
from shared.database.connection import Database
from shared.ids import new_uuid
from shared.testing.plugin import TokenFor

pytestmark = pytest.mark.usefixtures("loaded")

SOURCE = "https://www.molit.example/2026"
HEADER = "no,organisation_en,support_krw,note\n"
TWO = HEADER + "16,Pathfinder,,\n17,,400000000,=1+1\n"


class Officer:
    """A ministry officer with a file."""

    def __init__(self, api: httpx.AsyncClient, token: str) -> None:
        self.api = api
        self.token = token

    async def post(self, path: str, **request: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(new_uuid())}
        headers |= request.pop("headers", {})
        return await self.api.post(path, headers=headers, **request)

    async def give(self, content: str | bytes, media_type: str = "text/csv", **params: str) -> dict[str, Any]:
        params = {"file_name": "table.csv", "source": SOURCE, **params}
        headers = {"Content-Type": media_type}
        answer = await self.post("/v1/imports", content=content, params=params, headers=headers)
        assert answer.status_code == 201, answer.text
        assert answer.headers["etag"] == '"1"'
        return dict(answer.json())

    async def apply(self, given: dict[str, Any], version: str = '"1"', **headers: str) -> httpx.Response:
        path = f"/v1/imports/{given['id']}/application"
        return await self.post(path, headers={"If-Match": version, **headers})

    async def get(self, path: str) -> Any:
        answer = await self.api.get(path, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def officer(api: httpx.AsyncClient, token_for: TokenFor) -> Officer:
    return Officer(api, token_for("ministry_officer", subject="officer-7"))


async def catalogue_version(database: Database) -> int:
    async with database.transaction() as tx:
        return int(await tx.scalar(text("SELECT version FROM catalogue_version")) or 0)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, str(answer.json()["type"]).rpartition("/")[2]


class TestPreview:
    async def test_names_every_cell_and_changes_nothing(self, officer: Officer, database: Database) -> None:
        before = await catalogue_version(database)
        given = await officer.give(TWO)
        cells = [
            (cell["cell"], cell["before"], cell["after"]) for row in given["changes"] for cell in row["cells"]
        ]
        assert cells == [
            ("B2", "", "Pathfinder"),
            (None, "", SOURCE),
            ("C3", "", "400000000"),
            ("D3", "", "=1+1"),
            (None, "", SOURCE),
        ]
        assert (given["state"], given["created_by"], given["file_name"]) == (
            "previewed",
            "officer-7",
            "table.csv",
        )
        assert await catalogue_version(database) == before
        assert (await officer.get(f"/v1/imports/{given['id']}")) == given
        listed = (await officer.get("/v1/imports"))["items"]
        assert [(one["id"], one["sha256"]) for one in listed] == [(given["id"], given["sha256"])]

    async def test_lists_every_fault_of_row_37_of_49_and_nothing_can_be_applied(
        self, officer: Officer
    ) -> None:
        rows = [f"{number},,,note {number}\n" for number in range(1, 50)]
        rows[35] = "36,,much,\n"
        given = await officer.give(HEADER + "".join(rows))
        assert [(fault["cell"], fault["row"]) for fault in given["faults"]] == [("C37", 37)]
        assert (given["state"], given["rows"], given["changes"]) == ("faulty", 49, [])
        assert problem(await officer.apply(given)) == (409, "import-faulty")

    @pytest.mark.parametrize("media_type", ["text/csv", XLSX])
    async def test_keeps_what_is_no_table_at_all_as_a_fault(self, officer: Officer, media_type: str) -> None:
        given = await officer.give(b"PK\x03\x04\xff\x00", media_type)
        assert (given["state"], given["fault_count"]) == ("faulty", 1)

    async def test_takes_no_other_type_and_no_more_than_5_mib(self, officer: Officer) -> None:
        params = {"file_name": "x"}
        other = await officer.post("/v1/imports", params=params, json={})
        assert problem(other) == (415, "import-media-type-not-allowed")
        headers = {"Content-Type": "text/csv"}
        large = b"x" * (5 * 1024 * 1024 + 1)
        answer = await officer.post("/v1/imports", params=params, content=large, headers=headers)
        assert problem(answer) == (413, "content-too-large")


class TestExportImportedAgain:
    @pytest.mark.parametrize(("path", "media_type"), [("csv", "text/csv"), ("xlsx", XLSX)])
    async def test_changes_nothing(self, officer: Officer, path: str, media_type: str) -> None:
        assert (await officer.apply(await officer.give(TWO))).status_code == 201
        export = await officer.api.get(f"/v1/projects.{path}")
        assert (export.status_code, export.headers["content-type"].partition(";")[0]) == (200, media_type)
        given = await officer.give(export.content, media_type)
        assert (given["state"], given["rows"], given["changes"], given["faults"]) == ("previewed", 49, [], [])

    async def test_has_no_formula_and_its_conditions_and_a_strong_etag(self, officer: Officer) -> None:
        assert (await officer.apply(await officer.give(TWO))).status_code == 201
        export = await officer.api.get("/v1/projects.csv", params={"country": "VN", "sector": "mobility"})
        lines = export.text.splitlines()
        assert [line.split(",")[1] for line in lines] == ["no", "17"]
        assert ",'=1+1," in lines[1]
        assert ",=1+1," not in lines[1]
        again = await officer.api.get(
            "/v1/projects.csv",
            params={"country": "VN", "sector": "mobility"},
            headers={"If-None-Match": export.headers["etag"]},
        )
        assert again.status_code == 304


class TestApply:
    async def test_changes_entries_with_history_and_event_under_the_imports_id(
        self, officer: Officer, database: Database
    ) -> None:
        given = await officer.give(TWO)
        answer = await officer.apply(given)
        assert (answer.json()["state"], answer.headers["etag"]) == ("applied", '"2"')
        entry = (await officer.api.get("/v1/projects/by-number/17")).json()
        assert (entry["support_krw"], entry["fact_sources"]) == (
            400_000_000,
            [{"fact": "support_krw", "sources": [SOURCE]}],
        )
        history = (await officer.api.get(f"/v1/projects/{entry['id']}/history")).json()
        last = history["revisions"][-1]
        assert (last["cause"], last["import_id"], last["source"]) == ("import", given["id"], SOURCE)
        assert {change["fact"]: change["after"] for change in last["changes"]}["support_krw"] == 400_000_000
        async with database.transaction() as tx:
            events = await tx.scalar(
                text("SELECT count(*) FROM journal WHERE data->>'import_id' = :id"), given
            )
            audits = await tx.execute(
                text("SELECT actor, action FROM audit_entry WHERE facts->>'import' = :id"), given
            )
        assert events == 2
        assert audits.all() == [("officer-7", "import_project")] * 2

    async def test_twice_and_at_once_happens_once(self, officer: Officer, database: Database) -> None:
        given = await officer.give(TWO)
        before = await catalogue_version(database)
        answers = await asyncio.gather(*(officer.apply(given) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        assert problem(await officer.apply(given)) == (409, "import-applied-already")
        assert await catalogue_version(database) == before + 2

    async def test_is_refused_whole_when_an_entry_changed_meanwhile(self, officer: Officer) -> None:
        given = await officer.give(TWO)
        other = await officer.give(HEADER + "17,,,seen on site\n")
        assert (await officer.apply(other)).status_code == 201
        answer = await officer.apply(given)
        assert problem(answer) == (409, "import-outdated")
        assert answer.json()["rows"] == ["3"]
        assert (await officer.api.get("/v1/projects/by-number/16")).json()["organisation"] is None

    async def test_needs_the_version_that_was_looked_at(self, officer: Officer) -> None:
        given = await officer.give(TWO)
        assert problem(await officer.apply(given, '"2"')) == (412, "stale-version")
        path = f"/v1/imports/{given['id']}/application"
        assert problem(await officer.post(path)) == (428, "precondition-required")


def history_of(number: int) -> str:
    return f"/v1/projects/{id_of_completed(number)}/history"


class TestCorrection:
    async def patch(self, officer: Officer, version: str = '"1"', **facts: Any) -> httpx.Response:
        body = {"reason": "The city wrote", "source": SOURCE, **facts}
        headers = {"Authorization": f"Bearer {officer.token}", "If-Match": version}
        return await officer.api.patch(f"/v1/projects/{id_of_completed(17)}", json=body, headers=headers)

    async def test_is_public_with_its_reason_and_audited_with_its_account(
        self, officer: Officer, database: Database
    ) -> None:
        answer = await self.patch(officer, city={"en": "Hai Phong"}, support_krw=1)
        assert answer.status_code == 200, answer.text
        assert answer.headers["etag"] == '"2"'
        assert answer.json()["city"] == {"ko": "하이퐁", "en": "Hai Phong"}
        history = await officer.api.get(history_of(17))
        last = history.json()["revisions"][-1]
        assert (history.headers["etag"], last["reason"], last["source"]) == ('"2"', "The city wrote", SOURCE)
        assert last["changes"][0] == {
            "fact": "city",
            "before": {"ko": "하이퐁", "en": "Haiphong"},
            "after": {"ko": "하이퐁", "en": "Hai Phong"},
        }
        assert "officer-7" not in history.text
        async with database.transaction() as tx:
            actor = await tx.scalar(text("SELECT actor FROM audit_entry WHERE action = 'correction_project'"))
        assert actor == "officer-7"

    async def test_takes_back_what_was_published(self, officer: Officer) -> None:
        assert (await self.patch(officer, support_krw=1, partner={"en": "City"})).status_code == 200
        answer = await self.patch(officer, '"2"', support_krw=None, partner=None, position=None)
        told = answer.json()
        assert (told["support_krw"], told["partner"], told["position"], told["fact_sources"]) == (
            *(None, None, None),
            [],
        )

    async def test_is_refused_with_a_pointer_to_what_cannot_be_said(self, officer: Officer) -> None:
        answer = await self.patch(officer, type=None, agreed_on="2022-01-01", started_on="2021-01-01")
        assert problem(answer) == (422, "invalid")
        assert {error["pointer"] for error in answer.json()["errors"]} == {"/body/type", "/body/started_on"}

    async def test_needs_a_fact_a_reason_and_a_source(self, officer: Officer) -> None:
        assert problem(await self.patch(officer)) == (422, "invalid-input")
        assert problem(await self.patch(officer, note="x", reason=None)) == (422, "invalid-input")
        assert problem(await self.patch(officer, note="x", source=None)) == (422, "invalid-input")

    async def test_of_a_version_that_is_gone_is_refused(self, officer: Officer) -> None:
        answers = await asyncio.gather(*(self.patch(officer, note=f"note {n}") for n in range(3)))
        assert sorted(answer.status_code for answer in answers) == [200, 412, 412]

    async def test_of_nothing_changes_nothing(self, officer: Officer, database: Database) -> None:
        before = await catalogue_version(database)
        assert (await self.patch(officer, sectors=None)).headers["etag"] == '"1"'
        assert await catalogue_version(database) == before


class TestHistory:
    async def test_tells_the_stages_and_what_the_list_said(self, officer: Officer) -> None:
        told = (await officer.api.get(history_of(1))).json()
        assert [(one["stage"], one["day"]) for one in told["stages"]] == [("completed", None)]
        assert [one["cause"] for one in told["revisions"]] == ["list"]

    async def test_of_nothing_is_not_found(self, api: httpx.AsyncClient) -> None:
        assert problem(await api.get(f"/v1/projects/{new_uuid()}/history")) == (404, "not-found")
