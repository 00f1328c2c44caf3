"""Where an outcome would leave a trace inside the system: the bus, and the databases."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from dataclasses import dataclass

import psycopg
from psycopg import sql

from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming
from shared.events.topics import TOPICS
from shared.settings import ServiceName
from tests.stack import RunningStack


@dataclass(frozen=True, slots=True)
class Traces:
    """Of a running stack."""

    played: RunningStack

    async def events(self, ids: Iterable[str]) -> set[str]:
        """Type names of the events on any topic that name one of these ids, a mail's with its template."""
        needles = [one.encode() for one in ids]
        return {
            _kind(record)
            async for record in self._records()
            if any(needle in (record.value or b"") or needle == record.key for needle in needles)
        }

    def rows(self, service: ServiceName, words: Iterable[str]) -> dict[str, int]:
        """How many rows of each table of a service's database have one of these words, as text or as bytes."""
        patterns = [f"%{form}%" for word in words for form in (word, word.encode().hex())]
        found = {}
        with psycopg.connect(self.played.stack.database_url(service)) as connection:
            tables = connection.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
            ).fetchall()
            for (table,) in tables:
                count = sql.SQL("SELECT count(*) FROM {0} WHERE {0}::text LIKE ANY(%s)").format(
                    sql.Identifier(table)
                )
                row = connection.execute(count, [patterns]).fetchone()
                if row and row[0]:
                    found[table] = row[0]
        return found

    async def _records(self) -> AsyncIterator[Incoming]:
        told = self.played.stack.bus_environment()
        bus = BusAddress(told["KCITY_KAFKA_BOOTSTRAP"], replication=1, fetch_max_wait_ms=10)
        async with aclosing(read_from_the_beginning(bus, [topic.name for topic in TOPICS])) as records:
            async for record in records:
                yield record


def _kind(record: Incoming) -> str:
    """As in ``ApplicationSubmitted``; of a mail with its template, which alone tells whether it is about an outcome."""
    name = dict(record.headers)["ce_type"].decode().split(".")[2]
    if not name.startswith("Message"):
        return name
    return f"{name}: {json.loads(record.value or b'{}').get('template')}"
