"""Processes that run already: recognised without doubt before one is ended."""

import contextlib
import signal
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

GRACE_SECONDS = 10.0
POLL_SECONDS = 0.05


class StillRunning(Exception):
    """A leftover process could not be ended, not even by force."""

    def __init__(self, pids: Sequence[int]) -> None:
        super().__init__(f"processes {', '.join(map(str, pids))} could not be ended")


def started(pid: int) -> str | None:
    """What tells this run of ``pid`` from any other: boot and start tick; None when it is gone or a zombie.

    Source: proc(5), ``/proc/<pid>/stat`` fields 3 (state) and 22 (starttime).
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return _started_elsewhere(pid)
    return None if fields[0] in "ZX" else f"{boot}/{fields[19]}"


def _started_elsewhere(pid: int) -> str | None:
    """The same where there is no /proc, to the hundredth of a second."""
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        if not Path("/proc/self").exists() and process.status() != psutil.STATUS_ZOMBIE:
            return f"{process.create_time():.2f}"
    return None


def working_in(folder: Path, program: str) -> list[psutil.Process]:
    """Live processes of ``program`` (name of its executable) whose working folder is ``folder``."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if Path(process.cwd()) == folder.resolve() and _executable(process) == program:
                found.append(process)
    return found


def _executable(process: psutil.Process) -> str:
    """Name of the executable; a zombie has none, and a replaced file has words behind its name."""
    return Path(process.exe()).name.partition(" ")[0]


def marked(name: str, value: str) -> list[psutil.Process]:
    """Live processes that carry ``name=value`` in the environment they were started with."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.status() != psutil.STATUS_ZOMBIE and process.environ().get(name) == value:
                found.append(process)
    return found


def end(
    find: Callable[[], list[psutil.Process]], polite: signal.Signals, *, grace_seconds: float = GRACE_SECONDS
) -> list[int]:
    """End whatever ``find`` finds, politely and after ``grace_seconds`` by force; return the pids met.

    ``find`` is asked again until it finds nothing, so that children born meanwhile end too.
    Raises ``StillRunning`` when force does not help either.
    """
    met: dict[int, None] = {}
    deadline = time.monotonic() + grace_seconds
    while left := find():
        forced = time.monotonic() > deadline
        if time.monotonic() > deadline + GRACE_SECONDS:
            raise StillRunning([process.pid for process in left])
        for process in left:
            if forced or process.pid not in met:
                with contextlib.suppress(psutil.Error):
                    process.send_signal(signal.SIGKILL if forced else polite)
            met[process.pid] = None
        time.sleep(POLL_SECONDS)
    return list(met)
