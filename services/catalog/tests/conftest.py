"""A catalog under test: its migrated database, its inbox, its API."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from services.catalog.consumers import handlers
from services.catalog.countries import country_of
from services.catalog.main import create_app
from services.catalog.repository.projects import ProjectRepository
from services.catalog.settings import CatalogSettings
from services.catalog.tables import COPIES
from services.catalog.tests.made import ANNOUNCED, shipped_rows
from services.catalog.use_cases.load_completed_projects import load_completed_projects
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.copies import guard_halves, guarded
from shared.testing.plugin import DatabaseOf


@pytest.fixture
async def database_url(database_of: DatabaseOf) -> str:
    return await database_of("catalog")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Empty: nothing was loaded yet. Nobody but copy handlers writes its copies."""
    database = await Database.connect(database_url)
    await guard_halves(database, COPIES)
    yield database
    await database.close()


@pytest.fixture
async def loaded(database: Database) -> Database:
    """With the 49 completed projects."""
    async with database.transaction() as tx:
        projects = ProjectRepository(tx)
        await load_completed_projects(shipped_rows(), projects=projects, now=ANNOUNCED, country_of=country_of)
    return database


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox("catalog", guarded(handlers()), database)


@pytest.fixture
def settings(database_url: str, issuer: Issuer) -> CatalogSettings:
    return CatalogSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(database_url),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )


@pytest.fixture
def app(settings: CatalogSettings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with open_api(app) as client:
        yield client
