"""Stepping the business clock of a rehearsal database, and seeing who follows."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from shared.clock.authority import Step
from shared.database.connection import Tx
from shared.errors import DomainError, Kind

GONE_AFTER_SECONDS = 5
"""A process that has not been seen for so long counts as dead and is not waited for."""

_NEWEST = text("SELECT step, name, instant FROM business_clock ORDER BY step DESC LIMIT 1")


class NotARehearsal(DomainError):
    """The database is live: its time is real and cannot be stepped."""

    kind = Kind.NOT_FOUND
    title = "Not a rehearsal"

    def __init__(self) -> None:
        super().__init__("This installation is live: its clock cannot be stepped.")


@dataclass(frozen=True, slots=True)
class ClockState:
    """The present step and the processes that stand at it, or behind it."""

    step: Step | None
    acknowledged_by: tuple[str, ...]
    waiting_for: tuple[str, ...]


async def step_clock(tx: Tx, *, name: str, instant: datetime) -> tuple[Step, bool]:
    """Set the business clock to ``instant``; it stands there until the next step. Raises ``NotARehearsal``.

    Whether the step is new: saying again where the clock stands already, under the same name, changes nothing.
    """
    await _require_rehearsal(tx)
    await tx.execute(text("LOCK TABLE business_clock IN SHARE ROW EXCLUSIVE MODE"))
    present = (await tx.execute(_NEWEST)).first()
    if present is not None and (present.name, present.instant) == (name, instant):
        return Step(present.step, name, instant), False
    row = (
        await tx.execute(
            text(
                "INSERT INTO business_clock (step, name, instant) "
                "SELECT coalesce(max(step), 0) + 1, :name, :instant FROM business_clock RETURNING step"
            ),
            {"name": name, "instant": instant},
        )
    ).one()
    return Step(row.step, name, instant), True


async def read_clock(tx: Tx) -> ClockState:
    """The present step and who has acknowledged it. Raises ``NotARehearsal``."""
    await _require_rehearsal(tx)
    row = (await tx.execute(_NEWEST)).first()
    step = Step(row.step, row.name, row.instant) if row else None
    seen = (
        await tx.execute(
            text(
                "SELECT process_name, step FROM clock_acknowledgement "
                "WHERE seen_at > clock_timestamp() - make_interval(secs => :gone) ORDER BY process_name"
            ),
            {"gone": GONE_AFTER_SECONDS},
        )
    ).all()
    present = step.number if step else 0
    return ClockState(
        step,
        tuple(process.process_name for process in seen if process.step >= present),
        tuple(process.process_name for process in seen if process.step < present),
    )


async def _require_rehearsal(tx: Tx) -> None:
    if await tx.scalar(text("SELECT kind FROM installation")) != "rehearsal":
        raise NotARehearsal
