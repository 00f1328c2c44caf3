"""Catalog with the 49 completed projects: everybody's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.catalog.countries import country_of
from services.catalog.domain.project import id_of_completed
from services.catalog.main import create_app
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.tests.made import ANNOUNCED, shipped_rows
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from services.tests.access.asking import Undoing, World
from services.tests.access.worlds import everywhere
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor


@asynccontextmanager
async def open_world(
    database_url: str, issuer_url: str, token_for: TokenFor, _folder: Path
) -> AsyncIterator[World]:
    """The service with its objects."""
    app = create_app(CatalogSettings(**everywhere.settings_of(database_url, issuer_url)))
    async with open_api(app) as api:
        async with app.state.database.transaction() as tx:
            await load_completed_projects(
                shipped_rows(), projects=ProjectRepository(tx), now=ANNOUNCED, country_of=country_of
            )
        objects, values = await everywhere.usual_objects(api, token_for)
        values |= {"project_id": str(id_of_completed(1)), "number": "1"}
        app.state.database = Undoing(app.state.database.engine, app.state.database.pool)
        yield World(app, api, token_for, objects, everywhere.ASKS, values)
