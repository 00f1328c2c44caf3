"""A project of the catalogue. Pure. ``None`` means: not published anywhere; nothing is ever invented."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

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
    """Where a project stands: announced as selected, or counted by the ministry as completed."""

    SELECTED = "selected"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same text in Korean and English; a language that is None is not published."""

    ko: str | None
    en: str | None

    @property
    def texts(self) -> tuple[str, ...]:
        """The published ones."""
        return tuple(text for text in (self.ko, self.en) if text is not None)


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

    ``number``: its place in the list of completed projects. ``sources``: addresses of public text.
    ``origin``: of selected projects. ``support_krw``: won.
    """

    id: ProjectId
    number: int | None
    state: ProjectState
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


def id_of_completed(number: int) -> ProjectId:
    """The id of the completed project with this number: the same in every installation."""
    return ProjectId(uuid5(NAMESPACE, f"completed/{number}"))


def id_of_selected(application_id: ApplicationId) -> ProjectId:
    """The id of the project that this application became."""
    return ProjectId(uuid5(NAMESPACE, f"application/{application_id}"))
