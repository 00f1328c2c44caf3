"""The page among 10,049 projects: whole, in pages, and as small as among 49."""

import gzip

import httpx
import pytest
from pydantic import SecretStr

from deploy.bench.catalogue_sample import LARGE, enlarge
from deploy.local.issuer import Issuer
from services.catalog.main import create_app
from services.catalog.settings import CatalogSettings
from services.catalog.tests.pages.seen import read
from shared.database.connection import Database
from shared.settings import Profile
from shared.testing.api import open_api

FIRST_VIEW_BYTES = 150 * 1024
WHOLE = "10049 projects"


async def compressed(api: httpx.AsyncClient, path: str) -> int:
    return len(gzip.compress((await api.get(path)).content))


@pytest.mark.timeout(180)
async def test_every_kind_of_page_stays_whole_and_small(
    loaded: Database, database_url: str, issuer: Issuer
) -> None:
    await enlarge(loaded, LARGE)
    settings = CatalogSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(database_url),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )
    async with open_api(create_app(settings)) as api:
        for path in ("/en/", "/ko/", "/en/projects", "/ko/projects?q=%EA%B5%90%ED%86%B5", "/en/projects/17"):
            await read(api, path)
            assert await compressed(api, path) < FIRST_VIEW_BYTES, path
        assert WHOLE in (await read(api, "/en/projects")).text
        found = await read(api, "/en/projects?q=traffic")
        next_pages = [link["href"] for link in found.all("a") if "cursor=" in (link.get("href") or "")]
        assert next_pages
