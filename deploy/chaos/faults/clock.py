"""Steps of one API's wall clock, proven by the ``Date`` of its own answers."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from deploy.chaos.faults.clock_preload import TRUE_TIME, clock_file
from deploy.chaos.faults.fault import CannotBite, Fault, Turn
from deploy.chaos.faults.system import APIS, System
from deploy.local.ports import LOOPBACK
from shared.settings import SERVICES

STEP_SECONDS = 300
NOTICED_SECONDS = 60.0
WITHIN_SECONDS = 8.0
EVERY_SECONDS = 0.1


class ClockStep(Fault):
    """The host's clock jumps by five minutes for one API, and back."""

    kind = "clock-step"
    description = "the wall clock of one API five minutes off, forwards or backwards"
    turn = Turn.ASKS
    shortest_seconds, longest_seconds = 2.0, 6.0

    targets = tuple(f"{api} {sign}{STEP_SECONDS}" for api in APIS for sign in "+-")

    @property
    def api(self) -> str:
        """Whose clock."""
        return self.target.partition(" ")[0]

    def inject(self) -> None:
        """Step it and wait until the process shows it. Raises ``CannotBite`` when it does not."""
        self._set(self.target.partition(" ")[2])
        wanted = float(self.target.partition(" ")[2])
        if not _within(lambda: self._is_off_by(wanted)):
            self._set(TRUE_TIME)
            raise CannotBite(f"{self.api} does not show the step")

    def heal(self) -> None:
        """Step it back and wait until the process shows that."""
        self._set(TRUE_TIME)
        _within(lambda: self._is_off_by(0.0))

    def _set(self, offset: str) -> None:
        clock_file(self.system.folder / "clock", self.api).write_text(offset)

    def _is_off_by(self, wanted: float) -> bool:
        offset = offset_of(self.system, self.api)
        return offset is not None and abs(offset - wanted) < NOTICED_SECONDS


def offset_of(system: System, api: str) -> float | None:
    """How many seconds the wall clock of an API is before ours, by its own ``Date``; None when it is silent."""
    service = next(name for name in SERVICES if api.startswith(name))
    try:
        answer = httpx.get(
            f"http://{LOOPBACK}:{system.stack.api_port(service)}/health", trust_env=False, timeout=2
        )
        shown = parsedate_to_datetime(answer.headers["Date"])
    except (httpx.HTTPError, KeyError, ValueError):
        return None
    return (shown - datetime.now(UTC)).total_seconds()


def _within(done: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(EVERY_SECONDS)
    return True
