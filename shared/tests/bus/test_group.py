"""Members of a consumer group come and go, hang and are noticed; on the broker under test."""

import asyncio
from dataclasses import replace
from functools import partial
from typing import ClassVar

import pytest
from sqlalchemy import text

from deploy.local.broker import EmbeddedBroker
from shared.bus.admin import bus_admin
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database, Tx
from shared.delivery.handlers import Handlers
from shared.delivery.progress import Stuck
from shared.events.envelope import Received
from shared.events.topics import topics_of
from shared.ids import new_uuid
from shared.settings import Profile, Settings
from shared.testing.plugin import embedded_address
from shared.testing.waiting import eventually
from shared.tests.bus.conftest import Line
from shared.tests.bus.depot import HANDLED, Depot, all_handled, relay_of, relaying
from shared.tests.delivery.conftest import TramOpened
from shared.worker import Worker, WorkerContext, WorkerParts

pytestmark = pytest.mark.bus


def settings_of(database: Database, line: Line) -> Settings:
    return Settings.model_validate(
        {
            "service": "intake",
            "profile": Profile.LOCAL,
            "database_url": database.engine.url.set(drivername="postgresql").render_as_string(
                hide_password=False
            ),
            "kafka_bootstrap": line.address.bootstrap,
            "kafka_idempotent_producer": line.address.idempotent_producer,
            "kafka_session_timeout_ms": line.address.session_timeout_ms,
            "kafka_fetch_max_wait_ms": line.address.fetch_max_wait_ms,
            "issuer_url": "http://issuer.test",
        }
    )


class CallOpened(TramOpened):
    topic: ClassVar[str] = "intake.call.v1"


class TestRebalance:
    async def test_a_member_that_joins_and_one_that_leaves_lose_and_double_nothing(
        self, database: Database, line: Line
    ) -> None:
        first = Depot(line, database)
        second = Depot(line, database, group=first.group)
        trams = [new_uuid() for _ in range(24)]

        async def keep_running(rounds: int) -> None:
            for _ in range(rounds):
                for tram in trams:
                    await line.run(database, tram)
                await asyncio.sleep(0.05)

        async with relaying(relay_of(database, line.address)), first.open():
            await keep_running(3)
            await eventually(lambda: first.consumption.joined, what="the first member's assignment")
            async with second.open():
                running = asyncio.create_task(keep_running(20))
                await eventually(lambda: second.consumption.joined, what="the second member's assignment")
                await running
            await keep_running(2)
            for tram in trams:
                await eventually(partial(all_handled, first, tram, 25))


class TestProgress:
    async def test_a_worker_that_applies_nothing_while_there_is_lag_ends_itself(
        self, database: Database, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.delivery.progress.STUCK_AFTER_SECONDS", 1.0)
        monkeypatch.setattr("shared.worker.WATCH_EVERY_SECONDS", 0.2)
        monkeypatch.setattr("shared.worker.DRAIN_SECONDS", 1.0)
        handlers = Handlers()

        async def hang(_event: Received[TramOpened], _tx: Tx) -> None:
            await asyncio.Event().wait()

        handlers.on(line.kind)(hang)
        clock = AuthorityClock(database, "intake-worker")
        await clock.open()
        worker = Worker(
            settings_of(database, line), WorkerContext(database, clock), WorkerParts(handlers=handlers)
        )
        running = asyncio.create_task(worker.run())
        await eventually(lambda: worker.consumption is not None and worker.consumption.joined)
        await line.run(database, new_uuid())  # the worker's own relay publishes it
        with pytest.raises(Stuck, match="1 records wait and nothing was applied"):
            await asyncio.wait_for(running, 60)

    async def test_a_worker_that_waits_for_a_rebuild_is_not_stuck(
        self, database: Database, line: Line, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.delivery.progress.STUCK_AFTER_SECONDS", 0.5)
        monkeypatch.setattr("shared.worker.WATCH_EVERY_SECONDS", 0.3)
        depot, waited, tram = Depot(line, database, group="worker"), 0, new_uuid()
        handlers = Handlers()
        handlers.on(line.kind)(depot.handle)
        clock = AuthorityClock(database, "intake-worker")
        await clock.open()
        worker = Worker(
            settings_of(database, line), WorkerContext(database, clock), WorkerParts(handlers=handlers)
        )
        async with database.transaction() as tx:
            await tx.execute(text(HANDLED))
        assert worker.consumption is not None
        lag = worker.consumption.lag

        async def seen() -> int:
            nonlocal waited
            found = await lag()
            waited += found > 0
            return found

        monkeypatch.setattr(worker.consumption, "lag", seen)
        running = asyncio.create_task(worker.run())
        await eventually(lambda: worker.consumption is not None and worker.consumption.joined)
        async with database.transaction() as tx:
            await tx.execute(text("LOCK TABLE watermark IN EXCLUSIVE MODE"))
            await line.run(database, tram)
            await eventually(lambda: waited >= 4, what="watching while nothing can be applied")
            assert not running.done()
        await eventually(partial(all_handled, depot, tram, 1))
        worker.stop()
        await running

    async def test_a_worker_whose_bus_was_away_for_long_is_not_stuck(
        self, database: Database, own_broker: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.delivery.progress.STUCK_AFTER_SECONDS", 6.0)
        monkeypatch.setattr("shared.worker.WATCH_EVERY_SECONDS", 0.2)
        line = Line(CallOpened, replace(embedded_address(own_broker), create_topics=True))
        async with bus_admin(line.address) as admin:
            await admin.provision(topics_of("intake"))
        depot, tram = Depot(line, database, group="worker"), new_uuid()
        handlers = Handlers()
        handlers.on(line.kind)(depot.handle)
        clock = AuthorityClock(database, "intake-worker")
        await clock.open()
        worker = Worker(
            settings_of(database, line), WorkerContext(database, clock), WorkerParts(handlers=handlers)
        )
        async with database.transaction() as tx:
            await tx.execute(text(HANDLED))
        running = asyncio.create_task(worker.run())
        await line.run(database, tram)
        await eventually(partial(all_handled, depot, tram, 1))
        own_broker.stop()
        await line.run(database, tram)
        await asyncio.sleep(8)
        own_broker.start()

        async def came() -> bool:
            return running.done() or await all_handled(depot, tram, 2)

        await eventually(came, within=60)
        assert not running.done()
        worker.stop()
        await running
