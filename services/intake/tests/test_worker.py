"""The worker of intake on a real broker: a call is announced at its instant, and events arrive with contacts."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from services.intake.settings import IntakeSettings
from services.intake.tests.house import ANNOUNCED, DEMONSTRATION, DURING, House
from services.intake.worker import build
from shared.bus.connection import BusAddress
from shared.events.intake import ContactChanged
from shared.worker import WorkerContext, open_worker


class TestWorker:
    async def test_announces_calls_and_publishes_all_events(
        self, empty_house: House, settings: IntakeSettings, bus: BusAddress
    ) -> None:
        house = empty_house
        await house.clock(ANNOUNCED - timedelta(milliseconds=1))
        await house.publish()
        beside = settings.model_copy(
            update={
                "kafka_bootstrap": bus.bootstrap,
                "kafka_idempotent_producer": bus.idempotent_producer,
                "kafka_replication": bus.replication,
                "kafka_create_topics": bus.create_topics,
            }
        )
        async with open_worker(beside, partial(build, settings=beside)) as worker:
            running = asyncio.create_task(worker.run())
            await house.clock(ANNOUNCED)
            await until(lambda: worker.relay.published >= 1)
            assert (await house.public.get("/v1/calls/KCN-2025")).status_code == 200
            await house.clock(DURING)
            await house.submitted(house.applicant())
            await until(lambda: worker.relay.published >= 4)
            worker.stop()
            await running
        assert await house.scalar("SELECT count(*) FROM outbox") == 0

    async def test_snapshots_are_the_contacts_as_they_are(
        self, house: House, settings: IntakeSettings
    ) -> None:
        anna = house.applicant()
        path = f"/v1/applications/{await house.draft(anna)}"
        await anna.patch(path, {"contact": DEMONSTRATION["contact"]})
        (event,) = await house.journal("%ContactChanged%")
        async with (
            build(WorkerContext(house.database, house.app.state.clock), settings) as parts,
            house.database.pool.acquire() as connection,
        ):
            present = parts.snapshots[ContactChanged.type]
            bodies = await present(connection, [event["aggregate_id"]])  # type: ignore[arg-type] # a pooled connection is one
        body = ContactChanged.model_validate_json(bodies[event["aggregate_id"]])
        assert (body.name, body.email, body.language) == ("이하나", "hana@company.example", "ko")


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not holds():  # noqa: ASYNC110 - what is waited for happens in another task's broker
            await asyncio.sleep(0.02)
