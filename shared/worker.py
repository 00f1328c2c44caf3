"""The background half of a service: relay, consumers, schedules, clock, and its own health address.

A worker that makes no progress while there is lag exits with ``STUCK`` and is restarted by its supervisor.
On SIGTERM it drains: not ready, stop polling, finish, commit, leave the group, flush, close.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

import structlog
from opentelemetry.sdk.trace import TracerProvider
from sqlalchemy.exc import SQLAlchemyError

from shared.bus.connection import BusAddress
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.database.timeline import UnknownTimeline
from shared.delivery.consumption import Consumption
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.delivery.measures import CONSUMER_JOINED, RELAY_ACTIVE, Measures
from shared.delivery.operations.facts import Probes
from shared.delivery.order_runner import OrderRunner
from shared.delivery.progress import STUCK_AFTER_SECONDS, Progress, Stuck
from shared.delivery.relay import Relay, Snapshots
from shared.delivery.worker_view import WorkerView
from shared.settings import WORKER_PORTS, Settings
from shared.telemetry.logs import configure_logging
from shared.telemetry.traces import open_tracing
from shared.worker_health import serve_health

log = structlog.get_logger()

STUCK = 70
NOT_RECOVERED = 71
WATCH_EVERY_SECONDS = 5.0
ORDERS_EVERY_SECONDS = 1.0
DRAIN_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that is looked for again and again. ``run`` is safe when several workers run it at once."""

    name: str
    every_seconds: float
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """What a service's background work may use."""

    database: Database
    clock: AuthorityClock


@dataclass(frozen=True, slots=True)
class WorkerParts:
    """A service's background work. ``probes``: what it needs beyond database and bus, asked by operators."""

    handlers: Handlers = field(default_factory=Handlers)
    schedules: Sequence[Schedule] = ()
    snapshots: Snapshots = field(default_factory=dict)
    probes: Probes = field(default_factory=dict)


Build = Callable[[WorkerContext], AbstractAsyncContextManager[WorkerParts]]


