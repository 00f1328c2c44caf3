"""Starts processes in order, keeps them running, ends them in order, and leaves none behind.

An asyncio twin of a small init: a service is kept alive, a job runs once. Every child writes into
``log/<name>.log`` below the stack's folder. It owns the listening sockets of the services that say which.
"""

import asyncio
from pathlib import Path
from typing import Self

from deploy.local.children import Child, Children
from deploy.local.keeper import Keeper, Pause, Say
from deploy.local.ledger import FolderLock
from deploy.local.listeners import Listeners
from deploy.local.rolling import Roller
from deploy.local.service import Job, Service, StackFailed

__all__ = ["Job", "Pause", "Service", "StackFailed", "Supervisor"]

DRAIN_SECONDS = 15.0


class Supervisor:
    """Cares for the processes of one stack in ``folder``. Use as an async context: leaving it ends everything.

    Entering raises ``AlreadyRunning`` when another supervisor holds the folder, and ends what a killed
    one left there. Each ``start`` is a stage; stages end in the opposite order. ``rolling`` restarts services
    one after the other without a pause.
    """

    def __init__(self, folder: Path, say: Say = print, *, drain_seconds: float = DRAIN_SECONDS) -> None:
        self.folder = folder.absolute()
        self._say = say
        self._lock = FolderLock(self.folder)
        self._children = Children(self.folder, drain_seconds)
        self._listeners = Listeners()
        self._stages: list[list[Keeper]] = []
        self._jobs: list[Child] = []
        self.rolling = Roller(self.folder, self.keepers, say)

    async def __aenter__(self) -> Self:
        self._lock.take()
        if ended := await asyncio.to_thread(self._end_leftovers):
            self._say(f"ended {len(ended)} processes that an earlier run had left")
        self.rolling.begin()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _end_leftovers(self) -> list[int]:
        return self._children.ledger.end_leftovers(self._children.drain_seconds)

    def log_file(self, name: str) -> Path:
        """Where a process writes."""
        return self._children.log_file(name)

    def keepers(self) -> dict[str, Keeper]:
        """Who cares for each service, in the order in which they were started."""
        return {keeper.service.name: keeper for stage in self._stages for keeper in stage}

    def pids(self) -> dict[str, int]:
        """The pid of each service that runs now."""
        return {
            name: keeper.current.process.pid
            for name, keeper in self.keepers().items()
            if keeper.current is not None
        }

    async def start(self, *services: Service) -> None:
        """Start services side by side and wait until all are ready. Raises ``StackFailed`` or ``AddressTaken``."""
        stage = [
            Keeper(service, self._children, self._listeners, self._say, self.run) for service in services
        ]
        self._stages.append(stage)
        await asyncio.gather(*(keeper.until_up() for keeper in stage))

    async def watch(self) -> None:
        """Return never; raise if the care for a service itself breaks down."""
        await asyncio.gather(self.rolling.run(), *(keeper.watch() for keeper in self.keepers().values()))

    async def run(self, *jobs: Job) -> None:
        """Run jobs side by side to their end. Raises ``StackFailed`` for the first that fails."""
        codes = await asyncio.gather(*(self.exit_code_of(job) for job in jobs))
        for job, code in zip(jobs, codes, strict=True):
            if code != 0:
                raise StackFailed(job.name, f"ended with {code}", self.log_file(job.name))

    async def exit_code_of(self, job: Job) -> int:
        """Run one job to its end."""
        child = await self._children.start(job.name, job.program)
        self._jobs.append(child)
        code = await child.process.wait()
        self._jobs.remove(child)
        self._children.forget(child)
        return code

    async def stop(self) -> None:
        """End everything: what is asked last first, each stage with 15 seconds to drain, then by force."""
        if self._stages:
            self._say("Ending everything in order")
        self.rolling.end()
        await asyncio.gather(*(self._children.end(job) for job in self._jobs))
        for stage in reversed(self._stages):
            await asyncio.gather(*(keeper.stop() for keeper in stage))
        self._stages.clear()
        self._jobs.clear()
        self._listeners.close()
        await asyncio.to_thread(self._end_leftovers)
        self._lock.release()
