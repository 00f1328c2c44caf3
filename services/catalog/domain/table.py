"""The catalogue as a table, by which the shipped list, imports and exports all go: between a project and its cells. Pure.

An empty cell is a value that is not published. A cell is text, whatever the file that it comes from: numbers without
separators, days as 2021-06-23, several values parted by spaces.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Country, Fact, Project, ProjectType, Stage
from services.catalog.domain.sector import Sector, Sectors
from services.catalog.domain.table_cells import (
    Check,
    a_day,
    addresses,
    an_id,
    any_text,
    degrees,
    one_of,
    some_of,
    whole_number,
)
from services.catalog.domain.text import Bilingual

FIRST_YEAR, LAST_YEAR = 2020, 2100
MOST_NUMBER = 9_999
MOST_KRW = 10**12
Cells = Mapping[str, str]
"""A row's cells by column."""
CountryOf = Callable[[str], Country]
"""The country of an ISO 3166-1 code, with its names."""


@dataclass(frozen=True, slots=True)
class Countries:
    """The ISO 3166-1 alpha-2 codes there are, and the country of each."""

    codes: Collection[str]
    of: CountryOf


class Kind(StrEnum):
    """What a column is for: it names the project, says a fact, says where a fact was taken from, or only shows."""

    KEY = "key"
    FACT = "fact"
    SOURCE = "source"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``fact``: what its cells are about; of shown ones what they follow from."""

    name: str
    kind: Kind
    fact: Fact
    check: Check = any_text


SOURCED = (
    *(Fact.SELECTION_YEAR, Fact.TYPE, Fact.COUNTRY, Fact.CITY, Fact.PLACE_KIND, Fact.TITLE, Fact.SECTORS),
    *(Fact.ORGANISATION, Fact.PARTNER, Fact.SUPPORT_KRW, Fact.AGREED_ON, Fact.STARTED_ON, Fact.COMPLETED_ON),
)
"""The facts that may have sources of their own in ``fact_sources``; a position carries its own."""
_DAYS = (Fact.AGREED_ON, Fact.STARTED_ON, Fact.COMPLETED_ON)
COLUMNS: tuple[Column, ...] = (
    Column("id", Kind.KEY, Fact.NUMBER, an_id),
    Column("no", Kind.KEY, Fact.NUMBER, whole_number(1, MOST_NUMBER, "must be a number")),
    Column("stage", Kind.SHOWN, Fact.STAGE),
    Column(
        "selection_year",
        Kind.FACT,
        Fact.SELECTION_YEAR,
        whole_number(FIRST_YEAR, LAST_YEAR, "must be a year"),
    ),
    Column("type", Kind.FACT, Fact.TYPE, one_of(ProjectType)),
    Column("country_iso2", Kind.FACT, Fact.COUNTRY),
    Column("country_ko", Kind.SHOWN, Fact.COUNTRY),
    Column("country_en", Kind.SHOWN, Fact.COUNTRY),
    Column("city_ko", Kind.FACT, Fact.CITY),
    Column("city_en", Kind.FACT, Fact.CITY),
    Column("place_kind", Kind.FACT, Fact.PLACE_KIND, one_of(PlaceKind)),
    Column("latitude", Kind.FACT, Fact.POSITION, degrees(90)),
    Column("longitude", Kind.FACT, Fact.POSITION, degrees(180)),
    Column("position_source", Kind.FACT, Fact.POSITION, addresses),
    Column("title_ko", Kind.FACT, Fact.TITLE),
    Column("title_en", Kind.FACT, Fact.TITLE),
    Column("sectors", Kind.FACT, Fact.SECTORS, some_of(Sector)),
    Column("sectors_basis", Kind.SHOWN, Fact.SECTORS),
    Column("organisation_ko", Kind.FACT, Fact.ORGANISATION),
    Column("organisation_en", Kind.FACT, Fact.ORGANISATION),
    Column("partner_ko", Kind.FACT, Fact.PARTNER),
    Column("partner_en", Kind.FACT, Fact.PARTNER),
    Column(
        "support_krw", Kind.FACT, Fact.SUPPORT_KRW, whole_number(0, MOST_KRW, "must be won, a whole number")
    ),
    *(Column(fact.value, Kind.FACT, fact, a_day) for fact in _DAYS),
    Column("note", Kind.FACT, Fact.NOTE),
    Column("sources", Kind.FACT, Fact.SOURCES, addresses),
    *(Column(f"{fact}_source", Kind.SOURCE, fact, addresses) for fact in SOURCED),
)
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}
COLUMNS_OF: Mapping[Fact, tuple[str, ...]] = {
    fact: tuple(column.name for column in COLUMNS if column.fact is fact and column.kind is Kind.FACT)
    for fact in Fact
}
"""The columns that together say a fact."""
_NEEDED = ("selection_year", "type")
_AT_LEAST = {"agreed_on": Stage.AGREED, "started_on": Stage.UNDER_WAY, "completed_on": Stage.COMPLETED}


def cells_of(project: Project) -> dict[str, str]:
    """What the table says of a project, in every column."""
    texts = {
        "country": project.country.name if project.country else None,
        "city": project.city,
        "title": project.title,
        "organisation": project.organisation,
        "partner": project.partner,
    }
    position, sectors = project.position, project.sectors
    cells: dict[str, object] = {
        "id": project.id,
        "no": project.number,
        "stage": project.stage,
        "selection_year": project.selection_year,
        "type": project.type,
        "country_iso2": project.country.iso2 if project.country else None,
        **{f"{name}_ko": both.ko if both else None for name, both in texts.items()},
        **{f"{name}_en": both.en if both else None for name, both in texts.items()},
        "place_kind": project.place_kind,
        "latitude": degrees_text(position.latitude) if position else None,
        "longitude": degrees_text(position.longitude) if position else None,
        "position_source": position.source if position else None,
        "sectors": " ".join(sectors.values) if sectors else None,
        "sectors_basis": sectors.basis if sectors else None,
        "support_krw": project.support_krw,
        **{fact.value: project.value(fact) for fact in _DAYS},
        "note": project.note,
        "sources": " ".join(project.sources),
        **{f"{fact}_source": " ".join(project.fact_sources.get(fact, ())) for fact in SOURCED},
    }
    return {name: "" if cells[name] is None else str(cells[name]).strip() for name in BY_NAME}


def degrees_text(value: float) -> str:
    """Degrees as they stand in a cell: never with an exponent."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def faults_of(
    cells: Cells, stage: Stage, countries: Countries, *, changed: Collection[str]
) -> Iterator[tuple[str, str]]:
    """What is wrong with a row, as column and reason: with its ``changed`` cells, and between them and the others."""
    for name in BY_NAME:
        text = cells.get(name, "")
        if name not in changed:
            continue
        if text and (reason := any_text(text) or BY_NAME[name].check(text)):
            yield name, reason
        elif not text and name in _NEEDED:
            yield name, BY_NAME[name].check(text) or "is needed"
    if "country_iso2" in changed and (code := cells.get("country_iso2")) and code not in countries.codes:
        yield "country_iso2", "is no ISO 3166-1 alpha-2 code"
    if changed:
        for check in (_position_is_whole, _sources_are_of_something, _days_follow_each_other):
            yield from check(cells, stage)


