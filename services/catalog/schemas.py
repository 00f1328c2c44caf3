"""HTTP models of catalog. One convention everywhere: ``null`` means *not published*."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.completed_list import FIRST_YEAR, LAST_YEAR, MOST_NUMBER
from services.catalog.domain.entry import Entry, KnownCall, Order
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Country, Fact, ProjectState, ProjectType, Stage
from services.catalog.domain.search_text import normalised
from services.catalog.domain.sector import Sector, SectorBasis
from services.catalog.domain.statistics import (
    CountryRow,
    Figure,
    Statistics,
    Total,
)
from services.catalog.domain.text import Bilingual
from shared.http.schema import Schema

LONGEST_QUERY = 200
_FIRST_PRINTABLE = 0x20
_DELETE, _REPLACEMENT, _SURROGATES = 0x7F, 0xFFFD, range(0xD800, 0xE000)


def _known_country(code: str) -> str:
    if code not in COUNTRY_CODES:
        raise PydanticCustomError(
            "unknown_country",
            "There is no such country code; ISO 3166-1 alpha-2 in capitals is read, as in VN",
        )
    return code


def _searchable(query: str) -> str:
    if any(_is_no_text(ord(character)) for character in query):
        raise PydanticCustomError(
            "not_text",
            "The text has a character that is no text: a control character, or bytes that are not UTF-8",
        )
    if not normalised(query):
        raise PydanticCustomError("empty_text", "The text has nothing that can be searched for")
    return query


def _is_no_text(code: int) -> bool:
    return code < _FIRST_PRINTABLE or code in (_DELETE, _REPLACEMENT) or code in _SURROGATES


CountryCode = Annotated[
    str,
    AfterValidator(_known_country),
    WithJsonSchema({"type": "string", "enum": list(COUNTRY_CODES), "description": "ISO 3166-1 alpha-2"}),
]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Number = Annotated[int, Field(ge=1, le=MOST_NUMBER)]


class ProjectQuery(Schema):
    """Which projects, in which order, from where on. Conditions add up; one that is left out asks for nothing."""

    year: Year | None = Field(default=None, description="Year of selection", examples=[2021])
    country: list[CountryCode] = Field(
        default=[],
        max_length=50,
        description="Country codes; repeat for several: `country=VN&country=ID`",
        examples=[["VN"]],
    )
    type: ProjectType | None = Field(
        default=None, description="Type; `plan` finds plans whose kind is not published"
    )
    state: ProjectState | None = Field(default=None, description="Completed, or announced as selected")
    stage: Stage | None = Field(default=None, description="How far it is")
    sector: list[Sector] = Field(
        default=[],
        max_length=len(Sector),
        description="What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`",
        examples=[["mobility"]],
    )
    q: Annotated[str, AfterValidator(_searchable)] | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_QUERY,
        description="Text in Korean or English, found anywhere in title, city, country, organisation or partner. "
        "Case, accents and spaces beside Korean letters do not count.",
        examples=["교통", "traffic", "Bogota"],
    )
    sort: Order = Field(default=Order.NUMBER, description="`-` in front: greatest first")
    limit: int = Field(default=20, ge=1, le=100, description="Items on a page")
    cursor: str | None = Field(
        default=None, min_length=1, max_length=1000, description="next_cursor of the page before"
    )


class BilingualOut(Schema):
    """The same text in Korean and English."""

    ko: str | None = Field(description="Korean; null: not published", examples=["교통관리체계 구축"])
    en: str | None = Field(description="English; null: not published", examples=["Traffic management system"])

    @classmethod
    def of(cls, both: Bilingual | None) -> "BilingualOut | None":
        """The answer for a text, None for one that is not published."""
        return cls(ko=both.ko, en=both.en) if both else None


class CountryOut(Schema):
    """A country."""

    iso2: str = Field(description="ISO 3166-1 alpha-2", examples=["VN"])
    name: BilingualOut | None

    @classmethod
    def of(cls, country: Country | None) -> "CountryOut | None":
        """The answer for a country, None for one that is not published."""
        return cls(iso2=country.iso2, name=BilingualOut.of(country.name)) if country else None


class CallOut(Schema):
    """The call a project was selected in."""

    id: UUID
    code: str = Field(examples=["KCN-2025"])
    year: int
    name: BilingualOut | None

    @classmethod
    def of(cls, call: KnownCall | None) -> "CallOut | None":
        """The answer for a call."""
        if call is None:
            return None
        return cls(id=call.id, code=call.code, year=call.year, name=BilingualOut.of(call.name))


class PositionOut(Schema):
    """A point on the map, in degrees (WGS 84)."""

    latitude: float = Field(ge=-90, le=90, examples=[20.86481])
    longitude: float = Field(ge=-180, le=180, examples=[106.68345])
    source: str = Field(
        description="Who says that the place is there", examples=["https://www.geonames.org/1581298"]
    )

    @classmethod
    def of(cls, position: Position | None) -> "PositionOut | None":
        """The answer for a point, None for one that is not known."""
        return cls(**asdict(position)) if position else None


class FactSources(Schema):
    """Where one fact was taken from, when it is another text than that of the rest."""

    fact: Fact
    sources: list[str] = Field(examples=[["https://news.example/2021"]])


class ProjectOut(Schema):
    """A project of the catalogue. Every `null` means: not published in any source that we know."""

    id: UUID
    number: int | None = Field(
        description="Its number in the list of completed projects; null: it has none (yet)", examples=[17]
    )
    state: ProjectState
    type: ProjectType = Field(
        description="`plan`: a planning project of which no source says whether it is a development plan "
        "or a solution plan"
    )
    selection_year: int = Field(description="Year of selection, not of completion", examples=[2021])
    country: CountryOut | None = Field(description="null: not published")
    city: BilingualOut | None = Field(description="City or region; null: not published")
    title: BilingualOut | None = Field(description="null: not published")
    organisation: BilingualOut | None = Field(
        description="Who carries it out (completed), or applied for it (selected); null: not published"
    )
    partner: BilingualOut | None = Field(description="Partner body abroad; null: not published")
    support_krw: int | None = Field(description="Support in won; null: not published", examples=[400_000_000])
    call: CallOut | None = Field(description="Call of a selected project; null: not published")
    selection_id: UUID | None = Field(
        description="The announced selection that is the source of a selected project; null for completed ones"
    )
    sources: list[str] = Field(
        description="Addresses of the public text that says so", examples=[["https://news.example/2021"]]
    )
    note: str | None = Field(description="A remark on the sources; null: there is none")
    stage: Stage = Field(
        description="How far it is; `selected`, `agreed` and `under_way` are `selected` in `state`"
    )
    place_kind: PlaceKind | None = Field(
        description="What `city` names; a region has no single point; null: no place is published"
    )
    position: PositionOut | None = Field(description="null: a region, or no source knows where it is")
    sectors: list[Sector] = Field(description="What it is about; none: no published title says so")
    sectors_basis: SectorBasis | None = Field(
        description="`title`: derived from the published title by our words, not published by anybody; "
        "`stated`: somebody answers for them; null: there are none"
    )
    agreed_on: date | None = Field(description="Day of the agreement; null: not published")
    started_on: date | None = Field(description="Day on which the work began; null: not published")
    completed_on: date | None = Field(description="Day of its completion; null: not published")
    fact_sources: list[FactSources] = Field(
        description="Facts that were taken from other texts than `sources` names"
    )
    published_at: datetime = Field(description="Since when it stands in this catalogue")

    @classmethod
    def of(cls, entry: Entry) -> "ProjectOut":
        """The answer for an entry."""
        project = entry.project
        return cls(
            id=project.id,
            number=project.number,
            state=project.state,
            type=project.type,
            selection_year=project.selection_year,
            country=CountryOut.of(project.country),
            city=BilingualOut.of(project.city),
            title=BilingualOut.of(project.title),
            organisation=BilingualOut.of(project.organisation),
            partner=BilingualOut.of(project.partner),
            support_krw=project.support_krw,
            call=CallOut.of(entry.call),
            selection_id=project.origin.selection_id if project.origin else None,
            sources=list(project.sources),
            note=project.note,
            stage=project.stage,
            place_kind=project.place_kind,
            position=PositionOut.of(project.position),
            sectors=list(project.sectors.values) if project.sectors else [],
            sectors_basis=project.sectors.basis if project.sectors else None,
            agreed_on=project.agreed_on,
            started_on=project.started_on,
            completed_on=project.completed_on,
            fact_sources=[
                FactSources(fact=fact, sources=list(given)) for fact, given in project.fact_sources.items()
            ],
            published_at=entry.published_at,
        )


class FigureOut(Schema):
    """A number with what it counts and where that can be checked."""

    value: int | None = Field(description="null: not published", examples=[49])
    basis: BilingualOut = Field(description="What is counted, in words to show beside the number")
    source: str = Field(description="A document, or the address of the list that was counted")


class TotalOut(Schema):
    """One measure three times: published by the ministry, counted as completed, counted as selected since."""

    measure: Literal["projects", "countries", "development_plan", "solution_plan", "plan", "demonstration"]
    published: FigureOut
    completed: FigureOut
    selected: FigureOut

    @classmethod
    def of(cls, total: Total) -> "TotalOut":
        """The answer for a total."""
        return cls.model_validate(total)


class CountsOut(Schema):
    """Counted projects; `plan` are plans of unknown kind, `countries` those that are published."""

    projects: int
    countries: int
    development_plan: int
    solution_plan: int
    plan: int
    demonstration: int


class YearOut(Schema):
    """The projects selected in one year."""

    selection_year: int
    completed: CountsOut
    selected: CountsOut


class CountryRowOut(Schema):
    """The projects in one country."""

    country: CountryOut | None = Field(description="null: not published")
    completed: CountsOut
    selected: CountsOut

    @classmethod
    def of(cls, row: CountryRow) -> "CountryRowOut":
        """The answer for a row."""
        return cls(
            country=CountryOut.of(row.country),
            completed=CountsOut.model_validate(row.completed),
            selected=CountsOut.model_validate(row.selected),
        )


class StatisticsOut(Schema):
    """What can be counted, beside what the ministry published: the two differ where values are not published."""

    totals: list[TotalOut]
    countries_added: FigureOut = Field(description="Countries that only selected projects have")
    by_year: list[YearOut] = Field(description="Counted from the same lists as `totals`, oldest year first")
    by_country: list[CountryRowOut] = Field(
        description="Counted from the same lists as `totals`, by country code; the last row may have country "
        "null: not published"
    )

    @classmethod
    def of(cls, statistics: Statistics) -> "StatisticsOut":
        """The answer for the statistics."""
        return cls(
            totals=[TotalOut.of(total) for total in statistics.totals],
            countries_added=_figure(statistics.countries_added),
            by_year=[YearOut.model_validate(row) for row in statistics.by_year],
            by_country=[CountryRowOut.of(row) for row in statistics.by_country],
        )


def _figure(figure: Figure) -> FigureOut:
    return FigureOut.model_validate(figure)
