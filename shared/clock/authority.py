"""One authority for time: the service's own database clock, measured by each process with an error bound.

Business time is the authority's time, or, in a rehearsal database, the instant its clock was stepped to
(exact, so its bound is zero). Technical time (tokens, leases, back-off) is always real.
"""

import asyncio
import contextlib
import time
from collections import deque
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shared.clock.arrival import Arrival
from shared.database.connection import Database
from shared.ids import new_uuid
from shared.telemetry.metrics import gauge

log = structlog.get_logger()

BOUND = gauge("clock_bound_seconds", "How far this process's stamps may be off; over 0.05 it is not ready")
READY_BOUND = timedelta(milliseconds=50)
DRIFT = 500e-6  # what the kernel may slew CLOCK_MONOTONIC by, seconds per second
MEASURE_EVERY_SECONDS = 1.0
FOLLOW_EVERY_SECONDS = 0.1
ACKNOWLEDGE_EVERY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading of the database's clock: true within ``half_trip`` seconds at monotonic ``taken``."""

    taken: float
    authority: datetime
    half_trip: float

    def bound_at(self, now: float) -> float:
        """Error bound in seconds when used at monotonic ``now``."""
        return self.half_trip + (now - self.taken) * DRIFT


@dataclass(frozen=True, slots=True)
class Step:
    """A named instant that a rehearsal's clock stands at."""

    number: int
    name: str
    instant: datetime


class ClockNotMeasured(Exception):
    """The clock was asked before its first measurement."""


class AuthorityClock:
    """The process's view of the authority clock. ``open`` measures it; ``run`` keeps it measured."""

    def __init__(self, database: Database, process_name: str) -> None:
        self._database = database
        self._process_name = process_name
        self._process_id: UUID = new_uuid()
        self._samples: deque[Sample] = deque(maxlen=30)
        self._best: Sample | None = None
        self._last = datetime.min.replace(tzinfo=UTC)
        self._step: Step | None = None
        self._acknowledged_at = 0.0
        self.rehearsal = False

    async def open(self) -> None:
        """Measure once and learn whether this is a rehearsal. Raises what the database raises when it is down."""
        for _ in range(3):
            await self._measure()
        async with self._database.engine.connect() as connection:
            kind = await connection.scalar(text("SELECT kind FROM installation"))
        self.rehearsal = kind == "rehearsal"
        if self.rehearsal:
            await self.follow()

    def technical(self) -> Arrival:
        """Real time now with its bound; never goes back within a process."""
        if self._best is None:
            raise ClockNotMeasured
        now = time.monotonic()
        best = self._best
        at = best.authority + timedelta(seconds=now - best.taken)
        self._last = max(self._last, at)
        return Arrival(self._last, timedelta(seconds=best.bound_at(now)))

    def stamp(self) -> Arrival:
        """Business time now: what deadlines, embargoes and receipts are measured by."""
        if self._step is not None:
            return Arrival(self._step.instant, timedelta())
        return self.technical()

    def now(self) -> datetime:
        """Business time now, without its bound."""
        return self.stamp().at

    @property
    def step(self) -> Step | None:
        """The step a rehearsal stands at, None when time is real."""
        return self._step

    def why_not_ready(self) -> str | None:
        """The reason why stamps may not be relied on, or None."""
        if self._best is None:
            return "the clock has not been measured against the database"
        bound = self.technical().bound
        if bound > READY_BOUND:
            return f"the clock is only known within {bound.total_seconds() * 1000:.0f} ms; 50 ms are allowed"
        return None

    async def run(self) -> None:
        """Keep measuring and, in a rehearsal, following its steps, until cancelled."""
        measured_at = 0.0
        try:
            while True:
                try:
                    if time.monotonic() - measured_at >= MEASURE_EVERY_SECONDS:
                        measured_at = time.monotonic()
                        await self._measure()
                    if self.rehearsal:
                        await self.follow()
                except (SQLAlchemyError, OSError, TimeoutError) as error:
                    log.warning("clock.unmeasured", error=type(error).__name__)
                if self._best is not None:  # the bound grows while the clock cannot be measured
                    BOUND.set(self.technical().bound.total_seconds())
                await asyncio.sleep(FOLLOW_EVERY_SECONDS if self.rehearsal else MEASURE_EVERY_SECONDS)
        finally:
            with contextlib.suppress(SQLAlchemyError, OSError, TimeoutError):
                await self._leave()

    async def _measure(self) -> None:
        async with self._database.engine.connect() as connection:
            await connection.execute(text("SELECT 1"))  # the connection is warm, so the trip is short
            before = time.monotonic()
            authority = await connection.scalar(text("SELECT clock_timestamp()"))
            after = time.monotonic()
        if authority is None:
            raise ClockNotMeasured
        half_trip = (after - before) / 2
        self._samples.append(Sample(before + half_trip, authority, half_trip))
        # all bounds grow alike, so the least one now is the least one until the next measurement
        self._best = min(self._samples, key=lambda sample: sample.bound_at(after))

    async def follow(self) -> None:
        """Adopt the newest step and say so; the acknowledgement is written after the step is in force."""
        async with self._database.engine.connect() as connection:
            row = (
                await connection.execute(
                    text("SELECT step, name, instant FROM business_clock ORDER BY step DESC LIMIT 1")
                )
            ).first()
        newest = Step(row.step, row.name, row.instant) if row else None
        fresh = newest != self._step
        self._step = newest
        if fresh or time.monotonic() - self._acknowledged_at >= ACKNOWLEDGE_EVERY_SECONDS:
            await self._acknowledge(newest.number if newest else 0)

    async def _acknowledge(self, step: int) -> None:
        async with self._database.transaction() as tx:
            await tx.execute(
                text(
                    "INSERT INTO clock_acknowledgement (process_id, process_name, step) VALUES (:id, :name, :step) "
                    "ON CONFLICT (process_id) DO UPDATE SET step = EXCLUDED.step, seen_at = clock_timestamp()"
                ),
                {"id": self._process_id, "name": self._process_name, "step": step},
            )
        self._acknowledged_at = time.monotonic()

    async def _leave(self) -> None:
        if self.rehearsal:
            async with self._database.transaction() as tx:
                await tx.execute(
                    text("DELETE FROM clock_acknowledgement WHERE process_id = :id"), {"id": self._process_id}
                )
