"""A whole database is lost and restored from an older base backup and archived WAL, by the runbook's own commands."""

import json
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from deploy.local.broker import EmbeddedBroker
from deploy.local.issuer import Issuer
from deploy.local.ports import free_port
from services.intake.domain.receipt_number import ReceiptCipher, image_of
from services.intake.main import create_app
from services.intake.recovery import NUMBERS_LEFT_OUT
from services.intake.repository.submissions import NUMBERS_IN_A_BLOCK
from services.intake.worker import build as build_intake
from services.notification.worker import build as build_notification
from shared.bus.provision import provision_all
from shared.database.migrate import migrate
from shared.database.timeline import UnknownTimeline
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL, NOTIFICATION_MESSAGE
from shared.settings import ServiceName
from shared.testing.api import open_api
from shared.testing.plugin import DatabaseOf, TokenFor, embedded_address
from shared.testing.waiting import eventually
from shared.worker import open_worker
from tests.acceptance.delivery.installation import (
    Installation,
    Published,
    archived_so_far,
    ask,
    installation,
    url_of,
)
from tests.acceptance.delivery.runbook import ArchivingPostgres, recover

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def server(scratch: Path) -> ArchivingPostgres:
    """The server that will be lost."""
    return ArchivingPostgres(scratch / f"archiving-{free_port()}", free_port())


async def database_on(server: ArchivingPostgres, service: ServiceName) -> str:
    url = server.ensure_service(service, "test-password")
    await migrate(service, url, rehearsal=True)
    return url


def lose_and_restore(server: ArchivingPostgres) -> None:
    server.kill()
    server.shell("restore")
    server.start()
    server.shell("wait")


def must_go_on(before: Published, after: Published) -> None:
    """Every sequence is dense, no event was forked, and none from before the loss is another now."""
    for events in after.values():
        assert sorted(events) == list(range(1, len(events) + 1))
        assert all(len(ids) == 1 for ids in events.values())
    assert all(before[subject].items() <= after[subject].items() for subject in before)


class TestIntakeIsLost:
    @pytest.fixture
    async def running(
        self,
        server: ArchivingPostgres,
        database_of: DatabaseOf,
        own_broker: EmbeddedBroker,
        issuer: Issuer,
        token_for: TokenFor,
        tmp_path: Path,
    ) -> AsyncIterator[Installation]:
        bus = embedded_address(own_broker)
        await provision_all(bus)
        with server:
            url = await database_on(server, "intake")
            other = await database_of("notification")
            async with installation(url, other, bus, issuer.url, token_for, tmp_path) as running:
                yield running

    async def test_everything_acknowledged_comes_back_and_no_number_comes_twice(
        self, running: Installation, server: ArchivingPostgres
    ) -> None:
        receipts = {"before": await running.submit("before")}
        draft = await running.house.complete(running.house.applicant("drafting"), "planning")
        server.shell("backup")
        receipts["archived"] = await running.submit("archived", "demonstration")
        await archived_so_far(server)
        receipts["tail"] = await running.submit("tail", "demonstration")
        path = await running.house.confirmation_path(receipts["tail"]["application_id"])
        assert (await running.house.public.post(path)).is_success
        withdrawn = f"/v1/applications/{receipts['before']['application_id']}/withdrawal"
        assert (await running.house.applicant("before").post(withdrawn)).is_success
        await running.until_silent(running.intake)
        await running.until_mails(5)
        before = await running.published([INTAKE_CALL, INTAKE_APPLICATION])

        lose_and_restore(server)

        assert (await running.house.public.get("/v1/calls")).status_code == 503
        with pytest.raises(UnknownTimeline, match="time line 2"):
            async with open_worker(running.intake, partial(build_intake, settings=running.intake)):
                pass
        with pytest.raises(UnknownTimeline, match="restore-a-database"):
            async with open_api(create_app(running.intake)):
                pass
        ended = recover("intake", running.environment(running.intake))
        assert ended.code == 0, ended.printed
        report = json.loads(ended.printed)
        assert report["journal"]["put_back"]["kcity.intake.ApplicationSubmitted.v1"] == 1
        assert report["state"]["not_restored"] == {}

        for name, receipt in receipts.items():
            assert await running.receipt_of(name, receipt) == receipt
        tail = await running.house.applicant("tail").get(
            f"/v1/applications/{receipts['tail']['application_id']}"
        )
        assert (tail.json()["state"], len(tail.json()["documents"])) == ("submitted", 5)
        assert tail.json()["partner"]["confirmed_at"] is not None
        again = await running.house.applicant("tail").submit(receipts["tail"]["application_id"])
        assert again.json()["receipt_no"] == receipts["tail"]["receipt_no"]

        new = [(await running.house.applicant("drafting").submit(draft)).json()]
        async with open_api(create_app(running.intake)) as running.house.api:  # knows no number from before
            new.append(await running.submit("new"))
        given = [one["receipt_no"] for one in [*receipts.values(), *new]]
        assert len(set(given)) == len(given)
        cipher = ReceiptCipher(running.intake.receipt_number_secret.get_secret_value())
        numbers = [cipher.restore(image_of(number)) for number in given]
        assert numbers[-1] > max(numbers[:-1]) + NUMBERS_LEFT_OUT - NUMBERS_IN_A_BLOCK
        withdrawn = f"/v1/applications/{receipts['tail']['application_id']}/withdrawal"
        assert (await running.house.applicant("tail").post(withdrawn)).is_success
        await running.until_silent(running.intake)
        must_go_on(before, await running.published([INTAKE_CALL, INTAKE_APPLICATION]))
        applied = "SELECT count(*) FROM watermark WHERE topic = 'intake.application.v1' AND sequence = 3"
        await eventually(lambda: ask(url_of(running.notification), applied) == 1, what="the withdrawal there")
        await running.until_mails(7)
        assert set(running.mails().values()) == {1}
        assert json.loads(recover("intake", running.environment(running.intake)).printed or "{}") == {}


