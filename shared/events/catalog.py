"""Events that catalog decides."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.envelope import Event
from shared.events.text import LocalText
from shared.events.topics import CATALOG_PROJECT


class ProjectPublished(Event):
    """A project stands in the public catalogue. Subject: the project. None: not published anywhere.

    From ``organisation`` on: absent in events from before November 2026 (``revision`` 0).
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
