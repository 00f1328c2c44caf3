"""The digest test: a consumer's copies, after all that can happen to records on their way, against clean ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from shared.bus.connection import BusAddress
from shared.bus.producer import BusProducer
from shared.bus.provision import provision_all
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, Outgoing, read_envelope
from shared.database.connection import Database
from shared.delivery.digests import Digest, digest_of
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox, Outcome
from shared.delivery.rebuild import RebuildReport, rebuild
from shared.delivery.rebuild_lock import RebuildFailed

HELD_ROUNDS = 3
"""An event waits for at most two others: a decision for its application, that for its call."""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, in order, and one event more that comes after the rebuild."""

    records: Sequence[Incoming]
    afterwards: Incoming

    @property
    def subjects(self) -> frozenset[UUID]:
        """The aggregates it is about: other tests use the same topics."""
        return frozenset(read_envelope(record).subject for record in (*self.records, self.afterwards))


@dataclass(frozen=True, slots=True)
class Consumer:
    """A consumer of the topics, with a database of its own."""

    name: str
    database: Database
    handlers: Handlers
    bus: BusAddress
    duplicate_check: bool = True

    @property
    def inbox(self) -> Inbox:
        """Live consuming."""
        return Inbox(self.name, self.handlers, self.database, duplicate_check=self.duplicate_check)

    async def consume(self, subjects: frozenset[UUID]) -> None:
        """All that the topics hold of these aggregates, then what was held meanwhile."""
        async for record in read_from_the_beginning(self.bus, self.handlers.topics):
            if read_envelope(record).subject in subjects:
                await self.inbox.receive(record)
        for _ in range(HELD_ROUNDS):
            async with self.database.transaction() as tx:
                await tx.execute(text("UPDATE held_event SET not_before = clock_timestamp()"))
            await self.inbox.retry_due()

    async def take(self, record: Incoming) -> Outcome:
        """One record more."""
        await publish(self.bus, [record])
        return await self.inbox.receive(record)

    async def digests(self) -> dict[str, Digest]:
        """Of each copy table."""
        async with self.database.transaction() as tx:
            return {table.name: await digest_of(tx, table) for table in self.handlers.copy_tables}

    async def rebuild(self, *, check_only: bool = False, duplicate_check: bool = True) -> RebuildReport:
        """Empty and rebuild."""
        return await rebuild(
            self.database,
            self.bus,
            self.name,
            self.handlers,
            check_only=check_only,
            duplicate_check=duplicate_check,
        )


async def publish(bus: BusAddress, records: Sequence[Incoming]) -> None:
    """Put records on their topics in this order."""
    producer = await BusProducer.connect(bus, client_id="story")
    try:
        outgoing = [Outgoing(record.topic, read_envelope(record)) for record in records]
        assert await producer.publish(outgoing) == [None] * len(records)
    finally:
        await producer.close()


async def publish_with_mishaps(bus: BusAddress, records: Sequence[Incoming], *, seed: int = 7) -> None:
    """The records with repeats at once and later, neighbours swapped, and a replay that is cut after each first half.

    The last record of every aggregate that has several is an old one.
    """
    await provision_all(bus)
    chance = random.Random(seed)  # noqa: S311 - a reproducible disorder
    told = list(records)
    for place in range(0, len(told) - 1, 3):
        told[place], told[place + 1] = told[place + 1], told[place]
    for record in chance.sample(list(records), k=len(records) // 2):
        told.insert(chance.randrange(len(told)), record)
    await publish(bus, [*told, *_first_halves(records)])


def _first_halves(records: Sequence[Incoming]) -> list[Incoming]:
    last: dict[UUID, int] = {}
    for envelope in map(read_envelope, records):
        last[envelope.subject] = max(envelope.sequence, last.get(envelope.subject, 0))
    return [
        record
        for record in records
        for envelope in (read_envelope(record),)
        if envelope.sequence <= max(1, last[envelope.subject] // 2)
    ]


async def differences(
    live: Consumer, clean: Consumer, story: Story, *, rebuild_duplicate_check: bool = True
) -> list[str]:
    """What is wrong after the topics were consumed and rebuilt twice; nothing when the promise holds.

    ``clean`` gets the story itself, in order and once. The story is on the topics already.
    """
    for record in story.records:
        await clean.inbox.receive(record)
    await live.consume(story.subjects)
    wanted, found = await clean.digests(), []
    assert all(digest.rows for digest in wanted.values()), "the story fills every copy"
    if await live.digests() != wanted:
        found.append("live consuming differs from a clean one")
    for check_only in (True, False, False):
        try:
            report = await live.rebuild(check_only=check_only, duplicate_check=rebuild_duplicate_check)
        except RebuildFailed as error:
            found.append(f"rebuild failed: {error}")
            continue
        if not report.agrees:
            found.append(f"rebuild (check only: {check_only}) differs")
    if await live.digests() != wanted:
        found.append("the rebuilt copies differ from clean ones")
    return found
