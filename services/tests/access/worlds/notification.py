"""Notification with a message of each track."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from services.notification.consumers import handlers
from services.notification.main import create_app
from services.notification.settings import NotificationSettings
from services.notification.tests import mails
from services.tests.access.asking import Undoing, World
from services.tests.access.expectation import Standing
from services.tests.access.worlds import everywhere
from shared.auth.caller import TRACKS, Track
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor


@asynccontextmanager
async def open_world(
    database_url: str, issuer_url: str, token_for: TokenFor, _folder: Path
) -> AsyncIterator[World]:
    """The service with its objects."""
    settings = NotificationSettings(
        **everywhere.settings_of(database_url, issuer_url),
        smtp_url=SecretStr("smtp://127.0.0.1:1"),
        mail_from="K-City Network <no-reply@kcity.example>",
        mail_mode="sandbox",
        link_secret=SecretStr(mails.LINK_SECRET),
    )
    database = await Database.connect(database_url)
    app = create_app(settings)
    async with open_api(app) as api:
        objects, values = await everywhere.usual_objects(api, token_for)
        objects["message"] = await _messages(database)
        app.state.database = Undoing(app.state.database.engine, app.state.database.pool)
        yield World(app, api, token_for, objects, everywhere.ASKS, {**values, "name": "receipt"})
    await database.close()


async def _messages(database: Database) -> list[Standing]:
    inbox = Inbox("notification", handlers(), database)
    for track in TRACKS:
        world = mails.World(track=track)
        for record in (world.call(), world.contact(), world.submitted(partner=False)):
            await inbox.receive(record)
    await mails.execute(database, "UPDATE message SET state = 'bounced', next_attempt_at = NULL")
    rows = await mails.rows_of(database, "SELECT id, track FROM message")
    assert {row["track"] for row in rows} == set(TRACKS)
    return [_message(str(row["id"]), row["track"]) for row in rows]


def _message(message_id: str, track: Track) -> Standing:
    return Standing(f"of {track}", {"message_id": message_id}, track=track, listed=message_id)
