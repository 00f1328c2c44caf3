"""A project as it stands in the catalogue, and how one asks for several. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.catalog.domain.project import Project, ProjectState, ProjectType, Stage
from services.catalog.domain.search_area import Box, Near
from services.catalog.domain.sector import Sector
from services.catalog.domain.text import Bilingual
from shared.ids import CallId


@dataclass(frozen=True, slots=True)
class KnownCall:
    """Catalog's copy of an announced call. ``version`` rises with each amendment."""

    id: CallId
    version: int
    code: str
    year: int
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Entry:
    """A published project. ``revision`` counts its versions from 1; ``published_at``: of the first one."""

    project: Project
    revision: int
    published_at: datetime
    call: KnownCall | None


class Order(StrEnum):
    """How a list is sorted; projects without a number stand behind all numbers."""

    NUMBER = "number"
    NUMBER_DESCENDING = "-number"
    YEAR = "year"
    YEAR_DESCENDING = "-year"
    RELEVANCE = "relevance"
    """What answers the question best first: where its words stand (title, place, rest), and how exactly."""
    DISTANCE = "distance"
    """The nearest first."""

    @property
    def descending(self) -> bool:
        """Whether the greatest comes first."""
        return self.value.startswith("-")

    @property
    def by_year(self) -> bool:
        """Whether the year comes before the number."""
        return self in (Order.YEAR, Order.YEAR_DESCENDING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which projects are asked for: all that fit every condition given, of countries and sectors any one of those given.

    ``text``: a question, as its reader wrote it. ``near`` and ``box`` fit projects with a position alone;
    ``positioned``: whether they have one.
    """

    year: int | None = None
    countries: tuple[str, ...] = ()
    type: ProjectType | None = None
    state: ProjectState | None = None
    stage: Stage | None = None
    sectors: tuple[Sector, ...] = ()
    text: str | None = None
    near: Near | None = None
    box: Box | None = None
    positioned: bool | None = None


class Match(StrEnum):
    """How much of a question the projects found answer: all of its words, or at least half of those that are known."""

    ALL = "all"
    SOME = "some"
