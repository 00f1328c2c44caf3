"""``python -m deploy.local.rehearsal [--front-door URL --issuer URL --out FILE [--mails FOLDER]]``.

Plays a whole call on a running stack whose databases are rehearsals; without addresses on the stack that
``make run`` keeps up. Exit code 0 when every check holds.
"""

import argparse
import asyncio
import sys
import time
import traceback
from pathlib import Path

import httpx
from rich.console import Console

from deploy.local.rehearsal.checks import Checks
from deploy.local.rehearsal.clock import Clock
from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.door import Door
from deploy.local.rehearsal.mailbox import Mailboxes
from deploy.local.rehearsal.play import Play, Staff
from deploy.local.rehearsal.report import Ending, report_of, show, write_report
from deploy.local.rehearsal.samples.cast import cast_of
from deploy.local.rehearsal.screen import Screen
from deploy.local.rehearsal.stages.announcement import next_rehearsal
from deploy.local.rehearsal.timetable import Timetable
from deploy.local.rehearsal.year import play_the_year
from deploy.local.stack import Stack

FAILED = 1
WIDTH = 120
"""Columns where no terminal says how many, as in a file."""


async def rehearse(chosen: argparse.Namespace, console: Console) -> int:
    """Play, show the summary, write the report; the exit code."""
    async with Door.open(chosen.front_door, chosen.issuer) as door:
        staff = await Staff.arrive(door)
        rehearsed = await next_rehearsal(staff.ministry[0], Rehearsed.read())
        times = Timetable.of(rehearsed.call)
        with Screen.open(console, times.announcement, times.planning.announce_at) as screen:
            play = _prepare(door, staff, rehearsed, screen, chosen.mails)
            console.print(f"Rehearsing {play.code} with {len(play.cast)} invented applicants.", markup=False)
            ending = await _play(play)
    report = report_of(play, ending)
    write_report(report, chosen.out)
    show(play, report, console)
    return 0 if report["ok"] else FAILED


def _prepare(door: Door, staff: Staff, rehearsed: Rehearsed, screen: Screen, mails: Path | None) -> Play:
    return Play(
        door=door,
        staff=staff,
        rehearsed=rehearsed,
        timetable=Timetable.of(rehearsed.call),
        cast=cast_of(rehearsed.call),
        clock=Clock(staff.operator, screen.stepped),
        checks=Checks(screen.failed),
        screen=screen,
        mailboxes=Mailboxes(mails) if mails else None,
    )


async def _play(play: Play) -> Ending:
    begun = time.monotonic()
    failure = None
    try:
        await play_the_year(play)
    except Exception as error:  # noqa: BLE001 - whatever breaks a play off is what its report has to tell
        play.screen.console.print("".join(traceback.format_exception(error)), markup=False, highlight=False)
        failure = _in_a_line(error)
    return Ending(time.monotonic() - begun, failure)


def _in_a_line(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"


def wishes() -> argparse.Namespace:
    """What the command line asks for; what it leaves out is the stack of this environment."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.rehearsal", description=__doc__)
    parser.add_argument("--front-door", help="address of the front door")
    parser.add_argument("--issuer", help="address of the development issuer")
    parser.add_argument("--out", type=Path, help="where the report goes")
    parser.add_argument(
        "--mails", type=Path, help="folder of the local mail server, if it is on this machine"
    )
    chosen = parser.parse_args()
    if None in (chosen.front_door, chosen.issuer, chosen.out):
        stack = Stack.from_environment()
        chosen.front_door = chosen.front_door or stack.front_door.url
        chosen.issuer = chosen.issuer or stack.issuer_url
        chosen.out = chosen.out or stack.rehearsal_file
        chosen.mails = chosen.mails or (stack.mail.folder if stack.mail else None)
    return chosen


def main() -> int:
    """Exit code: 0 when every check holds, 1 when not or when the stack is not there."""
    chosen = wishes()
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    try:
        return asyncio.run(rehearse(chosen, console))
    except httpx.TransportError as error:
        console.print(f"Nothing answers at {chosen.front_door}: {error!r}", style="red", markup=False)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
