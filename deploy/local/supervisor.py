"""Starts processes in order, keeps them running, ends them in order, and leaves none behind.

An asyncio twin of a small init: a service is kept alive, a job runs once. Every child writes into
``log/<name>.log`` below the stack's folder.
"""

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from deploy.local.ledger import MARK, FolderLock, Ledger
from deploy.local.part import Part, PartFailed
from deploy.local.program import Program, open_log, tail

FIRST_ATTEMPTS = 3
DRAIN_SECONDS = 15.0
KILL_SECONDS = 5.0
PROBE_EVERY_SECONDS = 0.1
STEADY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 15.0
Say = Callable[[str], None]


class StackFailed(Exception):
    """A service did not come up or a job failed; the end of its log tells why."""

    def __init__(self, name: str, reason: str, log_file: Path) -> None:
        super().__init__(f"{name} {reason}. The end of {log_file}:\n{tail(log_file)}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Job:
    """A process that does its work and ends with 0."""

    name: str
    program: Program


@dataclass(frozen=True, slots=True)
class Service:
    """A process to keep running. ``after_restart`` runs each time it came back after it had died."""

    name: str
    program: Callable[[], Program]
    answers: Callable[[], bool]
    prepare: Callable[[], None] = lambda: None
    ready_seconds: float = 120.0
    after_restart: Job | None = None

    @classmethod
    def of(cls, part: Part, *, after_restart: Job | None = None) -> Self:
        """An embedded part as a service."""
        return cls(part.name, part.program, part.answers, part.prepare, after_restart=after_restart)


@dataclass(slots=True)
class Pause:
    """How long to wait before a service starts again: not at all at first, then longer up to 15 seconds."""

    seconds: float = 0.0

    def after(self, uptime_seconds: float) -> float:
        """The pause now; a service that had stayed up a minute starts with a clean record."""
        if uptime_seconds > STEADY_SECONDS:
            self.seconds = 0.0
        now, self.seconds = self.seconds, min(max(0.5, self.seconds * 2), LONGEST_PAUSE_SECONDS)
        return now


@dataclass(slots=True)
class Kept:
    """A service under care: its task, its present process, whether it was ever ready."""

    service: Service
    task: "asyncio.Task[None] | None" = None
    process: Process | None = None
    up: asyncio.Event = field(default_factory=asyncio.Event)


class Supervisor:
    """Cares for the processes of one stack in ``folder``. Use as an async context: leaving it ends everything.

    Entering raises ``AlreadyRunning`` when another supervisor holds the folder, and ends what a killed
    one left there. Each ``start`` is a stage; stages end in the opposite order.
    """

    def __init__(self, folder: Path, say: Say = print, *, drain_seconds: float = DRAIN_SECONDS) -> None:
        self.folder = folder.absolute()
        self._say = say
        self._drain_seconds = drain_seconds
        self._lock = FolderLock(self.folder)
        self._ledger = Ledger(self.folder)
        self._stages: list[list[Kept]] = []
        self._jobs: list[tuple[Job, Process]] = []

    async def __aenter__(self) -> Self:
        self._lock.take()
        self._say_what_was_left(await asyncio.to_thread(self._ledger.end_leftovers, self._drain_seconds))
        return self

    def _say_what_was_left(self, ended: list[int]) -> None:
        if ended:
            self._say(f"ended {len(ended)} processes that an earlier run had left")

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def log_file(self, name: str) -> Path:
        """Where a process writes."""
        return self.folder / "log" / f"{name}.log"

    def pids(self) -> dict[str, int]:
        """The pid of each service that runs now."""
        kept = [kept for stage in self._stages for kept in stage]
        return {one.service.name: one.process.pid for one in kept if one.process is not None}

    async def start(self, *services: Service) -> None:
        """Start services side by side and wait until all are ready. Raises ``StackFailed``."""
        stage = [Kept(service) for service in services]
        self._stages.append(stage)
        await asyncio.gather(*(self._until_up(kept) for kept in stage))

    async def _until_up(self, kept: Kept) -> None:
        """Raises what ends the keeper, should it end before the service was ever ready."""
        kept.task = asyncio.create_task(self._keep(kept), name=kept.service.name)
        up = asyncio.create_task(kept.up.wait())
        await asyncio.wait({kept.task, up}, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if kept.task.done():
            kept.task.result()

    async def watch(self) -> None:
        """Return never; raise if the care for a service itself breaks down."""
        await asyncio.gather(*(kept.task for stage in self._stages for kept in stage if kept.task))

    async def _keep(self, kept: Kept) -> None:
        pause, attempts, name = Pause(), 0, kept.service.name
        while True:
            attempts, begun = attempts + 1, time.monotonic()
            try:
                await self._run_until_it_ends(kept)
            except (StackFailed, PartFailed, OSError) as failure:
                if not kept.up.is_set() and attempts >= FIRST_ATTEMPTS:
                    raise
                self._say(f"{name}: {failure}")
            seconds = pause.after(time.monotonic() - begun)
            self._say(f"{name} ended; it starts again {f'in {seconds:.1f} s' if seconds else 'now'}")
            await asyncio.sleep(seconds)

    async def _run_until_it_ends(self, kept: Kept) -> None:
        service = kept.service
        await asyncio.to_thread(service.prepare)
        kept.process = process = await self._spawn(service.name, service.program())
        try:
            if await self._until_ready(kept, process):
                await self._came_up(kept, process)
                await process.wait()
            elif process.returncode is not None and not kept.up.is_set():
                raise StackFailed(
                    service.name, f"ended with {process.returncode}", self.log_file(service.name)
                )
        finally:
            if process.returncode is not None:
                kept.process = None
                self._ledger.forget(process.pid)

    async def _until_ready(self, kept: Kept, process: Process) -> bool:
        """Whether it became ready before it ended. Only a first start has a time limit."""
        deadline = time.monotonic() + kept.service.ready_seconds
        while process.returncode is None:
            if await asyncio.to_thread(kept.service.answers):
                return process.returncode is None
            if time.monotonic() > deadline and not kept.up.is_set():
                await self._end(process, kept.service.program().stop_signal)
                reason = f"was not ready within {kept.service.ready_seconds:.0f} s"
                raise StackFailed(kept.service.name, reason, self.log_file(kept.service.name))
            await asyncio.sleep(PROBE_EVERY_SECONDS)
        return False

    async def _came_up(self, kept: Kept, process: Process) -> None:
        first = not kept.up.is_set()
        kept.up.set()
        if first:
            return
        self._say(f"{kept.service.name} is back")
        while kept.service.after_restart and process.returncode is None:
            try:
                await self.run(kept.service.after_restart)
            except StackFailed as failure:
                self._say(str(failure))
                await asyncio.sleep(1.0)
            else:
                return

    async def run(self, *jobs: Job) -> None:
        """Run jobs side by side to their end. Raises ``StackFailed`` for the first that fails."""
        codes = await asyncio.gather(*(self.exit_code_of(job) for job in jobs))
        for job, code in zip(jobs, codes, strict=True):
            if code != 0:
                raise StackFailed(job.name, f"ended with {code}", self.log_file(job.name))

    async def exit_code_of(self, job: Job) -> int:
        """Run one job to its end."""
        process = await self._spawn(job.name, job.program)
        self._jobs.append((job, process))
        code = await process.wait()
        self._jobs.remove((job, process))
        self._ledger.forget(process.pid)
        return code

    async def _spawn(self, name: str, program: Program) -> Process:
        with open_log(self.log_file(name)) as log:
            arguments = program.spawn_arguments(log, {MARK: str(self.folder)})
            process = await asyncio.create_subprocess_exec(*program.argv, **arguments)
        self._ledger.record(name, process.pid)
        return process

    async def stop(self) -> None:
        """End everything: what is asked last first, each stage with 15 seconds to drain, then by force."""
        if self._stages:
            self._say("Ending everything in order")
        await self._end_all(*((process, job.program.stop_signal) for job, process in self._jobs))
        for stage in reversed(self._stages):
            for kept in stage:
                if kept.task is not None:
                    kept.task.cancel()
            await asyncio.gather(*(kept.task for kept in stage if kept.task), return_exceptions=True)
            running = [(kept.process, kept.service.program().stop_signal) for kept in stage if kept.process]
            await self._end_all(*running)
        self._stages.clear()
        self._jobs.clear()
        await asyncio.to_thread(self._ledger.end_leftovers, self._drain_seconds)
        self._lock.release()

    async def _end_all(self, *running: tuple[Process, signal.Signals]) -> None:
        await asyncio.gather(*(self._end(process, polite) for process, polite in running))

    async def _end(self, process: Process, polite: signal.Signals) -> None:
        """End one process; by force its whole group, which it leads."""
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(polite)
        try:
            await asyncio.wait_for(process.wait(), self._drain_seconds)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
                if os.getpgid(process.pid) == process.pid:
                    os.killpg(process.pid, signal.SIGKILL)
            await asyncio.wait_for(process.wait(), KILL_SECONDS)
        self._ledger.forget(process.pid)
