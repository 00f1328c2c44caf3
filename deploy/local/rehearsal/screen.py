"""What somebody watching sees: one progress bar a stage, and each failed check as it happens."""

import asyncio
import time
from collections.abc import Awaitable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from deploy.local.rehearsal.checks import Check

WIDTH = 120
"""Columns where the terminal does not say, as in a file."""
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
    stages: list[Stage] = field(default_factory=list)

    @classmethod
    @contextmanager
    def open(cls, console: Console) -> "Iterator[Screen]":
        """Show progress until the block ends; where nobody watches, only its last picture is written."""
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console) as progress:
            yield cls(console, progress)

    def failed(self, check: Check) -> None:
        """Tell of a failed check above the bars."""
        self.console.print(f"failed – {check}", style="red", markup=False, highlight=False, soft_wrap=True)

    async def crowd(self, name: str, acts: Sequence[Coroutine[Any, Any, Result]]) -> list[Result]:
        """Play all acts side by side, one bar for them. The first failure ends the others and is raised."""
        begun = time.monotonic()
        task = self.progress.add_task(name, total=len(acts))
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._counted(act, task)) for act in acts]
        self.stages.append(Stage(name, len(acts), time.monotonic() - begun))
        return [done.result() for done in tasks]

    async def alone(self, name: str, act: Coroutine[Any, Any, Result]) -> Result:
        """Play one act with a bar of its own."""
        return (await self.crowd(name, [act]))[0]

    async def _counted(self, act: Awaitable[Result], task: TaskID) -> Result:
        result = await act
        self.progress.advance(task)
        return result
