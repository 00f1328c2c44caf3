from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.catalog.countries import COUNTRIES, country_of
from services.catalog.domain.project import Fact, Project, Stage
from services.catalog.domain.sector import Sector, SectorBasis, Sectors
from services.catalog.domain.table.checking import faults_of
from services.catalog.domain.table.columns import BY_NAME, COLUMNS_OF
from services.catalog.domain.table.faults import TableInvalid, cell_name
from services.catalog.domain.table.rows import cells_of, rewritten, written
from services.catalog.domain.table.text import neutralised, plain, read_csv, write_csv
from services.catalog.domain.text import Bilingual
from services.catalog.sheets import read_xlsx, write_xlsx
from services.catalog.tests.made import shipped_list

HAIPHONG = shipped_list()[16]
FULL = replace(
    HAIPHONG,
    organisation=Bilingual("길찾기", "Pathfinder"),
    support_krw=400_000_000,
    agreed_on=date(2021, 8, 1),
    started_on=date(2021, 9, 1),
    completed_on=date(2022, 3, 31),
    stated_sectors=Sectors.stated([Sector.DATA, Sector.WATER]),
    fact_sources={Fact.ORGANISATION: ("https://news.example/1", "https://news.example/2")},
    note="=1+1",
)


def faults(project: Project, **cells: str) -> list[tuple[str, str]]:
    return list(faults_of(cells_of(project) | cells, project.stage, COUNTRIES, changed=cells.keys()))


class TestCells:
    @pytest.mark.parametrize("project", [*shipped_list(), FULL], ids=lambda one: f"no. {one.number}")
    def test_say_all_of_a_project(self, project: Project) -> None:
        blank = replace(HAIPHONG, id=project.id, number=project.number)
        cells = cells_of(project)
        read = written(blank, cells, country_of)
        assert replace(read, stated_sectors=project.stated_sectors) == project
        assert set(cells) == set(BY_NAME)

    def test_of_every_fact_are_in_the_table(self) -> None:
        shown = {Fact.NUMBER, Fact.STAGE, Fact.FACT_SOURCES}
        assert {fact for fact in Fact if not COLUMNS_OF[fact]} == shown

    def test_that_stay_leave_derived_sectors_derived(self) -> None:
        read = rewritten(HAIPHONG, cells_of(HAIPHONG) | {"title_en": "Drainage"}, country_of)
        assert read.sectors is not None
        assert (read.sectors.basis, Sector.WATER in read.sectors.values) == (SectorBasis.TITLE, True)

    @pytest.mark.parametrize(
        ("column", "text"),
        [
            *(("agreed_on", day) for day in ("2021-02-30", "1.8.2021", "2022-12-31")),
            *(("started_on", "2020-01-01"), ("selection_year", ""), ("type", ""), ("partner_en", "a\tb")),
        ],
    )
    def test_that_are_wrong_say_why(self, column: str, text: str) -> None:
        assert {name for name, _ in faults(FULL, **{column: text})} & {column, "started_on"}

    def test_of_days_wait_for_their_stage(self) -> None:
        selected = replace(HAIPHONG, stage=Stage.SELECTED)
        assert [name for name, _ in faults(selected, agreed_on="2021-08-01")] == ["agreed_on"]
        assert faults(replace(selected, stage=Stage.AGREED), agreed_on="2021-08-01") == []

    def test_have_the_names_that_spreadsheets_give_them(self) -> None:
        assert [cell_name(column, 38) for column in (1, 6, 26, 27, 52, 703)] == [
            *("A38", "F38", "Z38", "AA38", "AZ38", "AAA38")
        ]


class TestNeutralised:
    @pytest.mark.parametrize("text", ["=1+1", "+82", "-x", "@SUM(A1)", "\t=1", "＝1+1", " =1", "'=1", "-1-1"])
    def test_a_formula_is_text(self, text: str) -> None:
        assert neutralised(text).startswith("'")

    @pytest.mark.parametrize("text", ["-34.6", "2021", "길찾기", "'90s", "", "a=b"])
    def test_anything_else_stays_as_it_is(self, text: str) -> None:
        assert neutralised(text) == text

    @given(st.text(st.sampled_from("'=+-@ \t\r\n＝1.a"), max_size=6) | st.text(max_size=20))
    def test_reading_takes_off_just_what_writing_put_in_front(self, text: str) -> None:
        assert plain(neutralised(text)) == text.strip()


ROWS = [list(cells_of(project).values()) for project in (*shipped_list()[:3], FULL)]


class TestFiles:
    def test_csv_reads_back_what_was_written(self) -> None:
        content = write_csv(ROWS)
        assert content.startswith(b"\xef\xbb\xbfid,no,")
        assert b"'=1+1" in content
        assert [list(map(plain, row)) for row in read_csv(content)] == [list(BY_NAME), *ROWS]

    def test_xlsx_reads_back_what_was_written(self) -> None:
        rows = read_xlsx(write_xlsx(ROWS))
        assert [list(map(plain, row)) for row in rows] == [list(BY_NAME), *ROWS]

    def test_xlsx_of_the_same_rows_is_the_same_file_without_a_formula(self) -> None:
        assert write_xlsx(ROWS) == write_xlsx(ROWS)

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"id,no\n", b"\x00" * 2000])
    def test_what_is_no_workbook_is_a_fault(self, content: bytes) -> None:
        with pytest.raises(TableInvalid, match="no XLSX workbook"):
            read_xlsx(content)
