"""Every service can be recovered, again and again; what cannot be explained waits for a person, and so does everybody."""

import asyncio
import importlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.local.broker import EmbeddedBroker
from deploy.local.keys import load_key
from shared.bus.connection import BusAddress
from shared.bus.producer import BusProducer
from shared.bus.provision import provision_all
from shared.bus.records import Outgoing
from shared.database.connection import Database
from shared.database.timeline import UnknownTimeline
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import LossNotAccepted
from shared.delivery.recovery.run import recover
from shared.events.envelope import Envelope
from shared.events.topics import INTAKE_APPLICATION
from shared.ids import new_uuid
from shared.settings import SERVICES, ServiceName
from shared.testing.plugin import DatabaseOf, embedded_address

WITHDRAWN = "kcity.intake.ApplicationWithdrawn.v1"
LOST = text(
    "INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data) "
    "VALUES (uuidv7(), :topic, :type, :id, :sequence, clock_timestamp(), '{}')"
)


@pytest.fixture
async def bus(own_broker: EmbeddedBroker) -> BusAddress:
    address = embedded_address(own_broker)
    await provision_all(address)
    return address


async def plan_of(
    service: ServiceName, url: str, bus: BusAddress, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> Plan:
    """The plan as the job makes it, from the environment."""
    load_key(folder / "receipt.jwk", kid_prefix="rehearsal-")
    environment = {
        "PROFILE": "local",
        "SERVICE": service,
        "DATABASE_URL": url,
        "KAFKA_BOOTSTRAP": bus.bootstrap,
        "KAFKA_IDEMPOTENT_PRODUCER": "false",
        "KAFKA_FETCH_MAX_WAIT_MS": "10",
        "ISSUER_URL": "http://127.0.0.1:1",
        "DOCUMENT_STORE_URL": folder.as_uri(),
        "RECEIPT_KEY_FILE": str(folder / "receipt.jwk"),
        "RECEIPT_NUMBER_SECRET": "development-numbers",
        "LINK_SECRET": "development-links",
        "SMTP_URL": "smtp://127.0.0.1:1",
        "MAIL_FROM": "K-City Network <no-reply@kcity.example>",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"KCITY_{name}", value)
    made = importlib.import_module(f"services.{service}.recovery").plan()
    assert isinstance(made, Plan)
    return made


@pytest.mark.parametrize("service", SERVICES)
async def test_two_at_once_recover_once_and_a_third_finds_nothing_to_do(
    service: ServiceName,
    database_of: DatabaseOf,
    bus: BusAddress,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    url = await database_of(service)
    plan = await plan_of(service, url, bus, monkeypatch, tmp_path)
    await forget_the_timeline(url)
    with pytest.raises(UnknownTimeline):
        await use(url)
    reports = await asyncio.gather(recover(plan), recover(plan))
    assert sorted(report["recovered"] for report in reports) == [False, True]
    await use(url)
    assert (await recover(plan))["recovered"] is False
    assert (await recover(plan, again=True))["not_brought_back"]


class TestWhatCannotBeExplained:
    @pytest.fixture
    async def plan(
        self, database_of: DatabaseOf, bus: BusAddress, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> Plan:
        url = await database_of("intake")
        await forget_the_timeline(url)
        return await plan_of("intake", url, bus, monkeypatch, tmp_path)

    async def test_events_that_were_published_and_are_on_no_topic_wait_for_a_person(self, plan: Plan) -> None:
        await journal(plan, new_uuid(), 1)
        with pytest.raises(LossNotAccepted, match="topics do not hold"):
            await recover(plan)
        with pytest.raises(UnknownTimeline):
            await use(url_of(plan))
        report = await recover(plan, accept_loss=True)
        assert list(report["journal"]["accepted_losses"].values()) == [1]
        await use(url_of(plan))

    async def test_a_gap_in_a_sequence_waits_for_a_person(self, plan: Plan, bus: BusAddress) -> None:
        await publish(bus, envelope(new_uuid(), 2))
        with pytest.raises(LossNotAccepted, match="gaps"):
            await recover(plan)

    async def test_two_events_of_one_sequence_wait_for_a_person(self, plan: Plan, bus: BusAddress) -> None:
        subject = new_uuid()
        await journal(plan, subject, 1)
        await publish(bus, envelope(subject, 1))
        with pytest.raises(LossNotAccepted, match="different things"):
            await recover(plan)

    async def test_an_event_without_its_application_is_put_back_and_told(
        self, plan: Plan, bus: BusAddress
    ) -> None:
        event = envelope(new_uuid(), 1)
        await publish(bus, event, event)
        report = await recover(plan)
        assert report["journal"]["put_back"] == {WITHDRAWN: 1}
        assert report["state"]["not_restored"] == {f"{WITHDRAWN}: its application is not known": 1}
        assert (await recover(plan, again=True))["journal"]["put_back"] == {}


def url_of(plan: Plan) -> str:
    return plan.settings.database_url.get_secret_value()


def envelope(subject: UUID, sequence: int) -> Envelope:
    """A withdrawal of an application that this intake has forgotten."""

    call = new_uuid()
    data = (
        f'{{"application_id": "{subject}", "call_id": "{call}", "track": "planning", '
        '"withdrawn_at": "2025-02-20T01:00:00Z"}'
    )
    return Envelope(
        id=new_uuid(),
        type=WITHDRAWN,
        source="/kcity/intake",
        subject=subject,
        sequence=sequence,
        time=datetime(2025, 2, 20, 1, tzinfo=UTC),
        data=data.encode(),
    )


async def publish(bus: BusAddress, *events: Envelope) -> None:
    producer = await BusProducer.connect(bus, client_id="test")
    assert await producer.publish([Outgoing(INTAKE_APPLICATION, event) for event in events]) == [None] * len(
        events
    )
    await producer.close()


async def journal(plan: Plan, subject: UUID, sequence: int) -> None:
    """An event that was published once: it is in no outbox."""
    values = {"topic": INTAKE_APPLICATION, "type": WITHDRAWN, "id": subject, "sequence": sequence}
    database = await Database.connect(url_of(plan), size=2, any_timeline=True)
    async with database.transaction() as tx:
        await tx.execute(LOST, values)
    await database.close()


async def forget_the_timeline(url: str) -> None:
    """What a restored server looks like to this database."""
    database = await Database.connect(url, size=2)
    async with database.transaction() as tx:
        await tx.execute(text("DELETE FROM database_timeline"))
    await database.close()


async def use(url: str) -> None:
    """What every process does first."""
    database = await Database.connect(url, size=2)
    try:
        async with database.transaction() as tx:
            await tx.execute(text("SELECT 1"))
    finally:
        await database.close()
