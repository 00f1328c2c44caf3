"""Intake and notification in this process, each on a database of its own, on a broker and a mail server of their own."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from pydantic import SecretStr

from deploy.local.keys import load_key
from deploy.local.ports import free_port
from deploy.local.smtp_sink import SmtpSink
from services.intake.main import create_app
from services.intake.settings import IntakeSettings
from services.intake.tests.house import DURING, LINK_SECRET, House
from services.intake.worker import build as build_intake
from services.notification.settings import NotificationSettings
from services.notification.worker import build as build_notification
from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import read_envelope
from shared.database.connection import Database
from shared.delivery.consumption import DATABASE_DOWN
from shared.delivery.progress import Stuck
from shared.settings import Profile, Settings
from shared.testing.api import open_api
from shared.testing.plugin import TokenFor
from shared.testing.waiting import eventually
from shared.worker import Build, Worker, open_worker
from tests.acceptance.delivery.runbook import ArchivingPostgres

RESTART_SECONDS = 0.2
Published = dict[UUID, dict[int, set[UUID]]]


@dataclass
class Installation:
    """What a test asks and does. ``house``: intake's API, alive all the time, also while a database is gone."""

    house: House
    intake: IntakeSettings
    notification: NotificationSettings
    bus: BusAddress
    sink: SmtpSink

    def environment(self, settings: Settings) -> dict[str, str]:
        """The environment of the service's processes."""
        told = settings.model_dump(mode="python", exclude_none=True)
        plain = {
            f"KCITY_{name}".upper(): value.get_secret_value() if isinstance(value, SecretStr) else str(value)
            for name, value in told.items()
        }
        return plain | {"KCITY_PROFILE": "local"}

    async def submit(self, name: str, track: str = "planning") -> dict[str, Any]:
        """A received application's receipt."""
        person = self.house.applicant(name)
        application_id = await self.house.submitted(person, track)
        answer = await person.get(f"/v1/applications/{application_id}/receipt")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def receipt_of(self, name: str, receipt: dict[str, Any]) -> Any:
        """What the API gives now."""
        answer = await self.house.applicant(name).get(f"/v1/applications/{receipt['application_id']}/receipt")
        return answer.json()

    async def published(self, topics: Sequence[str]) -> Published:
        """By aggregate and sequence: the events on the topics. More than one is a fork."""
        found: Published = {}
        async for record in read_from_the_beginning(self.bus, topics):
            event = read_envelope(record)
            found.setdefault(event.subject, {}).setdefault(event.sequence, set()).add(event.id)
        return found

    def mails(self) -> Counter[tuple[str, str]]:
        """By Message-ID and recipient: how often the mail server took it."""
        return Counter((mail["Message-ID"], mail["X-Envelope-To"]) for mail in self.sink.messages())

    async def until_mails(self, count: int) -> None:
        """Until so many mails were taken, and count as sent."""
        sent = partial(
            ask, url_of(self.notification), "SELECT count(*) FROM message WHERE state = 'delivered'"
        )
        await eventually(lambda: sent() >= count, what=f"{count} mails")

    async def until_silent(self, settings: Settings) -> None:
        """Until the service has published all it has recorded."""
        await eventually(partial(_outbox_is_empty, url_of(settings)), what="an empty outbox")


def url_of(settings: Settings) -> str:
    return settings.database_url.get_secret_value()


def ask(url: str, query: str) -> Any:
    """One value, over a connection that asks nobody for its time line."""
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    return None if row is None else row[0]


async def _outbox_is_empty(url: str) -> bool:
    return bool(await asyncio.to_thread(ask, url, "SELECT NOT EXISTS (SELECT FROM outbox)"))


async def archived_so_far(server: ArchivingPostgres) -> None:
    """End the present WAL file and wait until it lies in the archive; what comes later is the tail."""
    last = ask(server.superuser_url, "SELECT pg_walfile_name(pg_switch_wal())")
    await eventually((server.archive / last).exists, what=f"{last} in the archive")


@asynccontextmanager
async def working(settings: Settings, build: Build) -> AsyncIterator[None]:
    """A worker of the service in this process; one that ends because nothing moves is started again."""
    present: list[Worker] = []
    over = asyncio.Event()

    async def keep() -> None:
        while not over.is_set():
            with suppress(Stuck, *DATABASE_DOWN):
                async with open_worker(settings, build) as worker:
                    present[:] = [worker]
                    if not over.is_set():
                        await worker.run()
            await asyncio.sleep(RESTART_SECONDS)

    running = asyncio.create_task(keep())
    try:
        yield
    finally:
        over.set()
        for worker in present:
            worker.stop()
        await running


@asynccontextmanager
async def installation(
    intake_url: str,
    notification_url: str,
    bus: BusAddress,
    issuer_url: str,
    token_for: TokenFor,
    folder: Path,
) -> AsyncIterator[Installation]:
    """Both services, on migrated rehearsal databases; the 2025 call is announced and open."""
    key_file = folder / "receipt.jwk"
    load_key(key_file, kid_prefix="rehearsal-")
    assert json.loads(key_file.read_text())["kid"].startswith("rehearsal-")
    usual: dict[str, Any] = {
        "profile": Profile.LOCAL,
        "kafka_bootstrap": bus.bootstrap,
        "kafka_idempotent_producer": bus.idempotent_producer,
        "kafka_replication": bus.replication,
        "kafka_create_topics": bus.create_topics,
        "kafka_session_timeout_ms": bus.session_timeout_ms,
        "kafka_fetch_max_wait_ms": bus.fetch_max_wait_ms,
        "issuer_url": issuer_url,
        "link_secret": SecretStr(LINK_SECRET),
    }
    intake = IntakeSettings(
        **usual,
        database_url=SecretStr(intake_url),
        document_store_url=(folder / "documents").as_uri(),
        receipt_key_file=key_file,
        receipt_number_secret=SecretStr("development-receipt-numbers"),
    )
    async with AsyncExitStack() as stack:
        sink = stack.enter_context(SmtpSink(folder / "mail", free_port()))
        notification = NotificationSettings(
            **usual,
            database_url=SecretStr(notification_url),
            smtp_url=SecretStr(sink.url),
            mail_from="K-City Network <no-reply@kcity.example>",
            mail_mode="sandbox",
        )
        app = create_app(intake)
        database = await Database.connect(intake_url)
        stack.push_async_callback(database.close)
        api = await stack.enter_async_context(open_api(app))
        house = House(app, api, database, folder / "documents", token_for)
        await house.clock(DURING)
        assert (await house.publish()).status_code == 201
        await stack.enter_async_context(working(intake, partial(build_intake, settings=intake)))
        await stack.enter_async_context(
            working(notification, partial(build_notification, settings=notification))
        )
        yield Installation(house, intake, notification, bus, sink)
