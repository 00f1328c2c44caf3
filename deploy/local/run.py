"""``make run``: the whole system on this machine, from an empty folder to a played rehearsal.

``python -m deploy.local.run [--once] [--no-rehearsal]``
"""

import argparse
import asyncio
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from deploy.local.ledger import AlreadyRunning
from deploy.local.lifetime import INTERRUPTED, run_to_the_end
from deploy.local.listeners import AddressTaken
from deploy.local.part import PartFailed
from deploy.local.running import StillRunning
from deploy.local.stack import PortTaken, Stack
from deploy.local.supervisor import StackFailed, Supervisor

FAILED = 1


@dataclass(frozen=True, slots=True)
class Wishes:
    """``once``: end after the rehearsal. ``rehearse``: play it on the first run."""

    once: bool
    rehearse: bool


async def run(stack: Stack, wishes: Wishes, console: Console) -> int:
    """Bring everything up, play the rehearsal if this is the first run, then stay until a signal."""

    def say(message: str) -> None:
        console.print(message, markup=False, highlight=False, soft_wrap=True)

    supervisor = Supervisor(stack.folder, say)
    with restarting_on_signals(supervisor):
        async with supervisor:
            return await _stay(stack, wishes, supervisor, console)


async def _stay(stack: Stack, wishes: Wishes, supervisor: Supervisor, console: Console) -> int:
    await asyncio.to_thread(stack.check_ports)
    await bring_up(stack, supervisor, console)
    console.print(address_table(stack))
    if wishes.rehearse and not stack.rehearsal_file.exists():
        code = await supervisor.exit_code_of(stack.rehearsal())
        console.print("The rehearsal ended well." if code == 0 else f"The rehearsal ended with {code}.")
    if wishes.once:
        return 0 if not wishes.rehearse or rehearsal_was_good(stack) else FAILED
    console.print("Everything is up. Ctrl-C ends it in order.")
    await supervisor.watch()
    return FAILED


@contextmanager
def restarting_on_signals(supervisor: Supervisor) -> Iterator[None]:
    """SIGHUP: a rolling restart of everything; SIGUSR1: of what ``deploy.local.restart`` asks for.

    A SIGHUP because our terminal is gone ends the stack, as it ends any program.
    """
    loop, had_terminal = asyncio.get_running_loop(), sys.stdin.isatty()

    def hang_up() -> None:
        if had_terminal and not sys.stdin.isatty():
            os.kill(os.getpid(), signal.SIGTERM)
        else:
            supervisor.rolling.ask_for_all()

    loop.add_signal_handler(signal.SIGHUP, hang_up)
    loop.add_signal_handler(signal.SIGUSR1, supervisor.rolling.look)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGHUP)
        loop.remove_signal_handler(signal.SIGUSR1)


async def bring_up(stack: Stack, supervisor: Supervisor, console: Console) -> None:
    """Parts, migrations, then what answers requests, then what works on events; ended in the opposite order."""
    with console.status("Starting the parts: database, broker, mail, issuer"):
        await supervisor.start(*stack.part_services())
        await asyncio.to_thread(stack.make_databases)
    with console.status("Migrating four databases"):
        await supervisor.run(*stack.migrations())
    with console.status("Starting four APIs and the front door"):
        await asyncio.gather(
            supervisor.start(*stack.apis()), supervisor.start(stack.front_door_service())
        )  # two stages, so that the front door ends before the APIs behind it
    with console.status("Making topics, starting four workers"):
        await supervisor.run(stack.topics())
        await supervisor.start(*stack.workers())


def address_table(stack: Stack) -> Table:
    """Where everything is."""
    table = Table(title="K-City Network on this machine", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, address in stack.addresses():
        table.add_row(name, address)
    return table


def rehearsal_was_good(stack: Stack) -> bool:
    """Whether the rehearsal wrote down that all was well."""
    try:
        found = json.loads(stack.rehearsal_file.read_text())
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("ok") is True


def main() -> int:
    """Exit code: 0 when all went well or a signal ended a stack that stays up; else 1 or 130."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.run", description=__doc__)
    parser.add_argument("--once", action="store_true", help="end after the rehearsal, with its result")
    parser.add_argument("--no-rehearsal", action="store_true", help="do not play it, even on the first run")
    chosen = parser.parse_args()
    wishes = Wishes(once=chosen.once, rehearse=not chosen.no_rehearsal)
    try:
        code = run_to_the_end(run(Stack.from_environment(), wishes, Console()))
    except (AddressTaken, AlreadyRunning, PartFailed, PortTaken, StackFailed, StillRunning) as failure:
        print(failure, file=sys.stderr)
        return FAILED
    return 0 if code == INTERRUPTED and not wishes.once else code


if __name__ == "__main__":
    sys.exit(main())
