"""Rolling restart: every service gets a new process, one after the other, without a pause.

SIGHUP asks for all of them. ``python -m deploy.local.restart`` leaves a request in ``restart/<id>.json`` below
the stack's folder, which may name services, sends SIGUSR1 and reads the answer from ``restart/<id>.done``. What
is asked before the stack is up waits until it is; a service that waits for its turn already is not restarted
twice. The first failure ends every round: what was not begun stays as it is, since the fault is probably in
what all would get.
"""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.local.keeper import Keeper, NotRelieved, Say

Outcome = dict[str, Any]


@dataclass(slots=True, eq=False)
class Round:
    """One request: services that wait for their turn, all without an outcome yet, and the outcomes.

    ``answer``: the file from which somebody reads them.
    """

    answer: Path | None
    waiting: list[str] = field(default_factory=list)
    unsettled: set[str] = field(default_factory=set)
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def settle(self, name: str, **outcome: Any) -> None:
        """Note an outcome: ``ok``, and ``why`` or times."""
        self.unsettled.discard(name)
        self.outcomes[name] = outcome

    def write(self) -> None:
        """Write the answer, whole or not at all."""
        if self.answer is None:
            return
        torn = self.answer.with_suffix(".torn")
        with suppress(
            OSError
        ):  # a full disk is no reason to end the stack; who asked will see that nothing comes
            torn.write_text(json.dumps(self.outcomes))
            torn.replace(self.answer)


class Roller:
    """Restarts services of ``keepers`` on request, last started first: the front door takes longest to drain."""

    def __init__(self, folder: Path, keepers: Callable[[], dict[str, Keeper]], say: Say) -> None:
        self.folder = folder / "restart"
        self._keepers = keepers
        self._say = say
        self._rounds: list[Round] = []
        self._asked = asyncio.Event()
        self._all_asked = False
        self._ended = False
        self._finishing: set[asyncio.Task[None]] = set()

    def begin(self) -> None:
        """Forget requests that an earlier supervisor left."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            file.unlink(missing_ok=True)

    def ask_for_all(self) -> None:
        """All services are meant, and nobody waits for the answer."""
        self._all_asked = True
        self._asked.set()

    def look(self) -> None:
        """There are requests in the folder."""
        if self._ended:
            self._collect()
        self._asked.set()

    async def run(self) -> None:
        """Restart what is asked for, until cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            self._collect()
            while (name := self._next()) is not None:
                await self._restart(name)
                self._collect()

    def _collect(self) -> None:
        for request in sorted(self.folder.glob("*.json")):
            names = _names_in(request)
            request.unlink()
            self._take(names, request.with_suffix(".done"))
        if self._all_asked:
            self._all_asked = False
            self._take([], None)
        if self._ended:
            self._give_up("the stack is ending")

    def _take(self, names: Sequence[str], answer: Path | None) -> None:
        able = [name for name, keeper in self._keepers().items() if keeper.service.listens]
        chosen = [name for name in able if name in names or not names]
        asked = Round(answer, chosen, set(chosen))
        for name in names:
            if name not in able:
                asked.settle(name, ok=False, why="no service that can be relieved has this name")
        self._rounds.append(asked)
        self._close_settled()

    def end(self) -> None:
        """Whoever waits is told that the stack is ending; so is whoever asks from now on."""
        self._ended = True
        for finishing in self._finishing:
            finishing.cancel()
        self._collect()
        self._give_up("the stack is ending", begun_too=True)

    def _next(self) -> str | None:
        wanted = {name for each in self._rounds for name in each.waiting}
        return next((name for name in reversed(self._keepers()) if name in wanted), None)

    async def _restart(self, name: str) -> None:
        """Return when the successor is ready; the relieved process drains while the next service has its turn."""
        rounds, began = [each for each in self._rounds if name in each.waiting], time.monotonic()
        for each in rounds:
            each.waiting.remove(name)
        self._say(f"{name}: a new process is to relieve it")
        try:
            draining = await self._keepers()[name].relieve()
        except NotRelieved as failure:
            self._say(f"{name} was not relieved: {failure}")
            for each in rounds:
                each.settle(name, ok=False, why=str(failure))
            self._give_up(f"not tried: {name} was not relieved")
            return
        finishing = asyncio.create_task(self._finish(name, rounds, draining, began))
        self._finishing.add(finishing)
        finishing.add_done_callback(self._finishing.discard)

    async def _finish(
        self, name: str, rounds: list[Round], draining: "asyncio.Task[bool]", began: float
    ) -> None:
        ready = time.monotonic()
        await asyncio.wait([draining])
        drained = time.monotonic()
        by_force = draining.result()
        self._say(f"{name} was relieved{', the old process ended by force' if by_force else ''}")
        for each in rounds:
            each.settle(
                name,
                ok=True,
                ready_seconds=round(ready - began, 2),
                drain_seconds=round(drained - ready, 2),
                by_force=by_force,
            )
        self._close_settled()

    def _give_up(self, why: str, *, begun_too: bool = False) -> None:
        for each in self._rounds:
            for name in each.unsettled.copy() if begun_too else list(each.waiting):
                each.settle(name, ok=False, why=why)
            each.waiting.clear()
        self._close_settled()

    def _close_settled(self) -> None:
        for each in [each for each in self._rounds if not each.unsettled]:
            self._rounds.remove(each)
            each.write()


def _names_in(request: Path) -> list[str]:
    """The services that are asked for; an unreadable request is for one that does not exist."""
    try:
        found = json.loads(request.read_text())
    except (OSError, ValueError):
        found = None
    return [str(name) for name in found] if isinstance(found, list) else [f"(unreadable) {request.name}"]
