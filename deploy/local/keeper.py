"""Cares for one service: keeps a process of it running, and lets a new process relieve the present one."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local.children import Child, Children
from deploy.local.listeners import Listeners
from deploy.local.part import PartFailed
from deploy.local.readiness import ReadinessSocket
from deploy.local.service import Job, Service, StackFailed

FIRST_ATTEMPTS = 3
PROBE_EVERY_SECONDS = 0.1
STEADY_SECONDS = 60.0
LONGEST_PAUSE_SECONDS = 15.0
RELIEF_SECONDS = 120.0
Say = Callable[[str], None]
Run = Callable[[Job], Awaitable[None]]


class NotRelieved(Exception):
    """A service could not be relieved; what ran before runs on."""


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


class Keeper:
    """One service under care. ``run``: how a job is run after its service came back."""

    def __init__(
        self, service: Service, children: Children, listeners: Listeners, say: Say, run: Run
    ) -> None:
        self.service = service
        self.current: Child | None = None
        self._children = children
        self._listeners = listeners
        self._say = say
        self._run = run
        self._task: asyncio.Task[None] | None = None
        self._up = asyncio.Event()  # was ready once
        self._serving = asyncio.Event()  # is ready now
        self._heir: Child | None = None
        self._relieved = asyncio.Event()
        self._relieving = asyncio.Lock()
        self._adopted = asyncio.Event()
        self._draining: asyncio.Task[bool] | None = None  # what the last relief left to do
        self._leaving: set[Child] = set()

    async def until_up(self) -> None:
        """Begin to care and wait until it is ready. Raises ``StackFailed`` after three attempts."""
        self._task = asyncio.create_task(self._keep(), name=self.service.name)
        up = asyncio.create_task(self._up.wait())
        await asyncio.wait({self._task, up}, return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if self._task.done():
            self._task.result()

    async def watch(self) -> None:
        """Return never; raise if the care itself breaks down."""
        if self._task is not None:
            await self._task

    async def stop(self) -> None:
        """End every process of it, politely first."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        last = [child for child in (self.current, self._heir, *self._leaving) if child is not None]
        await asyncio.gather(*(self._children.end(child, self.service.stop_seconds) for child in last))
        self.current = self._heir = None

    async def relieve(self) -> "asyncio.Task[bool]":
        """Start a successor on the same sockets; when it says that it is ready, the present process drains.

        Returns the draining, whose result tells whether it took force. Raises ``NotRelieved`` when the service
        has no sockets of ours, stays down for two minutes, or its successor is not ready within two.
        """
        name = self.service.name
        if not self.service.listens:
            raise NotRelieved(f"{name} cannot share its address with a successor")
        async with self._relieving:
            await self._until_serving()
            self._draining = None
            try:
                self._heir = heir = await self._spawn()
            except (OSError, PartFailed) as failure:
                raise NotRelieved(f"its successor did not start: {failure}") from failure
            if not await self._says_ready(heir):
                await self._drop(heir)
                raise NotRelieved(
                    f"its successor was not ready within {RELIEF_SECONDS:.0f} s: see {self._log_file}"
                )
            if self._heir is heir:  # unless the old one ended by itself and the heir has its place already
                self._adopted.clear()
                self._relieved.set()
                await self._adopted.wait()
            return self._draining or asyncio.create_task(_nothing_to_drain())

    @property
    def _log_file(self) -> Path:
        return self._children.log_file(self.service.name)

    async def _until_serving(self) -> None:
        try:
            async with asyncio.timeout(RELIEF_SECONDS):
                await self._serving.wait()
        except TimeoutError:
            raise NotRelieved(f"it is down, and starts again by itself: see {self._log_file}") from None

    async def _says_ready(self, child: Child) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(RELIEF_SECONDS):
                return await self._ready_or_ended(child)
        return False

    async def _drop(self, heir: Child) -> None:
        """Unless the present process has ended meanwhile: then the keeper goes on with the heir."""
        if self._heir is heir:
            self._heir = None
            await self._children.end(heir)

    async def _keep(self) -> None:
        pause, attempts, name = Pause(), 0, self.service.name
        while True:
            attempts, begun = attempts + 1, time.monotonic()
            try:
                await self._care_for_one()
            except (StackFailed, PartFailed, OSError) as failure:
                if not self._up.is_set() and attempts >= FIRST_ATTEMPTS:
                    raise
                self._say(f"{name}: {failure}")
            if self._heir is None:
                seconds = pause.after(time.monotonic() - begun)
                self._say(f"{name} ended; it starts again {f'in {seconds:.1f} s' if seconds else 'now'}")
                await first_of(asyncio.sleep(seconds), self._relieved.wait())

    async def _care_for_one(self) -> None:
        """Care for the heir, or for a new process, until it ends or is relieved; then it drains."""
        relieves, self._heir = self._heir, None
        self._relieved.clear()
        self._adopted.set()
        self.current = child = relieves or await self._spawn()
        try:
            await first_of(self._care_for(child, after_death=relieves is None), self._relieved.wait())
        finally:
            self._serving.clear()
            if child.ended:
                self.current = None
                self._children.forget(child)
        if not child.ended:
            self._draining = asyncio.create_task(self._drain(child), name=f"{child.name} drains")

    async def _drain(self, child: Child) -> bool:
        self._leaving.add(child)
        try:
            return await self._children.end(child, self.service.drain_seconds)
        finally:
            self._leaving.discard(child)

    async def _care_for(self, child: Child, *, after_death: bool) -> None:
        if await self._until_ready(child):
            self._serving.set()
            await self._came_up(child, after_death=after_death)
            await child.process.wait()
        elif child.ended and not self._up.is_set():
            raise StackFailed(self.service.name, f"ended with {child.process.returncode}", self._log_file)

    async def _spawn(self) -> Child:
        service = self.service
        await asyncio.to_thread(service.prepare)
        numbers = self._listeners.numbers(*service.listens)
        readiness = ReadinessSocket(self._children.folder) if numbers else None
        told = service.told(numbers) if numbers else {}
        try:
            return await self._children.start(
                service.name, service.program(), sockets=numbers, told=told, readiness=readiness
            )
        except BaseException:
            if readiness is not None:
                readiness.close()
            raise

    async def _until_ready(self, child: Child) -> bool:
        """Whether it became ready before it ended. Only a first start has a time limit."""
        try:
            async with asyncio.timeout(None if self._up.is_set() else self.service.ready_seconds):
                return await self._ready_or_ended(child)
        except TimeoutError:
            await self._children.end(child)
            reason = f"was not ready within {self.service.ready_seconds:.0f} s"
            raise StackFailed(self.service.name, reason, self._log_file) from None

    async def _ready_or_ended(self, child: Child) -> bool:
        if child.readiness is not None:
            await first_of(child.process.wait(), child.readiness.said.wait())
            return child.readiness.said.is_set() and not child.ended
        while not child.ended:
            if await asyncio.to_thread(self.service.answers):
                return not child.ended
            await asyncio.sleep(PROBE_EVERY_SECONDS)
        return False

    async def _came_up(self, child: Child, *, after_death: bool) -> None:
        first = not self._up.is_set()
        self._up.set()
        if first or not after_death:
            return
        self._say(f"{self.service.name} is back")
        while self.service.after_restart and not child.ended:
            try:
                await self._run(self.service.after_restart)
            except StackFailed as failure:
                self._say(str(failure))
                await asyncio.sleep(1.0)
            else:
                return


async def _nothing_to_drain() -> bool:
    return False


async def first_of(*awaited: Coroutine[Any, Any, Any]) -> None:
    """Wait until one of them is done and raise what it raised; the others are cancelled."""
    tasks = [asyncio.ensure_future(one) for one in awaited]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
    for task in done:
        task.result()