def _position_is_whole(cells: Cells, _stage: Stage) -> Iterator[tuple[str, str]]:
    together = COLUMNS_OF[Fact.POSITION]
    if any(cells.get(column) for column in together):
        yield from (
            (column, "stands with the two others of a position")
            for column in together
            if not cells.get(column)
        )


def _sources_are_of_something(cells: Cells, _stage: Stage) -> Iterator[tuple[str, str]]:
    if cells.get("no") and not cells.get("sources"):
        yield "sources", "is empty: every row says where it was published"
    for fact in SOURCED:
        if cells.get(f"{fact}_source") and not any(cells.get(column) for column in COLUMNS_OF[fact]):
            yield f"{fact}_source", f"is the source of nothing: {' and '.join(COLUMNS_OF[fact])} is empty"


def _days_follow_each_other(cells: Cells, stage: Stage) -> Iterator[tuple[str, str]]:
    stages, last = list(Stage), ""
    for name, needed in _AT_LEAST.items():
        day = cells.get(name, "")
        if day and stages.index(stage) < stages.index(needed):
            yield name, f"stands only with the stage {needed}, and this project is {stage}"
        if day and day < last:
            yield name, f"is before {last}, the day that comes first"
        last = day or last


def rewritten(present: Project, cells: Cells, country_of: CountryOf) -> Project:
    """``present`` with what faultless ``cells`` say otherwise; columns that they leave out stay as they are."""
    before = cells_of(present)
    after = {**before, **cells}
    said = _said(after, country_of)
    changed = {_member(BY_NAME[name]) for name, text in after.items() if text != before[name]}
    return replace(present, **{name: said[name] for name in changed if name in said})


def written(blank: Project, cells: Cells, country_of: CountryOf) -> Project:
    """``blank`` with all that faultless ``cells`` say; columns that they leave out are not published."""
    return replace(blank, **_said({**dict.fromkeys(BY_NAME, ""), **cells}, country_of))


def _member(column: Column) -> str:
    """The member of ``Project`` that a column is part of."""
    if column.kind is Kind.SOURCE:
        return "fact_sources"
    return "stated_sectors" if column.fact is Fact.SECTORS else column.fact.value


def _said(cells: Cells, country_of: CountryOf) -> dict[str, Any]:
    """The members of a project by what all cells say."""
    days = {fact.value: date.fromisoformat(cells[fact]) if cells[fact] else None for fact in _DAYS}
    texts = {
        name: _bilingual(cells[f"{name}_ko"], cells[f"{name}_en"])
        for name in ("city", "title", "organisation", "partner")
    }
    sectors = [Sector(each) for each in cells["sectors"].split()]
    return {
        **days,
        **texts,
        "type": ProjectType(cells["type"]),
        "selection_year": int(cells["selection_year"]),
        "country": country_of(cells["country_iso2"]) if cells["country_iso2"] else None,
        "place_kind": PlaceKind(cells["place_kind"]) if cells["place_kind"] else None,
        "position": _position(cells),
        "stated_sectors": Sectors.stated(sectors) if sectors else None,
        "support_krw": int(cells["support_krw"]) if cells["support_krw"] else None,
        "sources": tuple(cells["sources"].split()),
        "note": cells["note"] or None,
        "fact_sources": {
            fact: tuple(given.split()) for fact in SOURCED if (given := cells[f"{fact}_source"])
        },
    }


def _position(cells: Cells) -> Position | None:
    if not cells["latitude"]:
        return None
    return Position(float(cells["latitude"]), float(cells["longitude"]), cells["position_source"])


def _bilingual(ko: str, en: str) -> Bilingual | None:
    return Bilingual(ko or None, en or None) if ko or en else None
