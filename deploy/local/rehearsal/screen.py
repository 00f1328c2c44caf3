"""What somebody watching sees: the year, the stages under way, and each failed check as it happens."""

import asyncio
import time
from collections.abc import Awaitable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from deploy.local.rehearsal.checks import Check
from deploy.local.rehearsal.clock import Step

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stage:
    """A finished stage and how long it took."""

    name: str
    acts: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The stage as JSON values."""
        return {"name": self.name, "acts": self.acts, "seconds": round(self.seconds, 3)}


@dataclass(slots=True)
class Screen:
    """The terminal. ``stages`` are those that were played so far."""

    console: Console
    progress: Progress
    year: TaskID
    begins_at: datetime
    stages: list[Stage] = field(default_factory=list)

    @classmethod
    @contextmanager
    def open(cls, console: Console, begins_at: datetime, ends_at: datetime) -> "Iterator[Screen]":
        """Show how far the year has come, and the present stages, until the block ends."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console) as progress:
            year = progress.add_task("the year, in days", total=(ends_at - begins_at).days)
            yield cls(console, progress, year, begins_at)

    def stepped(self, step: Step) -> None:
        """The clock stands at a new instant."""
        days = (step.instant - self.begins_at).days
        self.progress.update(self.year, completed=max(days, 0), description=f"the year, in days: {step.name}")

    def failed(self, check: Check) -> None:
        """Tell of a failed check above the bars."""
        self.console.print(f"failed – {check}", style="red", markup=False, highlight=False, soft_wrap=True)

    async def crowd(self, name: str, acts: Sequence[Coroutine[Any, Any, Result]]) -> list[Result]:
        """Play all acts side by side, one bar for them. The first failure ends the others and is raised."""
        begun = time.monotonic()
        task = self.progress.add_task(name, total=len(acts))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._counted(act, task)) for act in acts]
        self.progress.remove_task(task)
        self.stages.append(Stage(name, len(acts), time.monotonic() - begun))
        return [done.result() for done in tasks]

    async def alone(self, name: str, act: Coroutine[Any, Any, Result]) -> Result:
        """Play one act with a bar of its own."""
        return (await self.crowd(name, [act]))[0]

    async def _counted(self, act: Awaitable[Result], task: TaskID) -> Result:
        result = await act
        self.progress.advance(task)
        return result
