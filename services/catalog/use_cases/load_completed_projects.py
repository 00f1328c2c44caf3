"""Bring the list of completed projects into the catalogue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypeVar

import structlog

from services.catalog.domain.completed_list import Listed, project_of
from services.catalog.domain.history import Cause, Why
from services.catalog.domain.project import Project
from services.catalog.domain.table.columns import CountryOf
from services.catalog.repository.projects import ProjectRepository

log = structlog.get_logger()

ACTOR = "worker:catalog"
K = TypeVar("K", bound=str)
_FIXED = frozenset({"id", "number", "origin", "fact_sources"})
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
    taken = _taken(*({name: getattr(one, name) for name in _SAID} for one in (present, before, now)))
    sources = {**present.fact_sources, **_taken(present.fact_sources, before.fact_sources, now.fact_sources)}
    overruled = [name for name in _SAID if name not in taken and getattr(before, name) != getattr(now, name)]
    if overruled:
        log.info("catalog.list_overruled", number=now.number, facts=overruled)
    return replace(present, **taken, fact_sources={fact: given for fact, given in sources.items() if given})


def _taken(present: Mapping[K, Any], before: Mapping[K, Any], now: Mapping[K, Any]) -> dict[K, Any]:
    """What is said otherwise now than before, where what stands there is still what was said before."""
    return {
        name: now.get(name)
        for name in before.keys() | now.keys()
        if before.get(name) != now.get(name) and present.get(name) == before.get(name)
    }
