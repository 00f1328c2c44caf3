"""Starts child processes of one stack and ends them, with a log and an entry in the ledger for each."""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.local.ledger import MARK, Ledger
from deploy.local.program import Program, open_log
from deploy.local.readiness import ReadinessSocket

KILL_SECONDS = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Child:
    """One process of a service or job; ``readiness``: where it says that it is ready, if it does."""

    name: str
    process: Process
    stop_signal: signal.Signals
    readiness: ReadinessSocket | None = None

    @property
    def ended(self) -> bool:
        """Whether it was seen to end."""
        return self.process.returncode is not None


class Children:
    """All processes of one stack, writing into ``log/<name>.log`` below its folder."""

    def __init__(self, folder: Path, drain_seconds: float) -> None:
        self.folder = folder
        self.drain_seconds = drain_seconds
        self.ledger = Ledger(folder)

    def log_file(self, name: str) -> Path:
        """Where a process writes."""
        return self.folder / "log" / f"{name}.log"

    async def start(
        self,
        name: str,
        program: Program,
        *,
        sockets: Sequence[int] = (),
        told: Mapping[str, str] | None = None,
        readiness: ReadinessSocket | None = None,
    ) -> Child:
        """Start one; it inherits ``sockets`` and nothing else, and ``told`` beside its environment."""
        extra = {MARK: str(self.folder), **(told or {})}
        if readiness is not None:
            extra["NOTIFY_SOCKET"] = readiness.address
        with open_log(self.log_file(name)) as log:
            arguments = program.spawn_arguments(log, extra)
            process = await asyncio.create_subprocess_exec(*program.argv, pass_fds=sockets, **arguments)
        self.ledger.record(name, process.pid)
        return Child(name, process, program.stop_signal, readiness)

    def forget(self, child: Child) -> None:
        """It was seen to end."""
        self.ledger.forget(child.process.pid)
        if child.readiness is not None:
            child.readiness.close()

    async def end(self, child: Child, within: float | None = None) -> bool:
        """End one; after the time to drain by force, with the whole group that it leads. Whether by force."""
        forced = False
        with contextlib.suppress(ProcessLookupError):
            child.process.send_signal(child.stop_signal)
        try:
            await asyncio.wait_for(child.process.wait(), self.drain_seconds if within is None else within)
        except TimeoutError:
            forced = True
            with contextlib.suppress(ProcessLookupError):
                child.process.kill()
                if os.getpgid(child.process.pid) == child.process.pid:
                    os.killpg(child.process.pid, signal.SIGKILL)
            await asyncio.wait_for(child.process.wait(), KILL_SECONDS)
        self.forget(child)
        return forced
