"""Records that are no events, events nobody can apply, and a group that begins anew; on the broker under test.

Each bad record lies in one partition before a good one: the good one is applied, so nothing holds the partition up.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import MessageSizeTooLargeError
from sqlalchemy import text

from shared.bus.records import headers_of
from shared.database.connection import Database
from shared.delivery.consumption import Consumption
from shared.delivery.measures import HELD_AGE_SECONDS, Measures
from shared.events.envelope import Envelope
from shared.ids import new_uuid
from shared.testing.waiting import eventually
from shared.tests.bus.conftest import NOON, Line
from shared.tests.bus.depot import Depot, all_handled, relay_of, relaying

pytestmark = pytest.mark.bus

MEGABYTE = 1024 * 1024
Header = bytes | None


@dataclass(frozen=True)
class Bad:
    """A good record with something changed. ``headers``: by name; ``also``: added behind."""

    reason: str
    headers: Mapping[str, Header] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    also: tuple[tuple[str, Header], ...] = ()
    key: bytes | str | None = "subject"
    value: bytes | None = b'{"line": "7"}'


NO_EVENTS = {
    "no headers": Bad("header ce_id is missing", without=("*",)),
    "a tombstone without headers": Bad("header ce_id is missing", without=("*",), value=None),
    "five megabytes of junk": Bad("header ce_id is missing", without=("*",), value=b"\xff" * 5 * MEGABYTE),
    "no sequence": Bad("header ce_sequence is missing", without=("ce_sequence",)),
    "two sequences": Bad("'ce_sequence' is there more than once", also=(("ce_sequence", b"2"),)),
    "a header without a value": Bad("a header ", headers={"ce_id": None}),
    "a header that is no text": Bad("a header cannot be read", headers={"ce_type": b"\xff\xfe"}),
    "an id that is none": Bad("a header cannot be read", headers={"ce_id": b"seven"}),
    "no key": Bad("the key is not the subject", key=None),
    "a key that is no id": Bad("the key is not the subject", key=b"tram"),
    "the key of another": Bad("the key is not the subject", key=str(new_uuid()).encode()),
    **{
        f"sequence {odd!r}": Bad("ce_sequence must be a number from 1 to", headers={"ce_sequence": odd})
        for odd in (
            b"0",
            b"-1",
            b"+1",
            b" 1",
            b"1_0",
            b"1.0",
            "١".encode(),
            b"9" * 30,
            b"9223372036854775807",
        )
    },
    "a time without a zone": Bad("ce_time has no zone", headers={"ce_time": b"2025-03-11T18:00:00"}),
    "no time": Bad("is no instant", headers={"ce_time": b"yesterday\x00"}),
    "a time before time": Bad("is no instant", headers={"ce_time": b"0001-01-01T00:00:00+14:00"}),
    "another specification": Bad("ce_specversion '0.3' is not 1.0", headers={"ce_specversion": b"0.3"}),
    "a type of others": Bad("is none of ours", headers={"ce_type": b"com.example.Thing\x00" + b"x" * 9999}),
    "another's event": Bad(
        "does not come from '/kcity/catalog'",
        headers={"ce_type": b"kcity.catalog.ProjectPublished.v1", "ce_source": b"/kcity/catalog"},
    ),
    "a foreign source": Bad("does not come from '/kcity/catalog'", headers={"ce_source": b"/kcity/catalog"}),
    "a source that no text holds": Bad("'/kcity/intake\\x00'", headers={"ce_source": b"/kcity/intake\x00"}),
    "our event on another topic of ours": Bad(
        "kcity.intake.CallPublished.v1 belongs on intake.call.v1",
        headers={"ce_type": b"kcity.intake.CallPublished.v1"},
    ),
}
PARKED = {
    "bad JSON": Bad("/: json_invalid", value=b'{"line": '),
    "no text": Bad("/: json_invalid", value=b"\xff\xfe"),
    "another shape": Bad("/line: string_type", value=b'{"line": ["secret"]}'),
    "five megabytes of another shape": Bad("/line: missing", value=b'{"x": "%s"}' % (b"x" * 5 * MEGABYTE)),
    "a tombstone where nothing is compacted": Bad("an event of this type has a body", value=None),
}
APPLIED = {
    "a broken trace": Bad("", also=(("traceparent", b"00-zz-zz-zz"),)),
    "a trace that is no text": Bad("", also=(("traceparent", b"\xff\x00"),)),
    "two traces": Bad("", also=(("traceparent", b"x"), ("traceparent", None))),
    "headers of others": Bad("", also=(("x-other", b"\xff\x00"), ("x-other", b""))),
    "an unknown type": Bad("", headers={"ce_type": b"kcity.intake.TramPainted.v1"}),
}


@dataclass
class Poisoner:
    """Writes raw records to one partition."""

    producer: AIOKafkaProducer
    topic: str
    kind: str

    async def send(self, bad: Bad, tram: UUID, sequence: int = 1) -> bool:
        """Whether the broker took it: Apache Kafka refuses what is larger than its topic allows."""
        envelope = Envelope(new_uuid(), self.kind, "/kcity/intake", tram, sequence, NOON, bad.value)
        headers: dict[str, Header] = {**dict(headers_of(envelope)), **bad.headers}
        sent = [] if "*" in bad.without else [(n, v) for n, v in headers.items() if n not in bad.without]
        key = str(tram).encode() if isinstance(bad.key, str) else bad.key
        try:
            await self.producer.send_and_wait(
                self.topic, bad.value, key=key, partition=0, headers=[*sent, *bad.also]
            )
        except MessageSizeTooLargeError:
            return False
        return True


@asynccontextmanager
async def poisoner(line: Line) -> AsyncIterator[Poisoner]:
    producer = AIOKafkaProducer(bootstrap_servers=line.address.bootstrap, max_request_size=8 * MEGABYTE)
    await producer.start()
    try:
        yield Poisoner(producer, line.kind.topic, line.kind.type)
    finally:
        await producer.stop()


async def rows(database: Database, query: str, **values: Any) -> list[Any]:
    async with database.transaction() as tx:
        return list((await tx.execute(text(query), values)).all())


class TestBadRecords:
    async def test_are_set_aside_or_parked_with_a_reason_and_the_others_go_on(
        self, database: Database, line: Line
    ) -> None:
        depot, good = Depot(line, database), new_uuid()
        trams = {name: new_uuid() for name in (*NO_EVENTS, *PARKED, *APPLIED)}
        async with depot.open(), poisoner(line) as poison:
            taken = {
                name
                for name, bad in (NO_EVENTS | PARKED | APPLIED).items()
                if await poison.send(bad, trams[name])
            }
            assert all(name.startswith("five megabytes") for name in trams.keys() - taken)
            for sequence in (1, 2):
                await poison.send(Bad(""), good, sequence)
            await eventually(lambda: all_handled(depot, good, 2), what="the good events behind the bad ones")
            await eventually(lambda: _no_lag(depot.consumption), what="an end of the lag")

        aside = await rows(database, "SELECT reason, value FROM dead_letter ORDER BY kafka_offset")
        wanted = [bad for name, bad in NO_EVENTS.items() if name in taken]
        assert [row.value for row in aside] == [bad.value for bad in wanted]
        for row, bad in zip(aside, wanted, strict=True):
            assert bad.reason in row.reason
            assert row.reason.isprintable()
            assert len(row.reason) < 400

        parked = await rows(
            database, "SELECT aggregate_id, reason, data FROM held_event WHERE parked_at IS NOT NULL"
        )
        assert {row.aggregate_id for row in parked} == {trams[name] for name in PARKED if name in taken}
        told = await rows(database, "SELECT data FROM journal WHERE topic = :dlq", dlq=f"{depot.group}.dlq")
        assert len(told) == len(parked)
        for row in parked:
            bad = next(PARKED[name] for name in PARKED if trams[name] == row.aggregate_id)
            assert bad.reason in row.reason
            assert "secret" not in row.reason
            assert row.data == bad.value

        marks = await rows(database, "SELECT aggregate_id FROM watermark WHERE sequence > 0")
        assert {row.aggregate_id for row in marks} == {good, *(trams[name] for name in APPLIED)}


async def _no_lag(consumption: Consumption) -> bool:
    return await consumption.lag() == 0


SEND_UNREADABLE = """
import asyncio, sys
from aiokafka import AIOKafkaProducer

