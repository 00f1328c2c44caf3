"""The two ends of the bus as processes: ``python -m deploy.bench.bus_ends <end> … --out FILE``.

Each instant is CLOCK_MONOTONIC in nanoseconds, which all processes of one machine share.
``record`` and ``relay`` and ``handle`` are the real way of an event, ``produce`` and ``consume`` the raw one;
``drain`` empties an outbox, ``publish`` sends the same events from memory.
"""

import argparse
import asyncio
import contextlib
import json
import random
import signal
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import uvloop

from deploy.bench.events import NOON, envelope_of, sample_submitted
from shared.bus.connection import BusAddress
from shared.bus.consumer import BusConsumer
from shared.bus.producer import BusProducer
from shared.bus.records import Outgoing, read_envelope
from shared.database.connection import Database, Tx
from shared.delivery.consumption import Consumption
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.delivery.journal import record
from shared.delivery.relay import BATCH, Relay
from shared.events.envelope import Envelope, Received
from shared.events.intake import ApplicationSubmitted
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL
from shared.ids import new_uuid
from shared.settings import Settings
from shared.telemetry.logs import configure_logging

RAW_TOPIC = INTAKE_CALL  # a topic of its own, so that neither way reads the other's events
WAIT_STEP_SECONDS = 0.001
LONGEST_WAIT_SECONDS = 120.0
EVENTS_IN_MEMORY = """
    SELECT event_id, type, aggregate_id, sequence, occurred_at, data, traceparent FROM journal ORDER BY id LIMIT $1
"""


async def record_events(settings: Settings, count: int, rate: float) -> dict[str, int]:
    """Commit ``count`` events at about ``rate`` a second; the instant after each commit, by aggregate."""
    database = await Database.connect(settings.database_url.get_secret_value())
    committed: dict[str, int] = {}

    async def commit(event: ApplicationSubmitted) -> None:
        async with database.transaction() as tx:
            await record(tx, event, aggregate_id=event.application_id, occurred_at=NOON)
        committed[str(event.application_id)] = time.monotonic_ns()

    try:
        await _steadily(commit, count, rate)
    finally:
        await database.close()
    return committed


async def produce_events(settings: Settings, count: int, rate: float) -> dict[str, int]:
    """Publish ``count`` events one by one at about ``rate`` a second; the instant before each, by aggregate."""
    producer = await BusProducer.connect(BusAddress.of(settings), client_id="bench-raw")
    produced: dict[str, int] = {}

    async def produce(event: ApplicationSubmitted) -> None:
        envelope = envelope_of(event)
        produced[str(event.application_id)] = time.monotonic_ns()
        _must_be_sent(await producer.publish([Outgoing(RAW_TOPIC, envelope)]))

    try:
        await _steadily(produce, count, rate)
    finally:
        await producer.close()
    return produced


async def _steadily(act: Callable[[ApplicationSubmitted], Awaitable[None]], count: int, rate: float) -> None:
    """``act`` with random pauses of 1/rate on average, so that no polling period is met in step."""
    pauses = random.Random(count)  # noqa: S311 - spreads load, guards nothing
    await act(sample_submitted(new_uuid()))  # opens connections; nobody looks at this one
    next_at = time.monotonic()
    for _ in range(count):
        event = sample_submitted(new_uuid())
        next_at += pauses.uniform(0.5, 1.5) / rate
        await asyncio.sleep(max(0.0, next_at - time.monotonic()))
        await act(event)


async def relay_events(settings: Settings, ready: Callable[[], None]) -> dict[str, int]:
    """Relay until SIGTERM; ``ready`` appears when it has the lease."""
    relay = Relay("intake", settings.database_url.get_secret_value(), BusAddress.of(settings))
    _on_sigterm(relay.stop)
    await asyncio.gather(relay.run(), _announce(ready, lambda: relay.active))
    return {"published": relay.published}


async def handle_events(settings: Settings, ready: Callable[[], None]) -> dict[str, int]:
    """Consume until SIGTERM; the instant each event met its handler, by aggregate."""
    database = await Database.connect(settings.database_url.get_secret_value())
    handled: dict[str, int] = {}
    handlers = Handlers()

    async def handle(event: Received[ApplicationSubmitted], _tx: Tx) -> None:
        handled[str(event.subject)] = time.monotonic_ns()

    handlers.on(ApplicationSubmitted)(handle)
    inbox = Inbox("bench", handlers, database)
    consumption = Consumption("bench", inbox, handlers.topics, BusAddress.of(settings))
    _on_sigterm(consumption.stop)
    try:
        await asyncio.gather(
            consumption.run(), consumption.retry_held(), _announce(ready, lambda: consumption.joined)
        )
    finally:
        await database.close()
    return handled


