"""Emptying and rebuilding a copy while a service is at work; on the broker under test."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Uuid, text
from sqlalchemy.dialects.postgresql import insert

from shared.database.connection import Database, Tx
from shared.delivery import rebuild as rebuilding
from shared.delivery.consumption import Consumption
from shared.delivery.handlers import Handlers
from shared.delivery.inbox import Inbox
from shared.delivery.rebuild import (
    EventDoesNotApply,
    TopicMissesEvents,
    rebuild,
)
from shared.delivery.rebuild_lock import RebuildFailed, RebuildUnderWay, being_rebuilt, exclude_consuming
from shared.errors import Permanent
from shared.events.envelope import Received
from shared.ids import new_uuid
from shared.testing.waiting import eventually
from shared.tests.bus.conftest import Line
from shared.tests.bus.depot import relay_of, relaying
from shared.tests.delivery.conftest import TramOpened

pytestmark = pytest.mark.bus

COPY = Table(
    "tram", MetaData(), Column("id", Uuid, primary_key=True), Column("opened", Integer, nullable=False)
)


class Timetable:
    """A consumer that counts each tram's openings: a doubled event shows, and so does a lost one."""

    def __init__(self, line: Line, database: Database) -> None:
        self.line, self.database = line, database
        self.name = f"timetable-{new_uuid().hex[-8:]}"
        self.going = asyncio.Event()
        self.going.set()
        self.refuses = False
        self.handlers = Handlers(copies=[COPY])
        self.handlers.copy(line.kind)(self.count)
        self.inbox = Inbox(self.name, self.handlers, database)
        self.consumption = Consumption(self.name, self.inbox, self.handlers.topics, line.address)

    async def count(self, event: Received[TramOpened], tx: Tx) -> None:
        await self.going.wait()
        if self.refuses:
            raise Permanent("no more trams")
        new = insert(COPY).values(id=event.subject, opened=1)
        await tx.execute(
            new.on_conflict_do_update(index_elements=[COPY.c.id], set_={"opened": COPY.c.opened + 1})
        )

    async def counted(self) -> dict[str, int]:
        async with self.database.transaction() as tx:
            return {str(row.id): row.opened for row in await tx.execute(COPY.select())}

    async def rebuild(self, *, check_only: bool = False) -> rebuilding.RebuildReport:
        return await rebuild(
            self.database, self.line.address, self.name, self.handlers, check_only=check_only
        )


@pytest.fixture
async def timetable(database: Database, line: Line) -> AsyncIterator[Timetable]:
    async with database.transaction() as tx:
        await tx.run_sync(COPY.metadata.create_all)
    timetable = Timetable(line, database)
    tasks = [
        asyncio.create_task(timetable.consumption.run()),
        asyncio.create_task(timetable.consumption.retry_held()),
    ]
    async with relaying(relay_of(database, line.address)):
        yield timetable
    timetable.going.set()
    timetable.consumption.stop()
    await asyncio.gather(*tasks)


async def has(timetable: Timetable, wanted: dict[str, int]) -> bool:
    return await timetable.counted() == wanted


class TestRebuild:
    async def test_a_damaged_copy_is_whole_again_and_consuming_goes_on(self, timetable: Timetable) -> None:
        line, database = timetable.line, timetable.database
        first, second, never = new_uuid(), new_uuid(), new_uuid()
        await line.run(database, first, 3)
        await line.run(database, second, 2)
        whole = {str(first): 3, str(second): 2}
        await eventually(partial(has, timetable, whole))
        assert (await timetable.rebuild(check_only=True)).agrees
        async with database.transaction() as tx:
            await tx.execute(COPY.update().where(COPY.c.id == first).values(opened=99))
            await tx.execute(COPY.delete().where(COPY.c.id == second))
            await tx.execute(insert(COPY).values(id=never, opened=1))
        report = await timetable.rebuild(check_only=True)
        assert (report.agrees, len(await timetable.counted())) == (False, 2)
        assert not (await timetable.rebuild()).agrees
        assert await timetable.counted() == whole
        again = await timetable.rebuild()
        assert (again.agrees, again.as_json()["copies"][0]["after"]["rows"]) == (True, 2)
        await line.run(database, second)
        await eventually(partial(has, timetable, {**whole, str(second): 3}))

    async def test_meanwhile_readers_see_the_old_copy_and_no_event_is_applied(
        self, timetable: Timetable
    ) -> None:
        line, database, tram = timetable.line, timetable.database, new_uuid()
        await line.run(database, tram, 2)
        await eventually(partial(has, timetable, {str(tram): 2}))
        timetable.going.clear()
        under_way = asyncio.create_task(timetable.rebuild())
        await eventually(partial(being_rebuilt, database))
        await line.run(database, tram)
        assert await timetable.counted() == {str(tram): 2}
        timetable.going.set()
        assert (await under_way).agrees
        await eventually(partial(has, timetable, {str(tram): 3}))
        assert not await being_rebuilt(database)

    async def test_a_second_one_at_the_same_time_is_refused(
        self, timetable: Timetable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line, database, tram = timetable.line, timetable.database, new_uuid()
        await line.run(database, tram)
        await eventually(partial(has, timetable, {str(tram): 1}))
        timetable.going.clear()
        under_way = asyncio.create_task(timetable.rebuild())
        await eventually(partial(being_rebuilt, database))
        hasty = partial(exclude_consuming, patience="SET LOCAL lock_timeout = '50ms'")
        monkeypatch.setattr(rebuilding, "exclude_consuming", hasty)
        with pytest.raises(RebuildUnderWay):
            await timetable.rebuild()
        timetable.going.set()
        assert (await under_way).agrees


class TestFailures:
    async def test_a_topic_that_misses_events_fails_it_whole(self, timetable: Timetable) -> None:
        line, database, tram = timetable.line, timetable.database, new_uuid()
        await line.run(database, tram, 3)
        await eventually(partial(has, timetable, {str(tram): 3}))
        async with database.transaction() as tx:
            await tx.execute(
                text("UPDATE watermark SET sequence = 5 WHERE consumer = :consumer"),
                {"consumer": timetable.name},
            )
        with pytest.raises(
            TopicMissesEvents, match=r"up to 3, applied up to 5\); replay the journal of intake"
        ):
            await timetable.rebuild()
        assert await timetable.counted() == {str(tram): 3}

    async def test_an_event_that_no_longer_applies_fails_it_whole(self, timetable: Timetable) -> None:
        line, database, tram = timetable.line, timetable.database, new_uuid()
        await line.run(database, tram, 3)
        await eventually(partial(has, timetable, {str(tram): 3}))
        timetable.refuses = True
        with pytest.raises(EventDoesNotApply, match=r"TramOpened.v1 .* does not apply: Permanent") as failed:
            await timetable.rebuild()
        timetable.refuses = False
        assert isinstance(failed.value, RebuildFailed)
        assert await timetable.counted() == {str(tram): 3}
