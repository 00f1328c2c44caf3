"""Keep a copy of what the catalogue shows of a call."""

from uuid import UUID

from services.catalog.domain.entry import KnownCall
from services.catalog.domain.text import Bilingual
from services.catalog.repository.projects import ProjectRepository
from shared.events.call_definition import CallDefinition
from shared.ids import CallId


async def remember_call(
    call_id: UUID, version: int, definition: CallDefinition, *, projects: ProjectRepository
) -> None:
    """Keep the call; an older version changes nothing."""
    name = Bilingual(definition.name.ko, definition.name.en)
    known = KnownCall(CallId(call_id), version, definition.code, definition.year, name)
    await projects.remember_call(known, definition)
