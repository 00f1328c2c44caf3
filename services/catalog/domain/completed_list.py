"""Reading the list of completed projects (CSV): every row is checked, every fault has its row and column. Pure."""

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from services.catalog.domain.project import (
    Bilingual,
    Country,
    Project,
    ProjectState,
    ProjectType,
    id_of_completed,
)

COLUMNS = (
    "no",
    "selection_year",
    "country_iso2",
    "country_en",
    "country_ko",
    "city_en",
    "city_ko",
    "type",
    "title_en",
    "title_ko",
    "company",
    "sources",
    "note",
)
FIRST_YEAR, LAST_YEAR = 2020, 2100
MOST_NUMBER = 9_999
LONGEST_TEXT = 2_000
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: ``row`` counts the lines of the table, its header is 1."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column}: {self.reason}"


class ListInvalid(Exception):
    """The list cannot be loaded; ``faults`` says all that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def read_completed_list(content: bytes, *, country_codes: Collection[str]) -> tuple[Project, ...]:
    """The projects of the list (CSV in UTF-8), in its order; an empty cell is a value that is not published.

    ``country_codes``: the ISO 3166-1 codes there are. Raises ``ListInvalid`` with every fault found.
    """
    table = _table(content)
    header = tuple(table[0]) if table else ()
    if header != COLUMNS:
        raise ListInvalid((Fault(1, "(header)", f"must be {','.join(COLUMNS)}"),))
    if ragged := [row for row, cells in enumerate(table[1:], start=2) if len(cells) != len(COLUMNS)]:
        raise ListInvalid(tuple(Fault(row, "(all)", f"needs {len(COLUMNS)} cells") for row in ragged))
    rows = {
        row: dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
        for row, cells in enumerate(table[1:], start=2)
    }
    faults = [
        Fault(number, column, reason)
        for number, row in rows.items()
        for column, reason in _faults_of(row, country_codes)
    ]
    faults += _faults_between(rows)
    if faults:
        raise ListInvalid(tuple(faults))
    return tuple(_project(row) for row in rows.values())


def _table(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise ListInvalid((Fault(row, "(all)", "is not UTF-8: save the list as CSV UTF-8"),)) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(reader)
    except csv.Error as error:
        raise ListInvalid((Fault(reader.line_num, "(all)", f"is no CSV: {error}"),)) from error


def _faults_of(row: Row, country_codes: Collection[str]) -> Iterator[tuple[str, str]]:
    for column, text in row.items():
        if len(text) > LONGEST_TEXT:
            yield column, f"is longer than {LONGEST_TEXT} characters"
        if _CONTROL.search(text):
            yield column, "has a character that is no text"
    if not _is_number(row["no"], 1, MOST_NUMBER):
        yield "no", f"must be a number from 1 to {MOST_NUMBER}"
    if not _is_number(row["selection_year"], FIRST_YEAR, LAST_YEAR):
        yield "selection_year", f"must be a year from {FIRST_YEAR} to {LAST_YEAR}"
    if row["type"] not in set(ProjectType):
        yield "type", f"must be one of {', '.join(ProjectType)}"
    yield from _faults_of_country(row, country_codes)
    yield from _faults_of_sources(row["sources"])


def _faults_of_country(row: Row, country_codes: Collection[str]) -> Iterator[tuple[str, str]]:
    code = row["country_iso2"]
    if code and code not in country_codes:
        yield "country_iso2", "is no ISO 3166-1 alpha-2 code"
    for column in ("country_en", "country_ko"):
        if bool(row[column]) != bool(code):
            yield column, "stands with its country_iso2, or both are empty"


def _faults_of_sources(text: str) -> Iterator[tuple[str, str]]:
    if not text:
        yield "sources", "is empty: every row says where it was published"
    for address in text.split():
        if not _ADDRESS.fullmatch(address):
            yield "sources", "must be addresses (http or https) parted by spaces"


def _faults_between(rows: Mapping[int, Row]) -> Iterator[Fault]:
    first_with: dict[str, int] = {}
    names: dict[str, tuple[str, str]] = {}
    for number, row in rows.items():
        if (first := first_with.setdefault(row["no"], number)) != number:
            yield Fault(number, "no", f"stands in row {first} already")
        given = (row["country_en"], row["country_ko"])
        if row["country_iso2"] and names.setdefault(row["country_iso2"], given) != given:
            yield Fault(number, "country_iso2", "has another name in an earlier row")


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def _project(row: Row) -> Project:
    number = int(row["no"])
    country_name = _bilingual(row["country_ko"], row["country_en"])
    return Project(
        id=id_of_completed(number),
        number=number,
        state=ProjectState.COMPLETED,
        type=ProjectType(row["type"]),
        selection_year=int(row["selection_year"]),
        country=Country(row["country_iso2"], country_name) if row["country_iso2"] else None,
        city=_bilingual(row["city_ko"], row["city_en"]),
        title=_bilingual(row["title_ko"], row["title_en"]),
        organisation=_company(row["company"]),
        partner=None,
        support_krw=None,
        sources=tuple(row["sources"].split()),
        note=row["note"] or None,
        origin=None,
    )


def _bilingual(ko: str, en: str) -> Bilingual | None:
    return Bilingual(ko or None, en or None) if ko or en else None


def _company(name: str) -> Bilingual | None:
    """The list has one name of a company; its script tells the language."""
    return _bilingual(name, "") if _HANGUL.search(name) else _bilingual("", name)
