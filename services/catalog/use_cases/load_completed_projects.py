"""Bring the list of completed projects into the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.catalog.domain.project import Project
from services.catalog.repository import ProjectRepository

ACTOR = "worker:catalog"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many projects were new, and how many said something else before."""

    new: int
    changed: int


async def load_completed_projects(
    listed: Sequence[Project], *, projects: ProjectRepository, now: datetime
) -> Loaded:
    """Publish what is new in the list and replace what it says otherwise; the rest is left as it is.

    Ids come from numbers, so the list can be loaded any number of times. A project that the list no longer
    names stays: nothing public disappears by an import.
    """
    present = await projects.lock_completed()
    new = changed = 0
    for project in listed:
        entry = present.get(project.id)
        if entry is None:
            new += await projects.publish(project, at=now, actor=ACTOR)
        elif entry.project != project:
            await projects.change(entry, project, at=now, actor=ACTOR)
            changed += 1
    return Loaded(new, changed)
