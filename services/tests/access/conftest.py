"""The four services, each with objects of every standing, for all tests of this folder."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from deploy.local.issuer import Issuer
from services.tests.access.asking import World
from services.tests.access.worlds import catalog, intake, notification, review
from shared.settings import SERVICES, ServiceName
from shared.testing.plugin import DatabaseOf, TokenFor

Opening = Callable[[str, str, TokenFor, Path], AbstractAsyncContextManager[World]]
OPENINGS: dict[ServiceName, Opening] = {
    "intake": intake.open_world,
    "review": review.open_world,
    "notification": notification.open_world,
    "catalog": catalog.open_world,
}


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest,
    lasting_database_of: DatabaseOf,
    issuer: Issuer,
    token_for: TokenFor,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[World]:
    service: ServiceName = request.param
    folder = tmp_path_factory.mktemp(f"access-{service}")
    opening = OPENINGS[service](await lasting_database_of(service), issuer.url, token_for, folder)
    async with opening as opened:
        yield opened
