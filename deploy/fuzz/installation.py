"""The stack that ``make fuzz`` plays on: its own folder and ports, rehearsed, gone afterwards."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deploy.local.ports import free_offset
from deploy.local.program import ROOT
from deploy.local.stack import UNLIMITED, Stack
from shared.settings import SERVICES

UP_WITHIN_SECONDS = 1800.0
_ENDS_WITHIN_SECONDS = 120.0


class NeverUp(RuntimeError):
    """The stack did not come up; the end of its log says why."""


@contextmanager
def rehearsed_stack() -> Iterator[Stack]:
    """A whole call was played on it; nobody is limited. Raises ``NeverUp``."""
    (ROOT / ".local").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-", dir=ROOT / ".local"))
    folder.chmod(0o755)  # PostgreSQL runs under another account when we are root
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KCITY_")}
    own = {"KCITY_LOCAL_FOLDER": str(folder), "KCITY_PORT_OFFSET": str(free_offset()), **UNLIMITED}
    with (folder / "run.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.run"],
            cwd=ROOT,
            env={**inherited, **own},
            stdout=log,
            stderr=log,
        )
    try:
        stack = Stack.from_environment(own)
        _wait(process, stack)
        yield stack
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(process: "subprocess.Popen[bytes]", stack: Stack) -> None:
    deadline = time.monotonic() + UP_WITHIN_SECONDS
    while not (stack.rehearsal_file.exists() and _answers(stack)):
        if process.poll() is not None or time.monotonic() > deadline:
            log = (stack.folder / "run.log").read_text(errors="replace")
            raise NeverUp(log[-4000:])
        time.sleep(1)


def _answers(stack: Stack) -> bool:
    try:
        asked = [httpx.get(f"{stack.front_door.url}/{service}/v1/time", timeout=5) for service in SERVICES]
    except httpx.HTTPError:
        return False
    return all(answer.is_success for answer in asked)


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(_ENDS_WITHIN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
