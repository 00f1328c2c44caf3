import csv
import io
from collections import Counter

import pytest

from services.catalog.domain.completed_list import COLUMNS
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Fact, Project, ProjectState, ProjectType
from services.catalog.domain.sector import Sector, SectorBasis, Sectors
from services.catalog.domain.table.faults import Fault, TableInvalid
from services.catalog.domain.text import Bilingual
from services.catalog.settings import SHIPPED_LIST
from services.catalog.tests.made import read_list, shipped_list

GOOD = {
    "no": "1",
    "selection_year": "2021",
    "country_iso2": "VN",
    "city_en": "Haiphong",
    "city_ko": "하이퐁",
    "place_kind": "city",
    "latitude": "20.86481",
    "longitude": "106.68345",
    "position_source": "https://www.geonames.org/1581298",
    "type": "solution_plan",
    "title_en": "",
    "title_ko": "",
    "sectors": "",
    "company": "",
    "company_source": "",
    "support_krw": "",
    "support_source": "",
    "sources": "https://news.example/1",
    "note": "",
}


def table(*rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def projects_of(*rows: dict[str, str]) -> list[Project]:
    return [listed.project for listed in read_list(table(*rows))]


def faults(*rows: dict[str, str]) -> list[tuple[int, str]]:
    with pytest.raises(TableInvalid) as refused:
        read_list(table(*rows))
    return [(fault.row, fault.column) for fault in refused.value.faults]


class TestShippedList:
    def test_has_the_49_completed_projects(self) -> None:
        projects = shipped_list()
        assert [project.number for project in projects] == list(range(1, 50))
        assert {project.state for project in projects} == {ProjectState.COMPLETED}

    def test_counts_as_the_programme_says(self) -> None:
        assert Counter(project.type for project in shipped_list()) == {
            ProjectType.DEVELOPMENT_PLAN: 11,
            ProjectType.SOLUTION_PLAN: 11,
            ProjectType.PLAN: 12,
            ProjectType.DEMONSTRATION: 15,
        }

    def test_gives_nothing_where_nothing_is_published(self) -> None:
        last = shipped_list()[-1]
        assert (last.country, last.city, last.title, last.organisation, last.support_krw) == (None,) * 5
        assert last.note is not None

    def test_is_the_file_that_the_image_ships(self) -> None:
        assert SHIPPED_LIST.parent.parent.name == "catalog"

    def test_gives_the_same_ids_each_time(self) -> None:
        assert [project.id for project in shipped_list()] == [project.id for project in shipped_list()]
        assert str(shipped_list()[0].id) == "7e64d7c4-976c-5764-a71f-be0fff03219f"


class TestReadCompletedList:
    def test_reads_a_row(self) -> None:
        (project,) = projects_of(GOOD)
        assert project.selection_year == 2021
        assert project.city is not None
        assert project.city.ko == "하이퐁"
        assert project.country is not None
        assert project.country.name == Bilingual("베트남", "Vietnam")  # of CLDR
        assert project.place_kind is PlaceKind.CITY
        assert project.position == Position(20.86481, 106.68345, "https://www.geonames.org/1581298")
        assert project.sources == ("https://news.example/1",)

    def test_reads_what_became_public_later_with_its_own_source(self) -> None:
        fuller = {
            "support_krw": "400000000",
            "support_source": "https://ministry.example/x",
            "sectors": "water data",
        }
        (project,) = projects_of({**GOOD, **fuller})
        assert project.support_krw == 400_000_000
        assert project.sources_of(Fact.SUPPORT_KRW) == ("https://ministry.example/x",)
        assert project.sources_of(Fact.TYPE) == ("https://news.example/1",)
        assert project.sectors == Sectors((Sector.DATA, Sector.WATER), SectorBasis.STATED)

    @pytest.mark.parametrize(
        ("company", "ko", "en"), [("삼성에스디에스", "삼성에스디에스", None), ("Dtonic", None, "Dtonic")]
    )
    def test_tells_the_language_of_a_company(self, company: str, ko: str | None, en: str | None) -> None:
        (project,) = projects_of({**GOOD, "company": company})
        assert project.organisation is not None
        assert (project.organisation.ko, project.organisation.en) == (ko, en)

    @pytest.mark.parametrize(
        ("column", "text"),
        [
            ("no", ""),
            ("no", "0"),
            ("no", "-1"),
            ("no", "1.0"),
            ("no", "١"),
            ("no", "9" * 5000),
            ("selection_year", "2019"),
            ("selection_year", "21"),
            ("country_iso2", "VX"),
            ("country_iso2", "vn"),
            ("place_kind", "village"),
            ("latitude", "91"),
            ("latitude", "20,8"),
            ("latitude", ""),
            ("longitude", "-180.1"),
            ("position_source", ""),
            ("position_source", "GeoNames"),
            ("sectors", "mobility trafic"),
            ("support_krw", "4억"),
            ("support_source", "https://news.example/1"),
            ("type", ""),
            ("type", "smart_plan"),
            ("sources", ""),
            ("sources", "newspaper"),
            ("sources", "javascript:alert(1)"),
            ("city_en", "Hai\0phong"),
            ("note", "x" * 2001),
        ],
    )
    def test_names_row_and_column_of_what_is_wrong(self, column: str, text: str) -> None:
        assert (3, column) in faults(GOOD, {**GOOD, "no": "2", column: text})

    def test_names_every_fault_at_once(self) -> None:
        found = faults({**GOOD, "no": "x", "type": "y"}, {**GOOD, "no": "2", "sources": ""})
        assert found == [(2, "no"), (2, "type"), (3, "sources")]

    def test_refuses_a_number_twice(self) -> None:
        assert faults(GOOD, GOOD) == [(3, "no")]

    def test_refuses_another_header(self) -> None:
        with pytest.raises(TableInvalid, match=r"row 1, column \(header\)"):
            read_list(b"no,year\n1,2020\n")

    def test_refuses_an_empty_file(self) -> None:
        with pytest.raises(TableInvalid, match="row 1"):
            read_list(b"")

    def test_refuses_a_row_with_a_cell_too_few(self) -> None:
        with pytest.raises(TableInvalid) as refused:
            read_list(table(GOOD) + b"2,2021\n")
        assert refused.value.faults == (Fault(3, "(all)", "needs 19 cells"),)

    def test_reads_a_file_with_a_byte_order_mark(self) -> None:
        assert len(read_list(b"\xef\xbb\xbf" + table(GOOD))) == 1

    def test_says_in_which_row_a_file_stops_being_utf_8(self) -> None:
        with pytest.raises(TableInvalid, match="row 3, column \\(all\\): is not UTF-8"):
            read_list(table(GOOD) + "2,베트남\n".encode("cp949"))

    def test_refuses_a_cell_beyond_all_measure(self) -> None:
        with pytest.raises(TableInvalid, match="is no CSV"):
            read_list(table({**GOOD, "note": "x" * 200_000}))
