"""A migrated database, a clock, a letterhead, and a sender towards the real SMTP sink.

Nobody but copy handlers writes the copies.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from deploy.local.issuer import Issuer
from deploy.local.smtp_sink import SmtpSink
from services.notification.consumers import handlers
from services.notification.mail.compose import Letterhead
from services.notification.main import create_app
from services.notification.settings import NotificationSettings
from services.notification.tables import COPIES
from services.notification.tests.mails import LINK_SECRET, PUBLIC_URL
from services.notification.use_cases.send_due import Sender
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.settings import Profile
from shared.testing.api import open_api
from shared.testing.copies import guard_halves, guarded
from shared.testing.plugin import DatabaseOf


@pytest.fixture
async def database_url(database_of: DatabaseOf) -> str:
    return await database_of("notification")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = await Database.connect(database_url)
    await guard_halves(database, COPIES)
    yield database
    await database.close()


@pytest.fixture
async def clock(database: Database) -> AuthorityClock:
    clock = AuthorityClock(database, "test")
    await clock.open()
    return clock


@pytest.fixture
def inbox(database: Database) -> Inbox:
    return Inbox("notification", guarded(handlers()), database)


@pytest.fixture
def settings(database_url: str, issuer: Issuer, smtp_sink: SmtpSink) -> NotificationSettings:
    return NotificationSettings(
        profile=Profile.LOCAL,
        database_url=SecretStr(database_url),
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
        public_url=PUBLIC_URL,
        smtp_url=SecretStr(smtp_sink.url),
        mail_from="K-City Network <no-reply@kcity.example>",
        mail_mode="sandbox",
        link_secret=SecretStr(LINK_SECRET),
    )


@pytest.fixture
def letterhead(settings: NotificationSettings) -> Letterhead:
    return settings.letterhead(rehearsal=True)


@pytest.fixture
async def sender(
    database: Database, clock: AuthorityClock, letterhead: Letterhead, smtp_sink: SmtpSink
) -> AsyncIterator[Sender]:
    sender = Sender(database, clock, letterhead, smtp_sink.url, connections=2, outage_waits=(timedelta(0),))
    yield sender
    await sender.close()


@pytest.fixture
def app(settings: NotificationSettings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
async def api(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with open_api(app) as client:
        yield client
