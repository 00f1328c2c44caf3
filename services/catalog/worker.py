"""The catalog worker: loads the list of completed projects, then follows calls and selections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import structlog

from services.catalog.consumers import handlers
from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.completed_list import read_completed_list
from services.catalog.domain.project import Project
from services.catalog.repository import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.use_cases.load_completed_projects import Loaded, load_completed_projects
from shared.idempotency.purge import purge_schedule
from shared.worker import WorkerContext, WorkerParts, main

log = structlog.get_logger()


@asynccontextmanager
async def build(context: WorkerContext, settings: CatalogSettings) -> AsyncIterator[WorkerParts]:
    """The work of this process. Raises ``ListInvalid``, with row and column, for a faulty list."""
    loaded = await load_list(context, settings.completed_projects_file)
    log.info("catalog.completed_list", new=loaded.new, changed=loaded.changed)
    yield WorkerParts(handlers=handlers(), schedules=(purge_schedule(context.database),))


async def load_list(context: WorkerContext, path: Path) -> Loaded:
    """Load the list at ``path`` in one transaction."""
    listed = _read(path)
    async with context.database.transaction() as tx:
        return await load_completed_projects(listed, projects=ProjectRepository(tx), now=context.clock.now())


def _read(path: Path) -> tuple[Project, ...]:
    return read_completed_list(path.read_bytes(), country_codes=COUNTRY_CODES)


if __name__ == "__main__":
    settings = CatalogSettings()
    main(settings, partial(build, settings=settings))
