"""A supervisor of dummy services as a program: FOLDER PORT [options of the dummy]; prints "up" and their pids."""

import asyncio
import sys
from functools import partial
from pathlib import Path

from deploy.local.lifetime import run_to_the_end
from deploy.local.program import Program
from deploy.local.supervisor import Service, Supervisor
from shared.healthcheck import answers

DUMMY = Path(__file__).parent / "dummy_service.py"


def dummy(name: str, port: int, *options: str) -> Service:
    program = Program((sys.executable, str(DUMMY), str(port), *options))
    return Service(name, lambda: program, partial(answers, f"http://127.0.0.1:{port}/"))


async def main(folder: Path, port: int, *options: str) -> int:
    async with Supervisor(folder, drain_seconds=2) as supervisor:
        await supervisor.start(dummy("one", port, *options))
        print("up", *supervisor.pids().values(), flush=True)
        await asyncio.Event().wait()
    return 0


if __name__ == "__main__":
    sys.exit(run_to_the_end(main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])))
