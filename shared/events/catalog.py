"""Events that catalog decides."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.events.envelope import Event
from shared.events.intake import Carried
from shared.events.text import LocalText
from shared.events.topics import CATALOG_PROJECT


class PublishedPosition(Carried):
    """A point in degrees (WGS 84), and the address that gives it."""

    latitude: float = Field(ge=-90, le=90)
    longitude: float = Field(ge=-180, le=180)
    source: str


class ProjectPublished(Event):
    """A project stands in the public catalogue, or what it says has changed: all of it, each time. Subject: the project.

    None: not published anywhere. From ``organisation`` on: absent in events from before November 2026 (``revision``
    0), and from ``stage`` on in those from before the catalogue knew places (no ``cause``). ``sectors_basis``:
    ``title`` where a rule derived them from the title, ``stated`` where somebody answers for them. ``fact_sources``:
    the sources of facts that have other ones than ``sources``. ``state``: selected or completed; ``stage``: how far.
    ``change_source``: what the change as a whole was taken from; ``import_id``: the import that it is a part of.
    """

    type: ClassVar[str] = "kcity.catalog.ProjectPublished.v1"
    topic: ClassVar[str] = CATALOG_PROJECT

    project_id: UUID
    number: int | None
    selection_year: int
    project_type: str
    state: str
    title: LocalText | None
    city: LocalText | None
    country_iso2: str | None
    published_at: AwareDatetime
    organisation: LocalText | None = None
    partner: LocalText | None = None
    support_krw: int | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    revision: int = 0
    application_id: UUID | None = None
    selection_id: UUID | None = None
    call_id: UUID | None = None
    stage: str | None = None
    place_kind: str | None = None
    position: PublishedPosition | None = None
    sectors: tuple[str, ...] = ()
    sectors_basis: str | None = None
    agreed_on: date | None = None
    started_on: date | None = None
    completed_on: date | None = None
    fact_sources: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    cause: str | None = None
    reason: str | None = None
    change_source: str | None = None
    import_id: UUID | None = None
