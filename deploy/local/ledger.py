"""One supervisor per folder, and the book of its children: what a killed supervisor left can be ended later."""

import contextlib
import fcntl
import json
import os
import signal
import time
from pathlib import Path
from typing import IO, Any

import psutil

from deploy.local.running import end, marked, started

MARK = "KCITY_STACK_FOLDER"
"""Every child carries this in its environment; its value is the stack's folder."""
GLANCE_SECONDS = 0.1


class AlreadyRunning(Exception):
    """Another supervisor holds this folder."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"another stack (pid {holder or 'unknown'}) already runs on {folder}. Stop it first, or give this "
            "one its own KCITY_LOCAL_FOLDER and KCITY_PORT_OFFSET."
        )


class FolderLock:
    """Holds ``stack.lock``; the kernel lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raise ``AlreadyRunning`` when somebody else holds it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        file = (self.folder / "stack.lock").open("a+")
        if not _locked(file):
            time.sleep(GLANCE_SECONDS)  # somebody may only have looked: see ``holder_of``
            if not _locked(file):
                file.seek(0)
                holder = file.read().strip()
                file.close()
                raise AlreadyRunning(self.folder, holder)
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let go."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def holder_of(folder: Path) -> int | None:
    """The pid of the supervisor that holds the folder, or None."""
    try:
        with (folder / "stack.lock").open("r+") as file:
            return None if _locked(file) else int(file.read() or 0) or None
    except FileNotFoundError:
        return None


class Ledger:
    """The children alive now, in ``stack.pids``: name, pid and what tells this run of the pid from another."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._file = folder / "stack.pids"
        self._runs: dict[int, tuple[str, str | None]] = {}

    def record(self, name: str, pid: int) -> None:
        """A child was started."""
        self._runs[pid] = (name, started(pid))
        self._write()

    def forget(self, pid: int) -> None:
        """A child was seen to end."""
        self._runs.pop(pid, None)
        self._write()

    def _write(self) -> None:
        rows = [{"name": name, "pid": pid, "started": run} for pid, (name, run) in self._runs.items()]
        torn = self._file.with_suffix(".torn")
        with contextlib.suppress(
            OSError
        ):  # a full disk must not make us forget a child that runs: the marks tell
            torn.write_text(json.dumps(rows, indent=1))
            torn.replace(self._file)

    def leftovers(self) -> list[psutil.Process]:
        """Live processes of this stack: those in the book, still the same run, and any that carry our mark."""
        found = {process.pid: process for process in marked(MARK, str(self.folder))}
        for row in self._read():
            if row["started"] is not None and started(row["pid"]) == row["started"]:
                found[row["pid"]] = psutil.Process(row["pid"])
        found.pop(os.getpid(), None)
        return list(found.values())

    def _read(self) -> list[dict[str, Any]]:
        try:
            rows: list[dict[str, Any]] = json.loads(self._file.read_text())
        except (OSError, ValueError):
            return []  # never written, or torn by a crash: the marks still tell
        return rows

    def end_leftovers(self, grace_seconds: float) -> list[int]:
        """End every leftover, by force after ``grace_seconds``; return their pids."""
        ended = end(self.leftovers, signal.SIGTERM, grace_seconds=grace_seconds)
        self._runs.clear()
        self._write()
        return ended
