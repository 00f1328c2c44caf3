from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.clock.arrival import Arrival
from shared.clock.authority import DRIFT, AuthorityClock, Sample
from shared.clock.rehearsal import NotARehearsal, read_clock, step_clock
from shared.database.connection import Database
from shared.testing.clock import step
from shared.tests.delivery.conftest import database as database  # noqa: PLC0414 - a fixture, used by name

CLOSING = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)


@pytest.fixture
async def clock(database: Database) -> AuthorityClock:
    clock = AuthorityClock(database, "intake-api")
    await clock.open()
    return clock


@pytest.fixture
async def live(database: Database) -> Database:
    async with database.transaction() as tx:
        await tx.execute(text("ALTER TABLE installation DISABLE TRIGGER append_only"))
        await tx.execute(text("GRANT UPDATE ON installation TO CURRENT_USER"))
        await tx.execute(text("UPDATE installation SET kind = 'live'"))
        await tx.execute(text("ALTER TABLE installation ENABLE TRIGGER append_only"))
    return database


class TestArrival:
    def test_is_surely_late_only_when_even_its_earliest_instant_is_late(self) -> None:
        assert Arrival(CLOSING, timedelta()).surely_at_or_after(CLOSING)
        assert not Arrival(CLOSING - MS, timedelta()).surely_at_or_after(CLOSING)
        assert not Arrival(CLOSING + MS, 2 * MS).surely_at_or_after(CLOSING)

    def test_is_surely_early_only_when_even_its_latest_instant_is_early(self) -> None:
        assert Arrival(CLOSING - MS, timedelta()).surely_before(CLOSING)
        assert not Arrival(CLOSING - MS, MS).surely_before(CLOSING)


class TestSample:
    def test_its_bound_grows_with_what_the_kernel_may_slew(self) -> None:
        sample = Sample(taken=100.0, authority=CLOSING, half_trip=0.001)
        assert sample.bound_at(110.0) == pytest.approx(0.001 + 10 * DRIFT)


class TestAuthorityClock:
    async def test_the_databases_time_lies_within_the_bound(
        self, database: Database, clock: AuthorityClock
    ) -> None:
        before = clock.technical()
        async with database.transaction() as tx:
            authority = await tx.scalar(text("SELECT clock_timestamp()"))
        after = clock.technical()
        assert before.at - before.bound <= authority <= after.at + after.bound

    async def test_stamps_never_go_back_when_a_measurement_does(self, clock: AuthorityClock) -> None:
        first = clock.technical().at
        clock._best = Sample(taken=0.0, authority=first - timedelta(days=1), half_trip=-1e9)
        assert clock.technical().at >= first

    async def test_an_unmeasured_clock_is_not_ready(self, database: Database) -> None:
        assert "not been measured" in (AuthorityClock(database, "x").why_not_ready() or "")

    async def test_a_bound_over_50_ms_is_not_ready(self, clock: AuthorityClock) -> None:
        assert clock.why_not_ready() is None
        stale = clock._samples[-1]
        clock._best = Sample(stale.taken - 200, stale.authority, stale.half_trip)
        assert "50 ms are allowed" in (clock.why_not_ready() or "")

    async def test_a_rehearsal_stands_exactly_at_its_step(
        self, database: Database, clock: AuthorityClock
    ) -> None:
        await step(database, CLOSING - MS, clock, name="closing − 1 ms")
        assert clock.stamp() == Arrival(CLOSING - MS, timedelta())
        async with database.transaction() as tx:
            state = await read_clock(tx)
        assert (state.acknowledged_by, state.waiting_for) == (("intake-api",), ())

    async def test_a_process_behind_the_step_is_waited_for(
        self, database: Database, clock: AuthorityClock
    ) -> None:
        del clock
        async with database.transaction() as tx:
            await step_clock(tx, name="closing", instant=CLOSING)
            state = await read_clock(tx)
        assert state.waiting_for == ("intake-api",)

    async def test_the_present_step_said_again_changes_nothing(
        self, database: Database, clock: AuthorityClock
    ) -> None:
        del clock
        seen = []
        for name, instant in (
            *(("closing", CLOSING),) * 2,
            ("closing", CLOSING - MS),
            ("before", CLOSING - MS),
            ("closing", CLOSING),
        ):
            async with database.transaction() as tx:
                made, new = await step_clock(tx, name=name, instant=instant)
                seen.append((made.number, new))
        assert seen == [(1, True), (1, False), (2, True), (3, True), (4, True)]

    async def test_technical_time_stays_real_in_a_rehearsal(
        self, database: Database, clock: AuthorityClock
    ) -> None:
        await step(database, CLOSING, clock)
        assert clock.technical().at - CLOSING > timedelta(days=300)


class TestLive:
    async def test_a_live_clock_cannot_be_stepped(self, live: Database) -> None:
        with pytest.raises(NotARehearsal):
            async with live.transaction() as tx:
                await step_clock(tx, name="closing", instant=CLOSING)

    async def test_the_database_itself_refuses_a_step_when_live(self, live: Database) -> None:
        with pytest.raises(DBAPIError, match="only a rehearsal database"):
            async with live.transaction() as tx:
                await tx.execute(
                    text("INSERT INTO business_clock (step, name, instant) VALUES (1, 'x', now())")
                )

    async def test_business_time_is_real_time(self, live: Database) -> None:
        clock = AuthorityClock(live, "intake-api")
        await clock.open()
        assert clock.stamp().at - clock.technical().at < timedelta(seconds=5)
        assert not clock.rehearsal
