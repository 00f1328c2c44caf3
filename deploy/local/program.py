"""A program to run as a child: its argv, environment, account, and the signal that ends it politely."""

import os
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from deploy.local.account import Account, before_exec

LOG_LIMIT_BYTES = 10 * 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. ``environment`` is added to ours; ``inherits_terminal`` leaves it our own output.

    ``death_signal``: what it gets when we die without a word; the stop signal unless given.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals | None = None
    inherits_terminal: bool = False

    def spawn_arguments(
        self, log: IO[bytes] | None, extra: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Keyword arguments for ``subprocess.Popen`` and asyncio's twin of it.

        The child has its own session, so that Ctrl-C in a terminal reaches us alone and we end
        things in order; and it gets its death signal from the kernel if we die without a word.
        """
        arguments: dict[str, Any] = {
            "cwd": ROOT,
            "env": {**os.environ, **self.environment, **(extra or {})},
            "preexec_fn": before_exec(self.account, self.death_signal or self.stop_signal),
        }
        if not self.inherits_terminal:
            arguments |= {
                "stdin": subprocess.DEVNULL,
                "stdout": log,
                "stderr": subprocess.STDOUT,
                "start_new_session": True,
            }
        return arguments


def open_log(file: Path) -> IO[bytes]:
    """Open a log for appending; one that has grown over 10 MiB is set aside as ``.1`` first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > LOG_LIMIT_BYTES:
        file.replace(file.with_suffix(file.suffix + ".1"))
    return file.open("ab")


def tail(file: Path, lines: int = 15) -> str:
    """The last lines of a log, for an error message."""
    if not file.exists():
        return "(no log)"
    return "\n".join(file.read_text(errors="replace").splitlines()[-lines:])