class NoText(str):
    def encode(self, *_):
        return b"\\xff\\xfe"

async def main(bootstrap, topic):
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap)
    await producer.start()
    await producer.send_and_wait(topic, b"{}", partition=0, headers=[(NoText("x"), b"1")])
    await producer.stop()

asyncio.run(main(*sys.argv[1:]))
"""


async def send_unreadable(line: Line) -> None:
    """A header whose name is no text; only the library's Python half lets itself be talked into that."""
    sender = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SEND_UNREADABLE, line.address.bootstrap, line.kind.topic),
        env={**os.environ, "AIOKAFKA_NO_EXTENSIONS": "1"},
    )
    assert await sender.wait() == 0


class TestUnreadable:
    async def test_record_that_the_client_library_cannot_read_is_set_aside_and_nothing_is_lost(
        self, database: Database, line: Line
    ) -> None:
        depot, tram, others = Depot(line, database), new_uuid(), [new_uuid() for _ in range(24)]
        async with poisoner(line) as poison, relaying(relay_of(database, line.address)):
            await poison.send(Bad(""), tram, 1)
            await send_unreadable(line)
            await poison.send(Bad(""), tram, 2)
            await send_unreadable(line)
            for other in others:  # in all partitions
                await line.run(database, other, 3)
            async with depot.open():
                await poison.send(Bad(""), tram, 3)
                await eventually(lambda: all_handled(depot, tram, 3), what="what lies behind")
                for other in others:
                    await eventually(partial(all_handled, depot, other, 3), what="what lies beside")
                await send_unreadable(line)
                await poison.send(Bad(""), tram, 4)
                await eventually(lambda: all_handled(depot, tram, 4), what="what comes later")
                await eventually(lambda: _set_aside(database, 3))
        aside = await rows(database, "SELECT DISTINCT reason FROM dead_letter")
        assert [row.reason for row in aside] == [
            "its headers cannot be read: the name of one, in its batch, is no text"
        ]


