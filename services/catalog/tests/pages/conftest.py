"""A catalogue with the 49 projects that all tests of a module read and none changes."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from services.catalog.countries import country_of
from services.catalog.main import create_app
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.tests.made import ANNOUNCED, shipped_rows
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.plugin import DatabaseOf


@pytest.fixture(scope="module")
async def pages(lasting_database_of: DatabaseOf, issuer: Issuer) -> AsyncIterator[httpx.AsyncClient]:
    settings = CatalogSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(await lasting_database_of("catalog")),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )
    app = create_app(settings)
    async with open_api(app) as client:
        async with app.state.database.transaction() as tx:
            projects = ProjectRepository(tx)
            await load_completed_projects(
                shipped_rows(), projects=projects, now=ANNOUNCED, country_of=country_of
            )
        yield client
