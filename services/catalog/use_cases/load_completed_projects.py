"""Bring the list of completed projects into the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

import structlog

from services.catalog.domain.completed_list import Listed, project_of
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.project import Project
from services.catalog.domain.table import CountryOf
from services.catalog.repository.projects import ProjectRepository

log = structlog.get_logger()

ACTOR = "worker:catalog"
_FIXED = frozenset({"id", "number", "origin"})
_SAID = tuple(one.name for one in fields(Project) if one.name not in _FIXED)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many projects were new, and how many said something else before."""

    new: int
    changed: int


async def load_completed_projects(
    listed: Sequence[Listed], *, projects: ProjectRepository, now: datetime, country_of: CountryOf
) -> Loaded:
    """Publish what is new in the list, and take over what the list itself says otherwise than last time.

    What a person corrected since then stays. Ids come from numbers, so the list can be loaded any number of times.
    A project that the list no longer names stays: nothing public disappears by an import.
    """
    present = await projects.lock_completed()
    why = Why(Cause.LIST, ACTOR, now)
    new = changed = 0
    for one in listed:
        if one.project.id not in present:
            new += await projects.publish(one.project, why)
            await projects.keep_listed(one.project.id, one.cells)
            continue
        entry, before = present[one.project.id]
        if before == one.cells:
            continue
        merged = _merged(entry.project, _said_before(before, one, entry.project, country_of), one.project)
        if merged != entry.project:
            await projects.change(entry, merged, why)
            changed += 1
        await projects.keep_listed(one.project.id, one.cells)
    return Loaded(new, changed)


def _said_before(
    cells: Mapping[str, str] | None, now: Listed, present: Project, country_of: CountryOf
) -> Project:
    """What the list said last time, nothing in columns it did not have; what stands there, where nobody kept it."""
    if cells is None:
        return present
    return project_of({column: cells.get(column, "") for column in now.cells}, country_of)


def _merged(present: Project, before: Project, now: Project) -> Project:
    """What stands there, with what the list says otherwise than before, unless a person changed that since."""
    taken = {}
    for name in _SAID:
        old, new = getattr(before, name), getattr(now, name)
        if old == new:
            continue
        if getattr(present, name) == old:
            taken[name] = new
        else:
            log.info("catalog.list_overruled", number=now.number, fact=name)
    return replace(present, **taken)
