"""``GET /v1/time`` for front ends' countdowns, and the steps of a rehearsal's clock."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import Field

from shared.auth.caller import Caller, Role
from shared.auth.dependencies import PUBLIC, CallerDep, allow
from shared.auth.rules import Access
from shared.clock.authority import AuthorityClock
from shared.clock.rehearsal import ClockState, NotARehearsal, read_clock, step_clock
from shared.database.connection import Database, Tx
from shared.delivery.audit import write_audit
from shared.http.problems import problems
from shared.http.schema import Instant, Schema
from shared.ids import new_uuid

TIME_ZONE = "Asia/Seoul"
_OPERATORS = allow(Access.to(Role.OPERATOR))


class TimeOut(Schema):
    """The authority's time: what deadlines are measured by."""

    now: datetime = Field(description="Business time, UTC")
    bound_ms: float = Field(description="How far `now` may be off, milliseconds", ge=0)
    time_zone: str = Field(default=TIME_ZONE, description="Where deadlines are announced")
    rehearsal: bool = Field(description="True: a rehearsal, whose time is stepped by its operator")


class StepIn(Schema):
    """Where to set the clock."""

    name: str = Field(min_length=1, max_length=100, examples=["closing − 1 ms"])
    instant: Instant = Field(examples=["2025-03-11T08:59:59.999Z"])


class ClockOut(Schema):
    """Where the clock stands and which processes of this service stand there with it."""

    step: int = Field(description="0 before the first step: the clock runs in real time")
    name: str | None
    instant: datetime | None
    acknowledged_by: tuple[str, ...]
    waiting_for: tuple[str, ...]

    @classmethod
    def of(cls, state: ClockState) -> "ClockOut":
        """The answer for a clock's state."""
        step = state.step
        return cls(
            step=step.number if step else 0,
            name=step.name if step else None,
            instant=step.instant if step else None,
            acknowledged_by=state.acknowledged_by,
            waiting_for=state.waiting_for,
        )


def router() -> APIRouter:
    """The routes about time, the same in every service; they need ``clock`` and ``database`` in the app's state."""
    routes = APIRouter(prefix="/v1", tags=["time"])

    @routes.get("/time", operation_id="getTime", summary="Ask what time it is here", dependencies=[PUBLIC])
    async def get_time(request: Request) -> TimeOut:
        """Business time with its error bound; in a rehearsal the instant its clock stands at."""
        clock: AuthorityClock = request.app.state.clock
        stamp = clock.stamp()
        return TimeOut(
            now=stamp.at,
            bound_ms=round(stamp.bound.total_seconds() * 1000, 3),
            rehearsal=clock.rehearsal,
        )

    @routes.get(
        "/rehearsal/clock",
        operation_id="getRehearsalClock",
        dependencies=[_OPERATORS],
        summary="Read where the rehearsal's clock stands",
        responses=problems(NotARehearsal),
    )
    async def get_clock(request: Request) -> ClockOut:
        """The present step and which processes have acknowledged it."""
        database: Database = request.app.state.database
        async with database.transaction() as tx:
            return ClockOut.of(await read_clock(tx))

    @routes.post(
        "/rehearsal/clock",
        operation_id="stepRehearsalClock",
        dependencies=[_OPERATORS],
        summary="Step the rehearsal's clock",
        status_code=201,
        responses=problems(NotARehearsal),
    )
    async def post_step(request: Request, body: StepIn, operator: CallerDep) -> ClockOut:
        """Set the business clock; it stands there until the next step. Repeating the present step changes nothing."""
        database: Database = request.app.state.database
        async with database.transaction() as tx:
            _, new = await step_clock(tx, name=body.name, instant=body.instant)
            if new:
                await _audit_step(tx, body, operator)
            state = await read_clock(tx)
        await request.app.state.clock.follow()
        return ClockOut.of(state)

    return routes


async def _audit_step(tx: Tx, body: StepIn, operator: Caller) -> None:
    await write_audit(
        tx,
        actor=operator.subject,
        action="step_clock",
        object_type="clock",
        object_id=new_uuid(),
        business_at=body.instant,
        facts={"name": body.name},
    )
