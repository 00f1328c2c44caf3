"""``python -m deploy.sandbox [--front-door URL --issuer URL --out FILE]``: sample data of every state.

Fills the stack that ``make run`` keeps up, through its public HTTP API; what is there already is found and
shown. The databases are rehearsals: the business clock is stepped. Exit code 0 when every state has its sample.
"""

import argparse
import asyncio
import fcntl
import sys
from pathlib import Path

import httpx
from rich.console import Console

from deploy.local.rehearsal.clock import Clock, ClockStuck
from deploy.local.rehearsal.door import Door, Refused
from deploy.local.rehearsal.waiting import until
from deploy.local.stack import Stack
from deploy.sandbox.applying import PATIENCE_SECONDS, NoCase
from deploy.sandbox.calls import Round
from deploy.sandbox.filling import NotAnnounced, fill
from deploy.sandbox.looking import Shown, look, shown
from deploy.sandbox.people import MINISTRY, OPERATOR, People
from deploy.sandbox.rounds import next_round, present_round
from deploy.sandbox.scene import Scene
from deploy.sandbox.table import lacking, show, write

FAILED = 1
WIDTH = 150
"""Columns where no terminal says how many, as in a file."""


async def sandbox(chosen: argparse.Namespace, console: Console) -> int:
    """Find or fill, then show; the exit code. Raises what filling raises."""
    async with Door.open(chosen.front_door, chosen.issuer) as door:
        people = await People.arrive(door)
        one, rows = await _found(door, people)
        if one is None or lacking(rows):
            one = await _filled(door, people, console)
            rows = await _settled(door, people, one)
        else:
            console.print(f"Round {one.number} is there: nothing was added.", markup=False)
    show(one, rows, console)
    write(one, rows, chosen.out)
    left_out = lacking(rows)
    for kind, state in left_out:
        console.print(f"no {kind} is {state}", style="bold red", markup=False)
    return FAILED if left_out else 0


async def _found(door: Door, people: People) -> tuple[Round | None, list[Shown]]:
    one = await present_round(people[MINISTRY[0]])
    return (None, []) if one is None else (one, await shown(door, people, await look(people, one)))


async def _filled(door: Door, people: People, console: Console) -> Round:
    clock = Clock(
        people[OPERATOR], lambda step: console.print(f"business time: {step.instant}", markup=False)
    )
    scene = Scene(door, people, clock, await next_round(door, people[MINISTRY[0]]))
    with console.status("") as status:
        await fill(scene, lambda doing: status.update(f"Round {scene.round.number}: {doing}"))
    return scene.round


async def _settled(door: Door, people: People, one: Round) -> list[Shown]:
    """What is there once mails and catalogue have followed, or after the patience is over."""

    async def look_again() -> list[Shown]:
        return await shown(door, people, await look(people, one))

    return await until(look_again, lambda rows: not lacking(rows), within=PATIENCE_SECONDS, every=1)


def wishes() -> argparse.Namespace:
    """What the command line asks for; what it leaves out is the stack of this environment."""
    parser = argparse.ArgumentParser(prog="python -m deploy.sandbox", description=__doc__)
    parser.add_argument("--front-door", help="address of the front door")
    parser.add_argument("--issuer", help="address of the development issuer")
    parser.add_argument("--out", type=Path, help="where the table goes as JSON")
    chosen = parser.parse_args()
    if None in (chosen.front_door, chosen.issuer, chosen.out):
        stack = Stack.from_environment()
        chosen.front_door = chosen.front_door or stack.front_door.url
        chosen.issuer = chosen.issuer or stack.issuer_url
        chosen.out = chosen.out or stack.folder / "sandbox.json"
    return chosen


def main() -> int:
    """Exit code: 0 when every state has its sample, 1 when not or when the stack is not there."""
    chosen, console = wishes(), Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    with chosen.out.with_suffix(".lock").open("w") as lock:  # two at once would fill two rounds
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return asyncio.run(sandbox(chosen, console))
        except (httpx.TransportError, ClockStuck, NoCase, NotAnnounced, Refused, ExceptionGroup) as error:
            console.print(_told(error, chosen.front_door), style="red", markup=False)
            return FAILED


def _told(error: BaseException, front_door: str) -> str:
    """The first thing that went wrong, in a line."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, httpx.TransportError):
        return f"Nothing answers at {front_door}: start it with make run. ({error!r})"
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    sys.exit(main())
