"""Stepping the business clock of all four services together."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from deploy.local.rehearsal.door import Person, at_once
from deploy.local.rehearsal.waiting import until
from shared.settings import SERVICES, ServiceName

EVERY_SECONDS = 0.03


class ClockStuck(Exception):
    """Some process did not follow a step in time."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was made. ``seconds``: how long until every process stood there."""

    name: str
    instant: datetime
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The step as JSON values."""
        return {"name": self.name, "instant": self.instant.isoformat(), "seconds": round(self.seconds, 3)}


@dataclass(slots=True)
class Clock:
    """The four clocks in the hand of an operator. ``on_step`` hears of each step once everybody stands there."""

    operator: Person
    on_step: Callable[[Step], None]
    steps: list[Step] = field(default_factory=list)

    async def step(self, name: str, instant: datetime) -> None:
        """Set every service to ``instant`` and wait until all their processes stand there.

        Raises ``ClockStuck``; ``Refused`` where a service is live (its clock cannot be stepped).
        """
        begun = time.monotonic()
        await at_once(*(self._step_one(service, name, instant) for service in SERVICES))
        made = Step(name, instant, time.monotonic() - begun)
        self.steps.append(made)
        self.on_step(made)

    async def _step_one(self, service: ServiceName, name: str, instant: datetime) -> None:
        path = f"/{service}/v1/rehearsal/clock"
        await self.operator.post(path, {"name": name, "instant": instant.isoformat()})
        state = await until(
            lambda: self.operator.get(path), lambda found: not found["waiting_for"], every=EVERY_SECONDS
        )
        if state["waiting_for"]:
            raise ClockStuck(f"{service} does not follow to {name}: {', '.join(state['waiting_for'])}")
