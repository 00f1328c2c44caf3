"""Reading the list of completed projects (CSV): every row is checked, every fault has its row and column. Pure."""

import csv
import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Country, Fact, Project, ProjectType, Stage, id_of_completed
from services.catalog.domain.sector import Sector, Sectors
from services.catalog.domain.text import Bilingual

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
FIRST_YEAR, LAST_YEAR = 2020, 2100
MOST_NUMBER = 9_999
LONGEST_TEXT = 2_000
MOST_KRW = 10**12
_SOURCE_OF = {"company": "company_source", "support_krw": "support_source"}
_DEGREES = re.compile(r"-?\d{1,3}(\.\d{1,6})?")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffd\ud800-\udfff]")
Row = Mapping[str, str]


CountryOf = Callable[[str], Country]
"""The country of an ISO 3166-1 code, with its names."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of the list: what it says, and its cells by column."""

    project: Project
    cells: dict[str, str]


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


def read_completed_list(
    content: bytes, *, country_codes: Collection[str], country_of: CountryOf
) -> tuple[Listed, ...]:
    """The rows of the list (CSV in UTF-8), in its order; an empty cell is a value that is not published.

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
    return tuple(Listed(project_of(row, country_of), row) for row in rows.values())


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
    if row["country_iso2"] and row["country_iso2"] not in country_codes:
        yield "country_iso2", "is no ISO 3166-1 alpha-2 code"
    yield from _faults_of_place(row)
    if unknown := set(row["sectors"].split()) - set(Sector):
        yield "sectors", f"knows no {', '.join(sorted(unknown))}: there are {', '.join(Sector)}"
    if row["support_krw"] and not _is_number(row["support_krw"], 0, MOST_KRW):
        yield "support_krw", f"must be won, a whole number from 0 to {MOST_KRW}"
    yield from _faults_of_sources(row)


def _faults_of_place(row: Row) -> Iterator[tuple[str, str]]:
    if row["place_kind"] and row["place_kind"] not in set(PlaceKind):
        yield "place_kind", f"must be one of {', '.join(PlaceKind)}"
    for column, most in (("latitude", 90), ("longitude", 180)):
        if (text := row[column]) and not (_DEGREES.fullmatch(text) and abs(float(text)) <= most):
            yield column, f"must be degrees from -{most} to {most} with a point, as in 20.86481"
    together = ("latitude", "longitude", "position_source")
    if any(row[column] for column in together):
        yield from (
            (column, "stands with the two others of a position") for column in together if not row[column]
        )


def _faults_of_sources(row: Row) -> Iterator[tuple[str, str]]:
    if not row["sources"]:
        yield "sources", "is empty: every row says where it was published"
    for column in ("sources", *_SOURCE_OF.values(), "position_source"):
        if any(not _ADDRESS.fullmatch(address) for address in row[column].split()):
            yield column, "must be addresses (http or https) parted by spaces"
    for column, source in _SOURCE_OF.items():
        if row[source] and not row[column]:
            yield source, f"is the source of nothing: {column} is empty"


def _faults_between(rows: Mapping[int, Row]) -> Iterator[Fault]:
    first_with: dict[str, int] = {}
    for number, row in rows.items():
        if (first := first_with.setdefault(row["no"], number)) != number:
            yield Fault(number, "no", f"stands in row {first} already")


def _is_number(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(most)) and least <= int(text) <= most


def project_of(row: Row, country_of: CountryOf) -> Project:
    """What the cells of a faultless row say."""
    number = int(row["no"])
    return Project(
        id=id_of_completed(number),
        number=number,
        stage=Stage.COMPLETED,
        type=ProjectType(row["type"]),
        selection_year=int(row["selection_year"]),
        country=country_of(row["country_iso2"]) if row["country_iso2"] else None,
        city=_bilingual(row["city_ko"], row["city_en"]),
        title=_bilingual(row["title_ko"], row["title_en"]),
        organisation=_company(row["company"]),
        partner=None,
        support_krw=int(row["support_krw"]) if row["support_krw"] else None,
        sources=tuple(row["sources"].split()),
        note=row["note"] or None,
        origin=None,
        place_kind=PlaceKind(row["place_kind"]) if row["place_kind"] else None,
        position=_position(row),
        stated_sectors=Sectors.stated([Sector(each) for each in row["sectors"].split()])
        if row["sectors"]
        else None,
        fact_sources={
            fact: tuple(row[column].split())
            for fact, column in ((Fact.ORGANISATION, "company_source"), (Fact.SUPPORT_KRW, "support_source"))
            if row[column]
        },
    )


def _position(row: Row) -> Position | None:
    if not row["latitude"]:
        return None
    return Position(float(row["latitude"]), float(row["longitude"]), row["position_source"])


def _bilingual(ko: str, en: str) -> Bilingual | None:
    return Bilingual(ko or None, en or None) if ko or en else None


def _company(name: str) -> Bilingual | None:
    """The list has one name of a company; its script tells the language."""
    return _bilingual(name, "") if _HANGUL.search(name) else _bilingual("", name)
