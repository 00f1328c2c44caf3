import io
import zipfile

import pytest

from services.catalog.countries import COUNTRIES
from services.catalog.domain.entry import Entry
from services.catalog.domain.table.columns import BY_NAME
from services.catalog.domain.table.faults import TableInvalid
from services.catalog.domain.table.importing import Preview, keys_in, preview_of
from services.catalog.domain.table.rows import cells_of
from services.catalog.domain.table.text import read_csv
from services.catalog.settings import SHIPPED_LIST
from services.catalog.sheets import read_xlsx, write_xlsx
from services.catalog.tests.made import ANNOUNCED, shipped_list

ENTRIES = [Entry(project, 3, ANNOUNCED, None) for project in shipped_list()]
SOURCE = "https://www.molit.example/2026"


def find(project_id: str, number: str) -> Entry | None:
    key = {"id": project_id} if project_id else {"no": number}
    return next((one for one in ENTRIES if key.items() <= cells_of(one.project).items()), None)


def preview(*rows: str, source: str = "") -> Preview:
    sheet = [row.split("|") for row in rows]
    return preview_of(sheet, find, COUNTRIES, source=source)


def changes(found: Preview) -> list[tuple[str | None, str, str, str]]:
    assert found.faults == ()
    return [(cell.cell, cell.column, cell.before, cell.after) for row in found.changes for cell in row.cells]


def faults(found: Preview) -> list[tuple[str | None, str]]:
    assert found.changes == ()
    return [(fault.cell, fault.column) for fault in found.faults]


class TestPreview:
    def test_names_the_cell_and_what_it_says_before_and_after(self) -> None:
        found = preview(
            "no|organisation_en|organisation_source|support_krw|support_krw_source",
            f"17|Pathfinder|{SOURCE}|400000000|{SOURCE}",
        )
        assert changes(found) == [
            ("B2", "organisation_en", "", "Pathfinder"),
            ("C2", "organisation_source", "", SOURCE),
            ("D2", "support_krw", "", "400000000"),
            ("E2", "support_krw_source", "", SOURCE),
        ]
        assert (found.changes[0].number, found.changes[0].revision, found.rows) == (17, 3, 1)

    def test_one_source_given_with_the_import_stands_for_all_new_values(self) -> None:
        found = preview("no|partner_en", "17|City of Haiphong", source=SOURCE)
        assert changes(found) == [
            ("B2", "partner_en", "", "City of Haiphong"),
            (None, "partner_source", "", SOURCE),
        ]

    def test_a_position_needs_a_source_like_every_value(self) -> None:
        rows = ("no|latitude|longitude", "3|16.7|96.2")
        assert faults(preview(*rows)) == [(None, "position_source")]
        assert (None, "position_source", "", SOURCE) in changes(preview(*rows, source=SOURCE))
        assert faults(preview("no|latitude", "17|20.5")) == [("B2", "latitude")]

    def test_a_new_value_without_any_source_is_refused(self) -> None:
        assert faults(preview("no|partner_en", "17|City of Haiphong")) == [("B2", "partner_en")]

    def test_an_empty_cell_changes_nothing(self) -> None:
        assert changes(preview("no|title_en|city_ko|sources", "17|||")) == []

    def test_names_of_columns_in_the_shipped_list_are_read_too(self) -> None:
        sheet = read_csv(SHIPPED_LIST.read_bytes())
        assert changes(preview_of(sheet, find, COUNTRIES)) == []
        found = preview("no|company|company_source", f"17|길찾기|{SOURCE}")
        assert [change[1] for change in changes(found)] == ["organisation_ko", "organisation_source"]

    def test_an_export_imported_again_changes_nothing(self) -> None:
        rows = [list(cells_of(one.project).values()) for one in ENTRIES]
        assert changes(preview_of([list(BY_NAME), *rows], find, COUNTRIES)) == []
        assert changes(preview_of(read_xlsx(write_xlsx(rows)), find, COUNTRIES)) == []

    def test_a_formula_of_a_cell_is_its_text(self) -> None:
        found = preview("no|note", "17|'=HYPERLINK(1)")
        assert changes(found) == [("B2", "note", "", "=HYPERLINK(1)")]

    def test_the_order_of_sectors_is_no_change(self) -> None:
        assert changes(preview("no|sectors", "17|mobility", source=SOURCE)) == []
        found = preview("no|sectors", "17|water mobility", source=SOURCE)
        assert changes(found)[0] == ("B2", "sectors", "mobility", "mobility water")