class TestGap:
    async def test_that_never_closes_holds_its_own_key_alone_and_its_age_can_be_seen(
        self, database: Database, line: Line
    ) -> None:
        depot, gap, other = Depot(line, database), new_uuid(), new_uuid()
        async with depot.open(), poisoner(line) as poison:
            for tram, sequence in ((gap, 1), (gap, 3), (gap, 4), (other, 1), (other, 2)):
                await poison.send(Bad(""), tram, sequence)
            await eventually(lambda: all_handled(depot, other, 2))
            await eventually(lambda: all_handled(depot, gap, 1))
            held = await rows(
                database, "SELECT sequence, reason, parked_at, tries FROM held_event ORDER BY sequence"
            )
            assert [(row.sequence, row.reason, row.parked_at, row.tries) for row in held] == [
                (3, "waits for sequence 2", None, 0),
                (4, "waits for sequence 2", None, 0),
            ]
            async with database.transaction() as tx:
                await tx.execute(text("UPDATE held_event SET held_at = held_at - interval '1 hour'"))
            await Measures().measure(database)
            assert HELD_AGE_SECONDS.labels("held")._value.get() >= 3600
            await poison.send(Bad(""), gap, 2)
            await eventually(lambda: all_handled(depot, gap, 4), what="what was held behind the gap")
        assert await rows(database, "SELECT sequence FROM held_event") == []


class TestAnew:
    async def test_a_group_that_begins_anew_reads_all_and_applies_nothing_twice(
        self, database: Database, line: Line
    ) -> None:
        depot, trams, later = Depot(line, database), [new_uuid() for _ in range(5)], new_uuid()
        async with poisoner(line) as poison:
            async with depot.open():
                for tram in trams:
                    for sequence in (1, 2, 3):
                        await poison.send(Bad(""), tram, sequence)
                for tram in trams:
                    await eventually(partial(all_handled, depot, tram, 3))
                await poison.send(Bad("", without=("*",)), later)
                await eventually(lambda: _set_aside(database, 1))
            # an operator resets the offsets: for the broker that is a group it has never seen
            again = Consumption(f"{depot.group}-anew", depot.inbox, [line.kind.topic], line.address)
            depot.consumption = again
            async with depot.open():
                await poison.send(Bad(""), later)
                await eventually(lambda: all_handled(depot, later, 1))
        for tram in trams:
            assert await depot.handled(tram) == [1, 2, 3]
        assert await _set_aside(database, 1)

    async def test_an_event_from_long_ago_is_still_known_for_a_repeat(
        self, database: Database, line: Line
    ) -> None:
        """Watermarks grow with aggregates and are kept for good: no age makes a repeat look new."""
        depot, tram, later = Depot(line, database), new_uuid(), new_uuid()
        old = {"ce_time": b"1995-01-01T00:00:00Z"}
        async with depot.open(), poisoner(line) as poison:
            for sequence in (1, 2, 1):
                await poison.send(Bad("", headers=old), tram, sequence)
            await poison.send(Bad(""), later)
            await eventually(lambda: all_handled(depot, later, 1))
        assert await depot.handled(tram) == [1, 2]


async def _set_aside(database: Database, count: int) -> bool:
    return len(await rows(database, "SELECT id FROM dead_letter")) == count