async def consume_events(settings: Settings, ready: Callable[[], None]) -> dict[str, int]:
    """Poll the raw topic until SIGTERM; the instant each event was there, by aggregate."""
    stopping = asyncio.Event()
    _on_sigterm(stopping.set)
    member = await BusConsumer.join(
        BusAddress.of(settings), [RAW_TOPIC], group="bench-raw", client_id="bench-raw"
    )
    consumed: dict[str, int] = {}
    try:
        while not stopping.is_set():
            batches = await member.poll()
            if member.assignment():
                ready()
            for records in batches.values():
                for one in records:
                    home = replace(one, topic=INTAKE_APPLICATION)  # a record is read only where it belongs
                    consumed[str(read_envelope(home).subject)] = time.monotonic_ns()
    finally:
        await member.leave()
    return consumed


async def drain_outbox(settings: Settings, count: int) -> dict[str, float]:
    """Seconds in which a relay publishes ``count`` waiting events, from its lease to the last row deleted."""
    relay = Relay("intake", settings.database_url.get_secret_value(), BusAddress.of(settings))
    task = asyncio.create_task(relay.run())
    began = await _when(lambda: relay.active)
    ended = await _when(lambda: relay.published >= count)
    relay.stop()
    await task
    return {"seconds": ended - began, "events": relay.published}


async def _when(condition: Callable[[], bool]) -> float:
    """The monotonic instant, to a millisecond, at which ``condition`` began to hold."""
    async with asyncio.timeout(LONGEST_WAIT_SECONDS):
        while not condition():  # noqa: ASYNC110 - the relay has no event of ours to wait for
            await asyncio.sleep(WAIT_STEP_SECONDS)
    return time.monotonic()


async def _announce(ready: Callable[[], None], condition: Callable[[], bool]) -> None:
    await _when(condition)
    ready()


async def publish_from_memory(settings: Settings, count: int) -> dict[str, float]:
    """Seconds in which a producer alone publishes the journal's first ``count`` events, read beforehand."""
    connection = await asyncpg.connect(settings.database_url.get_secret_value())
    try:
        rows = await connection.fetch(EVENTS_IN_MEMORY, count)
    finally:
        await connection.close()
    waiting = [Outgoing(INTAKE_APPLICATION, _envelope_of_row(row)) for row in rows]
    producer = await BusProducer.connect(BusAddress.of(settings), client_id="bench-raw")
    try:
        _must_be_sent(await producer.publish(waiting[:1]))  # learns the partitions; the relay has to as well
        began = time.monotonic()
        for first in range(0, len(waiting), BATCH):
            _must_be_sent(await producer.publish(waiting[first : first + BATCH]))
        return {"seconds": time.monotonic() - began, "events": len(waiting)}
    finally:
        await producer.close()


def _envelope_of_row(row: "asyncpg.Record") -> Envelope:
    return Envelope(
        id=row["event_id"],
        type=row["type"],
        source="/kcity/intake",
        subject=UUID(str(row["aggregate_id"])),
        sequence=row["sequence"],
        time=row["occurred_at"],
        data=row["data"].encode(),
        traceparent=row["traceparent"],
    )


def _must_be_sent(outcomes: list[BaseException | None]) -> None:
    for outcome in outcomes:
        if outcome is not None:
            raise outcome


def _on_sigterm(stop: Callable[[], None]) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)


ENDS: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
    "record": record_events,
    "produce": produce_events,
    "relay": relay_events,
    "handle": handle_events,
    "consume": consume_events,
    "drain": drain_outbox,
    "publish": publish_from_memory,
}


def main() -> None:
    """Run one end with the ``KCITY_`` environment of a service, and write what it found."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench.bus_ends", description=__doc__)
    parser.add_argument("end", choices=ENDS)
    parser.add_argument("--count", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--ready", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    configure_logging("WARNING")
    given = {name: getattr(chosen, name) for name in ("count", "rate") if getattr(chosen, name) is not None}
    if chosen.ready is not None:
        given["ready"] = chosen.ready.touch
    uvloop.install()
    found: dict[str, Any] = {}
    with contextlib.suppress(KeyboardInterrupt):
        found = asyncio.run(ENDS[chosen.end](Settings(), **given))  # type: ignore[arg-type] # each end is a coroutine function
    chosen.out.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
