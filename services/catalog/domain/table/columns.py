"""The columns of the catalogue as a table, by which the shipped list, imports and exports all go. Pure.

An empty cell is a value that is not published. A cell is text, whatever the file that it comes from: numbers without
separators, days as 2021-06-23, several values parted by spaces.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.catalog.domain.place import PlaceKind
from services.catalog.domain.project import Country, Fact, ProjectType
from services.catalog.domain.sector import Sector
from services.catalog.domain.table.cells import (
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
DAYS = (Fact.AGREED_ON, Fact.STARTED_ON, Fact.COMPLETED_ON)
"""The facts that are days, in the order in which they come."""
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
    *(Column(fact.value, Kind.FACT, fact, a_day) for fact in DAYS),
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