class Worker:
    """One running worker process."""

    def __init__(
        self,
        settings: Settings,
        context: WorkerContext,
        parts: WorkerParts,
        tracing: TracerProvider | None = None,
    ) -> None:
        bus = BusAddress.of(settings)
        url = settings.database_url.get_secret_value()
        self._context = context
        orders = OrderRunner(settings.service, context.database, bus, parts.handlers)
        self._schedules = (*parts.schedules, Schedule("delivery orders", ORDERS_EVERY_SECONDS, orders.run))
        self.relay = Relay(settings.service, url, bus, parts.snapshots)
        self.consumption: Consumption | None = None
        self._progress: Progress | None = None
        if parts.handlers.topics:
            inbox = Inbox(settings.service, parts.handlers, context.database, tracing)
            self.consumption = Consumption(settings.service, inbox, parts.handlers.topics, bus)
            self._progress = Progress(self.consumption, bus, context.database)
        self.view = WorkerView(settings.service, bus, self.relay, self.consumption, parts.probes)
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Work until ``stop`` or until something ends that must not. Raises ``Stuck``."""
        draining = [asyncio.create_task(self.relay.run(), name="relay")]
        if self.consumption is not None:
            draining.append(asyncio.create_task(self.consumption.run(), name="consumption"))
            draining.append(asyncio.create_task(self.consumption.retry_held(), name="retry held"))
        others = [
            asyncio.create_task(self._context.clock.run(), name="clock"),
            asyncio.create_task(self._watch(), name="watch"),
            *(
                asyncio.create_task(self._repeat(schedule), name=schedule.name)
                for schedule in self._schedules
            ),
        ]
        stop = asyncio.create_task(self._stop.wait(), name="stop")
        done, _ = await asyncio.wait([stop, *draining, *others], return_when=asyncio.FIRST_COMPLETED)
        await self._drain(draining, [stop, *others])
        for task in done - {stop}:
            task.result()
            raise Stuck(f"{task.get_name()} ended by itself")

    def stop(self) -> None:
        """Begin to drain."""
        self._stop.set()

    def why_not_ready(self) -> list[str]:
        """Reasons why this worker does not do its work at present."""
        reasons = [self._context.clock.why_not_ready()]
        if self._stop.is_set():
            reasons.append("draining")
        if self.consumption is not None and not self.consumption.joined:
            reasons.append("no partitions are assigned to the consumer")
        if time.monotonic() - self.relay.progress_at > STUCK_AFTER_SECONDS:
            reasons.append("the relay makes no progress")
        return [reason for reason in reasons if reason]

    async def _drain(
        self, draining: list["asyncio.Task[None]"], others: list["asyncio.Task[object]"]
    ) -> None:
        for task in others:
            task.cancel()
        self.relay.stop()
        if self.consumption is not None:
            self.consumption.stop()
        _, late = await asyncio.wait(draining, timeout=DRAIN_SECONDS)
        if late:
            log.warning("worker.drains_too_long", cut_short=sorted(task.get_name() for task in late))
        for task in late:
            task.cancel()
        await asyncio.gather(*draining, *others, return_exceptions=True)

    async def _repeat(self, schedule: Schedule) -> None:
        while True:
            try:
                await schedule.run()
            except (SQLAlchemyError, OSError, TimeoutError) as error:
                log.warning("schedule.failed", schedule=schedule.name, error=type(error).__name__)
            except (
                Exception
            ):  # a schedule that fails once must not end the others; it is tried again and seen
                log.exception("schedule.failed", schedule=schedule.name)
            await asyncio.sleep(schedule.every_seconds)

    async def _watch(self) -> None:
        measures = Measures()
        while True:
            await asyncio.sleep(WATCH_EVERY_SECONDS)
            RELAY_ACTIVE.set(self.relay.active)
            database_answers = await self._measured(measures)
            if self.consumption is not None and self._progress is not None:
                CONSUMER_JOINED.set(self.consumption.joined)
                await self._progress.look(database_answers=database_answers)

    async def _measured(self, measures: Measures) -> bool:
        """Whether the database answered."""
        try:
            await measures.measure(self._context.database)
        except (SQLAlchemyError, OSError, TimeoutError):
            return False
        return True


@asynccontextmanager
async def open_worker(settings: Settings, build: Build) -> AsyncIterator[Worker]:
    """A worker with its database and clock opened; tests run it beside an API in one process."""
    tracing = open_tracing(settings)
    database = await Database.connect(
        settings.database_url.get_secret_value(),
        size=settings.database_pool_size,
        application_name=f"kcity-{settings.service}-worker",
    )
    try:
        clock = AuthorityClock(database, f"{settings.service}-worker")
        await clock.open()
        settings.accept_installation(rehearsal=clock.rehearsal)
        async with build(WorkerContext(database, clock)) as parts:
            yield Worker(settings, WorkerContext(database, clock), parts, tracing)
    finally:
        if tracing is not None:
            tracing.shutdown()
        await database.close()


async def _work(settings: Settings, build: Build) -> None:
    async with open_worker(settings, build) as worker:
        loop = asyncio.get_running_loop()
        port = int(os.environ.get("KCITY_WORKER_PORT", WORKER_PORTS[settings.service]))
        host = os.environ.get("KCITY_WORKER_HOST", "127.0.0.1")
        async with serve_health(
            settings.service, worker.why_not_ready, worker.view.look, host=host, port=port
        ) as health:

            def drain() -> None:
                worker.stop()
                health.drain()

            for number in (signal.SIGTERM, signal.SIGINT):
                loop.add_signal_handler(number, drain)
            await worker.run()


def main(settings: Settings, build: Build) -> None:
    """Run the worker process until SIGTERM; exit code 70 when it was stuck, 71 on a database that was not recovered."""
    configure_logging(settings.log_level)
    structlog.contextvars.bind_contextvars(process=f"{settings.service}-worker")
    with contextlib.suppress(ImportError):
        import uvloop  # noqa: PLC0415 - absent on platforms without it

        uvloop.install()
    try:
        asyncio.run(_work(settings, build))
    except Stuck as error:
        log.critical("worker.stuck", reason=str(error))
        sys.exit(STUCK)
    except UnknownTimeline as error:
        log.critical("worker.refused", reason=str(error))
        sys.exit(NOT_RECOVERED)
