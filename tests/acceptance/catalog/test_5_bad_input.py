"""Bad input to the table. Events that are repeated, re-ordered and held: ``services/catalog/tests/test_life_cycle.py``."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.catalog.sheets import XLSX
from tests.acceptance.catalog.editor import SOURCE, Editor, history, project
from tests.stack import PLAYED_WITHIN_SECONDS, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

HOSTILE = '=HYPERLINK("https://evil.example";"x")'
HTML = "<script>alert(1)</script>"


@pytest.fixture
def http(played: RunningStack) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=played.front_door, timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
def editor(played: RunningStack, http: httpx.Client) -> Editor:
    return Editor.of(played, http)


def seen(http: httpx.Client) -> str:
    """The catalogue as everybody sees it: it is another one when any entry changes."""
    headers = {"Accept-Encoding": "identity"}
    return str(http.get("/catalog/v1/projects", params={"limit": 100}, headers=headers).headers["etag"])


def test_5_an_import_that_fails_in_row_37_of_49_changes_nothing_and_lists_every_fault(
    http: httpx.Client, editor: Editor
) -> None:
    rows = [f"{number},seen {number},,city" for number in range(1, 50)]
    rows[35] = "36,seen 36,a lot,village"
    rows[40] = "36,again,,city"
    before = seen(http)
    given = editor.give("\n".join(["no,note,support_krw,place_kind", *rows]))
    faults = [(one["cell"], one["column"]) for one in given["faults"]]
    assert faults == [("C37", "support_krw"), ("D37", "place_kind"), ("A42", "no")]
    assert (given["state"], given["rows"], given["changes"]) == ("faulty", 49, [])
    refused = editor.apply(given)
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "import-faulty")
    assert seen(http) == before


def test_5_html_and_formulas_in_cells_are_text_and_no_formula_in_any_export(
    http: httpx.Client, editor: Editor
) -> None:
    quoted = HOSTILE.replace('"', '""')
    given = editor.give(f'no,note,partner_en\n17,"{quoted}",{HTML}\n')
    assert editor.apply(given).status_code == 201
    told = project(http, 17)
    assert (told["note"], told["partner"]["en"]) == (HOSTILE, HTML)
    table = http.get(
        "/catalog/v1/projects.csv", params={"country": "VN", "sector": "mobility", "state": "completed"}
    )
    assert f"'{quoted}" in table.text
    assert f',"{quoted}' not in table.text
    workbook = http.get("/catalog/v1/projects.xlsx").content
    again = editor.give(workbook, XLSX, source=None)
    assert (again["changes"], again["faults"]) == ([], [])
    editor.correct(told["id"], note=None, partner=None)
    assert project(http, 17)["note"] is None


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"", "text/csv"),
        ("no,note\n17,\ud55c\uae00".encode("cp949"), "text/csv"),
        (b"PK\x03\x04" + b"\0" * 100, XLSX),
        ('no,note\n17,"' + "x" * 200_000 + '"', "text/csv"),
        ("no" + ",x" * 2_000 + "\n17", "text/csv"),
        ("no,note\n" + "17,x\n" * 20_000, "text/csv"),
    ],
    ids=["empty", "not utf-8", "no workbook", "a huge cell", "too wide", "too long"],
)
def test_5_what_is_no_table_is_a_fault_that_says_so(
    http: httpx.Client, editor: Editor, content: Any, media_type: str
) -> None:
    before = seen(http)
    given = editor.give(content, media_type)
    assert given["state"] == "faulty"
    assert given["faults"][0]["reason"]
    assert seen(http) == before


def test_5_five_mebibytes_pass_the_front_door_and_no_more(editor: Editor) -> None:
    line = b"17," + b"x" * 1_000 + b"\n"
    fitting = b"no,note\n" + line * 5_000
    assert (
        editor.give(fitting)["state"] == "faulty"
    )  # the text is short enough, and the project stands there twice
    headers = {"Content-Type": "text/csv"}
    params = {"file_name": "x"}
    answer = editor.send(
        "POST", "/catalog/v1/imports", content=fitting + line * 400, params=params, headers=headers
    )
    assert (answer.status_code, answer.json()["type"].rpartition("/")[2]) == (413, "content-too-large")


@pytest.mark.parametrize("role", ["applicant", "reviewer", "secretariat_officer"])
def test_5_nobody_else_changes_the_catalogue(played: RunningStack, http: httpx.Client, role: str) -> None:
    other = Editor.of(played, http, role)
    params = {"file_name": "x"}
    headers = {"Content-Type": "text/csv"}
    answer = other.send("POST", "/catalog/v1/imports", content="no\n1", params=params, headers=headers)
    assert answer.status_code == 403
    told = project(http, 1)
    body = {"reason": "x", "source": SOURCE, "note": "x"}
    answer = other.send("PATCH", f"/catalog/v1/projects/{told['id']}", json=body, headers={"If-Match": '"1"'})
    assert answer.status_code == 403
    assert history(http, told["id"])["revisions"][-1]["cause"] == "list"
