"""The catalog worker: loads the list of completed projects, then follows calls and selections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import structlog

from services.catalog.consumers import handlers
from services.catalog.countries import COUNTRIES, country_of
from services.catalog.domain.completed_list import Listed, read_completed_list
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.use_cases.load_completed_projects import Loaded, load_completed_projects
from shared.idempotency.purge import purge_schedule
from shared.worker import WorkerContext, WorkerParts, main

log = structlog.get_logger()


@asynccontextmanager
async def build(context: WorkerContext, settings: CatalogSettings) -> AsyncIterator[WorkerParts]:
    """The work of this process. Raises ``TableInvalid``, with row and column, for a faulty list."""
    loaded = await load_list(context, settings.completed_projects_file)
    log.info("catalog.completed_list", new=loaded.new, changed=loaded.changed)
    yield WorkerParts(handlers=handlers(), schedules=(purge_schedule(context.database),))


async def load_list(context: WorkerContext, path: Path) -> Loaded:
    """Load the list at ``path``, and derive anew what a newer version derives otherwise, in one transaction."""
    listed = _read(path)
    async with context.database.transaction() as tx:
        projects = ProjectRepository(tx)
        loaded = await load_completed_projects(
            listed, projects=projects, now=context.clock.now(), country_of=country_of
        )
        await projects.refresh_derived()
    return loaded


def _read(path: Path) -> tuple[Listed, ...]:
    return read_completed_list(path.read_bytes(), countries=COUNTRIES)


if __name__ == "__main__":
    settings = CatalogSettings()
    main(settings, partial(build, settings=settings))
