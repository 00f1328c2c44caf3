"""Correct what an entry says."""

from collections.abc import Mapping
from dataclasses import replace

from services.catalog.domain.entry import Entry
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.table.columns import Countries
from services.catalog.domain.table.correction import corrected
from services.catalog.repository.projects import ProjectRepository
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.errors import NotFound
from shared.etag import IfMatch
from shared.ids import ProjectId


async def correct_project(
    tx: Tx,
    project_id: ProjectId,
    given: Mapping[str, str],
    *,
    reason: str,
    source: str,
    if_match: IfMatch,
    countries: Countries,
    caller: Caller,
    arrival: Arrival,
) -> Entry:
    """The entry with the cells ``given``; a correction that says what stands there already changes nothing.

    Raises ``NotFound``, ``StaleVersion``, and ``Invalid`` for what cannot be said.
    """
    projects = ProjectRepository(tx)
    present = await projects.lock(project_id)
    if present is None:
        raise NotFound("project")
    if_match.check(present.revision)
    after = corrected(present.project, given, source=source, countries=countries)
    if after == present.project:
        return present
    why = Why(Cause.CORRECTION, caller.subject, arrival.at, reason, source)
    revision = await projects.change(present, after, why)
    return replace(present, project=after, revision=revision)
