"""A project of the catalogue."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from pydantic import Field
from pydantic_core import to_json

from services.catalog.domain.entry import Entry, KnownCall, Match
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Fact, ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector, SectorBasis
from services.catalog.schemas.texts import BilingualOut, CountryOut
from shared.http.schema import Schema
from shared.pagination import Page


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
        description="How far it is; `selected`, `agreed` and `under_way` are `selected` in `state`, and so is "
        "`withdrawn`: announced, then given up by its applicant"
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
    revision: int = Field(description="How often what it says was written; a correction names it in If-Match")
    distance_km: float | None = Field(
        description="From the point in `near`, along the earth taken for a sphere; null: none was given",
        examples=[94.1],
    )

    @classmethod
    def of(cls, entry: Entry, metres: int | None = None) -> "ProjectOut":
        """The answer for an entry. ``metres``: from the point asked for."""
        project = entry.project
        sectors = project.sectors
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
            sectors=list(sectors.values) if sectors else [],
            sectors_basis=sectors.basis if sectors else None,
            agreed_on=project.agreed_on,
            started_on=project.started_on,
            completed_on=project.completed_on,
            fact_sources=[
                FactSources(fact=fact, sources=list(given)) for fact, given in project.fact_sources.items()
            ],
            published_at=entry.published_at,
            revision=entry.revision,
            distance_km=None if metres is None else metres / 1000,
        )


class ProjectOutPage(Page[ProjectOut]):
    """One page of a list, in the list's stable order."""

    matched: Match | None = Field(
        description="How much of `q` these projects answer: all of its words, or, as none has all, at least half of "
        "those that the catalogue knows; null: nothing was asked in words, or nothing answers it"
    )


_NO_DISTANCE = b"null}"


def with_distance(item: bytes, metres: int) -> bytes:
    """The JSON of a project that has no distance yet, with one: in metres from the point asked for."""
    return item.removesuffix(_NO_DISTANCE) + to_json(metres / 1000) + b"}"


def page_of(items: Sequence[bytes], next_cursor: str | None, matched: Match | None) -> bytes:
    """The JSON of a ``ProjectOutPage`` of projects that are JSON already."""
    rest = b'],"next_cursor":%b,"matched":%b}' % (to_json(next_cursor), to_json(matched))
    pieces = [piece for item in items for piece in (b",", item)][1:]
    return b"".join((b'{"items":[', *pieces, rest))
