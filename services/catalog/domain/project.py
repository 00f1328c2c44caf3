"""A project of the catalogue. Pure. ``None`` means: not published anywhere; nothing is ever invented."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.sector import Sectors, derived_from
from services.catalog.domain.text import Bilingual
from shared.ids import ApplicationId, CallId, ProjectId, SelectionId

NAMESPACE = UUID("8c4a53a6-0d0f-5b0f-9f0a-2f1f2b6a7c11")
"""Makes project ids that come out the same whenever the catalogue is built anew."""


class ProjectType(StrEnum):
    """What a city gets. ``plan``: a planning project of which no source says which of the two kinds it is."""

    DEVELOPMENT_PLAN = "development_plan"
    SOLUTION_PLAN = "solution_plan"
    PLAN = "plan"
    DEMONSTRATION = "demonstration"


class ProjectState(StrEnum):
    """Whether a project is completed, or was announced as selected and is not completed (yet, or given up)."""

    SELECTED = "selected"
    COMPLETED = "completed"


class Stage(StrEnum):
    """How far a project is, in this order: announced, under an agreement, being carried out, completed.

    ``withdrawn`` is an end of its own: its applicant gave it up before it was completed.
    """

    SELECTED = "selected"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class Fact(StrEnum):
    """What the catalogue says of a project, piece by piece: each has its sources and its history."""

    NUMBER = "number"
    STAGE = "stage"
    TYPE = "type"
    SELECTION_YEAR = "selection_year"
    COUNTRY = "country"
    CITY = "city"
    PLACE_KIND = "place_kind"
    POSITION = "position"
    TITLE = "title"
    SECTORS = "sectors"
    ORGANISATION = "organisation"
    PARTNER = "partner"
    SUPPORT_KRW = "support_krw"
    AGREED_ON = "agreed_on"
    STARTED_ON = "started_on"
    COMPLETED_ON = "completed_on"
    SOURCES = "sources"
    FACT_SOURCES = "fact_sources"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its ISO 3166-1 code, and its names."""

    iso2: str
    name: Bilingual | None


@dataclass(frozen=True, slots=True)
class Origin:
    """The announced selection that a selected project comes from."""

    application_id: ApplicationId
    selection_id: SelectionId
    call_id: CallId


@dataclass(frozen=True, slots=True)
class Project:
    """What the catalogue says of one project.

    ``number``: its place in the list of completed projects. ``sources``: addresses of public text for every fact
    that ``fact_sources`` does not name. ``origin``: of selected projects. ``support_krw``: won. ``stated_sectors``:
    what somebody answers for; without it they are derived from the title.
    """

    id: ProjectId
    number: int | None
    stage: Stage
    type: ProjectType
    selection_year: int
    country: Country | None
    city: Bilingual | None
    title: Bilingual | None
    organisation: Bilingual | None
    partner: Bilingual | None
    support_krw: int | None
    sources: tuple[str, ...]
    note: str | None
    origin: Origin | None
    place_kind: PlaceKind | None = None
    position: Position | None = None
    stated_sectors: Sectors | None = None
    agreed_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    fact_sources: Mapping[Fact, tuple[str, ...]] = field(default_factory=dict, hash=False)

    @property
    def state(self) -> ProjectState:
        """Completed, or not yet."""
        return ProjectState.COMPLETED if self.stage is Stage.COMPLETED else ProjectState.SELECTED

    @property
    def sectors(self) -> Sectors | None:
        """What it is about; None where neither a title nor a statement says so."""
        return self.stated_sectors or derived_from(self.title)

    def value(self, fact: Fact) -> object:
        """What is said of ``fact``; None: not published."""
        return self.sectors if fact is Fact.SECTORS else getattr(self, fact.value)

    def sources_of(self, fact: Fact) -> tuple[str, ...]:
        """The addresses that ``fact`` was taken from."""
        if fact is Fact.POSITION and self.position is not None:
            return (self.position.source,)
        return self.fact_sources.get(fact, self.sources)


def id_of_completed(number: int) -> ProjectId:
    """The id of the completed project with this number: the same in every installation."""
    return ProjectId(uuid5(NAMESPACE, f"completed/{number}"))


def id_of_selected(application_id: ApplicationId) -> ProjectId:
    """The id of the project that this application became."""
    return ProjectId(uuid5(NAMESPACE, f"application/{application_id}"))
