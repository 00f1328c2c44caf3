"""A supervisor of dummy services as a program: FOLDER PORT [options of the dummy]; prints "up" and their pids.

``--ours``: the supervisor owns the socket.
"""

import sys
from functools import partial
from itertools import chain, repeat
from pathlib import Path

from deploy.local.lifetime import run_to_the_end
from deploy.local.program import Program
from deploy.local.run import restarting_on_signals
from deploy.local.service import Service
from deploy.local.supervisor import Supervisor
from shared.healthcheck import answers


def dummy_program(port: int, *options: str) -> Program:
    return Program((sys.executable, "-m", "deploy.local.tests.dummy_service", str(port), *options))


def dummy(name: str, port: int, *options: str) -> Service:
    program = dummy_program(port, *options)
    return Service(name, lambda: program, partial(answers, f"http://127.0.0.1:{port}/"))


def dummy_on_our_socket(name: str, port: int, *options: str) -> Service:
    """Its first process has no options, the later ones have these."""
    programs = chain([dummy_program(port)], repeat(dummy_program(port, *options)))
    asked = partial(answers, f"http://127.0.0.1:{port}/")
    return Service(name, lambda: next(programs), asked, listens=(("127.0.0.1", port),))


async def main(folder: Path, port: int, *options: str) -> int:
    service = dummy_on_our_socket("one", port) if "--ours" in options else dummy("one", port, *options)
    supervisor = Supervisor(folder, drain_seconds=2)
    with restarting_on_signals(supervisor):
        async with supervisor:
            await supervisor.start(service)
            print("up", *supervisor.pids().values(), flush=True)
            await supervisor.watch()
    return 0


if __name__ == "__main__":
    sys.exit(run_to_the_end(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])))
