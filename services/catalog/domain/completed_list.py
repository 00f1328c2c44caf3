"""Reading the list of completed projects (CSV): every row is checked, every fault has its row and column. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from services.catalog.domain.project import Project, ProjectType, Stage, id_of_completed
from services.catalog.domain.table.checking import faults_of
from services.catalog.domain.table.columns import BY_NAME, FIRST_YEAR, Countries, CountryOf
from services.catalog.domain.table.faults import Fault, TableInvalid, cell_name
from services.catalog.domain.table.rows import written
from services.catalog.domain.table.text import plain, read_csv

COLUMNS = (
    "no",
    "selection_year",
    "country_iso2",
    "city_en",
    "city_ko",
    "place_kind",
    "latitude",
    "longitude",
    "position_source",
    "type",
    "title_en",
    "title_ko",
    "sectors",
    "company",
    "company_source",
    "support_krw",
    "support_source",
    "sources",
    "note",
)
"""The list's own header; what it calls otherwise than the table does is in ``table_names``."""
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_NAMES = {"company_source": "organisation_source", "support_source": "support_krw_source"}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: what it says, and its cells by column."""

    project: Project
    cells: dict[str, str]


def read_completed_list(content: bytes, *, countries: Countries) -> tuple[Listed, ...]:
    """The rows of the list (CSV in UTF-8), in its order; an empty cell is a value that is not published.

    Raises ``TableInvalid`` with every fault found.
    """
    table = read_csv(content)
    header = tuple(table[0]) if table else ()
    if header != COLUMNS:
        raise TableInvalid((Fault(1, "(header)", f"must be {','.join(COLUMNS)}"),))
    if ragged := [row for row, cells in enumerate(table[1:], start=2) if len(cells) != len(COLUMNS)]:
        raise TableInvalid(tuple(Fault(row, "(all)", f"needs {len(COLUMNS)} cells") for row in ragged))
    rows = {
        row: dict(zip(COLUMNS, map(plain, cells), strict=True))
        for row, cells in enumerate(table[1:], start=2)
    }
    faults = tuple(
        Fault(number, column, reason, cell_name(COLUMNS.index(column) + 1, number))
        for number, row in rows.items()
        for column, reason in _faults_of(row, countries)
    )
    if faults := (*faults, *_faults_between(rows)):
        raise TableInvalid(faults)
    return tuple(Listed(project_of(row, countries.of), row) for row in rows.values())


def project_of(row: Row, country_of: CountryOf) -> Project:
    """What the cells of a faultless row say."""
    blank = Project(
        id=id_of_completed(int(row["no"])),
        number=int(row["no"]),
        stage=Stage.COMPLETED,
        type=ProjectType.PLAN,
        selection_year=FIRST_YEAR,
        country=None,
        city=None,
        title=None,
        organisation=None,
        partner=None,
        support_krw=None,
        sources=(),
        note=None,
        origin=None,
    )
    names = table_names(row)
    return written(blank, {names[name]: text for name, text in row.items()}, country_of)


def table_names(row: Row) -> dict[str, str]:
    """The table's column for each of the list's. It has one name of a company, whose script tells the language."""
    hangul = _HANGUL.search(row.get("company", ""))
    company = {"company": "organisation_ko" if hangul else "organisation_en"}
    return {name: (_NAMES | company).get(name, name) for name in row}


def _faults_of(row: Row, countries: Countries) -> Iterator[tuple[str, str]]:
    names = table_names(row)
    back = {column: name for name, column in names.items()}
    cells = {names[name]: text for name, text in row.items()}
    if reason := None if row["no"] else BY_NAME["no"].check(""):
        yield "no", reason
    for column, reason in faults_of({"no": "1"} | cells, Stage.COMPLETED, countries, changed=cells.keys()):
        yield back[column], reason


def _faults_between(rows: Mapping[int, Row]) -> Iterator[Fault]:
    first_with: dict[str, int] = {}
    for number, row in rows.items():
        if (first := first_with.setdefault(row["no"], number)) != number:
            yield Fault(number, "no", f"stands in row {first} already", cell_name(1, number))
