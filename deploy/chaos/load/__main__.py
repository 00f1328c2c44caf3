"""The load generator, a process of its own; it appends to a history and ends by itself or on SIGTERM.

``python -m deploy.chaos.load --front-door URL --issuer URL --history FILE --seed N [--seconds S] [--rate R]
[--mails FOLDER] [--attempt-seconds S]``. ``--mails``: where the local mail server keeps mails, for partners who
confirm; by default the ``mail`` folder of ``KCITY_LOCAL_FOLDER`` where that is set.
"""

import argparse
import asyncio
import os
import signal
import sys
from pathlib import Path

from deploy.chaos.load.client import ATTEMPT_SECONDS
from deploy.chaos.load.generator import NoCall, Orders, generate
from deploy.chaos.load.people import NoTokens

DEFAULT_RATE = 30.0
FAILED = 2


def orders_of(argv: list[str] | None = None) -> Orders:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m deploy.chaos.load", description=__doc__)
    parser.add_argument("--front-door", required=True)
    parser.add_argument("--issuer", required=True)
    parser.add_argument("--history", type=Path, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, help="without it the load goes on until SIGTERM")
    parser.add_argument("--rate", type=float, default=DEFAULT_RATE, help="attempts a second at most")
    parser.add_argument("--mails", type=Path)
    parser.add_argument(
        "--attempt-seconds",
        type=float,
        default=ATTEMPT_SECONDS,
        help="how long to wait for an answer before its outcome counts as unknown",
    )
    chosen = parser.parse_args(argv)
    folder = os.environ.get("KCITY_LOCAL_FOLDER")
    mails = chosen.mails or (Path(folder) / "mail" if folder else None)
    return Orders(
        chosen.front_door,
        chosen.issuer,
        chosen.history,
        chosen.seed,
        chosen.seconds,
        chosen.rate,
        mails,
        chosen.attempt_seconds,
    )


async def _run(orders: Orders) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await generate(orders, stop)


def main() -> int:
    """Exit code 0; 2 when the load could not begin."""
    try:
        asyncio.run(_run(orders_of()))
    except (NoCall, NoTokens) as failure:
        print(failure, file=sys.stderr)
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