class TestFaults:
    def test_in_row_37_of_49_leave_every_change_out_and_all_are_named(self) -> None:
        rows = [f"{number}|note {number}|" for number in range(1, 50)]
        rows[35] = "36|note|four hundred million"
        rows[47] = "48|no\0te|-1"
        found = preview("no|note|support_krw", *rows, source=SOURCE)
        assert faults(found) == [("C37", "support_krw"), ("B49", "note"), ("C49", "support_krw")]
        assert found.rows == 49

    @pytest.mark.parametrize(
        ("header", "row", "cell"),
        [
            ("no|colour", "17|red", "B1"),
            ("no|note|note", "17|a|b", "C1"),
            ("no|company|organisation_en", "17|a|", "C1"),
            ("no|company|organisation_ko", "17|a|", "C1"),
            ("no|a\0b", "17|a", "B1"),
            ("title_en|note", "a|b", None),
            ("", "17", None),
            ("no|note", "17|a|b", "C2"),
            ("no|note", "|a", "A2"),
            ("no|note", "999|a", "A2"),
            ("no|note", "x|a", "A2"),
            ("id|no|note", f"{ENTRIES[0].project.id}|2|a", "B2"),
            ("id|note", "x|a", "A2"),
            ("no|country_iso2", "17|XX", "B2"),
            ("no|country_en", "17|Laos", "B2"),
            ("no|country_iso2|country_en", "17|LA|Vietnam", "C2"),
            ("no|stage", "17|selected", "B2"),
            ("no|partner_source", "17|https://news.example/1", "B2"),
            ("no|sources", "17|javascript:alert(1)", "B2"),
        ],
    )
    def test_stand_at_their_cell(self, header: str, row: str, cell: str | None) -> None:
        assert faults(preview(header, row, source=SOURCE))[0][0] == cell

    def test_a_project_stands_in_a_file_once(self) -> None:
        rows = ("id|no|note", "|17|a", f"{ENTRIES[16].project.id}||b")
        assert faults(preview(*rows)) == [("A3", "id")]

    def test_a_file_without_rows_changes_nothing(self) -> None:
        assert preview("no|note") == Preview(0)
        assert faults(preview_of([], find, COUNTRIES)) == [(None, "(header)")]

    def test_a_file_of_too_many_rows_is_refused_at_once(self) -> None:
        assert faults(preview("no|note", *["17|a"] * 10_000)) == [(None, "(all)")]

    def test_keys_are_found_whatever_the_rows_say(self) -> None:
        assert keys_in([["note", "no", "id"], ["a", "17"], [], ["b", "'=1", "x"]]) == (
            frozenset({"x"}),
            frozenset({"17", "=1"}),
        )


def workbook_with(sheet: bytes) -> bytes:
    """An export whose sheet is another one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_xlsx([]))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, sheet if name.endswith("sheet1.xml") else good.read(name))
    return out.getvalue()


class TestXlsxThatUnfolds:
    def test_a_bomb_of_zeros_is_refused_before_it_is_read(self) -> None:
        bomb = workbook_with(b" " * (60 * 1024 * 1024))
        assert len(bomb) < 1024 * 1024
        with pytest.raises(TableInvalid, match="unfolds to more than 50 MiB"):
            read_xlsx(bomb)

    @pytest.mark.parametrize("place", [b"XFD1", b"A1048576", b"&#88;FD9", b"A99999999"])
    def test_one_far_cell_makes_no_sheet_of_millions(self, place: bytes) -> None:
        cell = b'<sheetData><row r="1"><c s="1" r="' + place + b'"><v>1</v></c></row></sheetData>'
        with pytest.raises(TableInvalid, match="cells beyond"):
            read_xlsx(workbook_with(b"<worksheet>" + cell + b"</worksheet>"))