class TestNotificationIsLost:
    @pytest.fixture
    async def running(
        self,
        server: ArchivingPostgres,
        database_of: DatabaseOf,
        own_broker: EmbeddedBroker,
        issuer: Issuer,
        token_for: TokenFor,
        tmp_path: Path,
    ) -> AsyncIterator[Installation]:
        bus = embedded_address(own_broker)
        await provision_all(bus)
        with server:
            url = await database_on(server, "notification")
            other = await database_of("intake")
            async with installation(other, url, bus, issuer.url, token_for, tmp_path) as running:
                yield running

    async def test_everybody_gets_every_mail_once(
        self, running: Installation, server: ArchivingPostgres
    ) -> None:
        await running.submit("before")
        await running.until_mails(1)
        server.shell("backup")
        await running.submit("archived")
        await running.until_mails(2)
        await archived_so_far(server)
        await running.submit("tail")
        await running.submit("tail-too", "demonstration")
        await running.until_mails(5)
        await running.until_silent(running.notification)
        sent = running.mails()

        lose_and_restore(server)
        await running.submit("meanwhile")
        with pytest.raises(UnknownTimeline):
            async with open_worker(
                running.notification, partial(build_notification, settings=running.notification)
            ):
                pass
        ended = recover("notification", running.environment(running.notification))
        assert ended.code == 0, ended.printed
        report = json.loads(ended.printed)
        assert report["state"]["restored"] == {"kcity.notification.MessageDelivered.v1": 3}
        assert report["read_again"]["still_held"] == 0

        await running.submit("new")
        await running.until_mails(7)
        await running.until_silent(running.notification)
        assert set(running.mails().values()) == {1}
        assert sent.items() <= running.mails().items()
        assert ask(url_of(running.notification), "SELECT count(*) FROM message") == 7
        assert (
            ask(url_of(running.notification), "SELECT count(*) FROM message WHERE state <> 'delivered'") == 0
        )
        told = await running.published([NOTIFICATION_MESSAGE])
        assert [sorted(events) for events in told.values()] == [[1]] * 7
        assert all(len(ids) == 1 for events in told.values() for ids in events.values())
