"""Review under test: one call is published, intake has ended; nobody but copy handlers writes its copies."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from services.review.consumers import handlers
from services.review.main import create_app
from services.review.settings import ReviewSettings
from services.review.tables import COPIES
from services.review.tests.house import House
from services.review.tests.made import AFTER_INTAKE, published
from shared.database.connection import Database
from shared.delivery.inbox import Inbox, Outcome
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.copies import guard_halves, guarded
from shared.testing.plugin import DatabaseOf, TokenFor


@pytest.fixture
async def house(database_of: DatabaseOf, issuer: Issuer, token_for: TokenFor) -> AsyncIterator[House]:
    url = await database_of("review")
    settings = ReviewSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(url),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )
    app = create_app(settings)
    database = await Database.connect(url)
    await guard_halves(database, COPIES)
    async with open_api(app) as api:
        made = House(settings, app, api, database, Inbox("review", guarded(handlers()), database), token_for)
        await made.clock(AFTER_INTAKE)
        assert await made.receive(published(made.call_id), made.call_id) is Outcome.APPLIED
        yield made
    await database.close()
