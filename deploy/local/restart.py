"""``python -m deploy.local.restart [SERVICE …]``: relieve the processes of the running stack, one after the other.

Without names: the four APIs, the four workers and the front door. No request is refused or lost meanwhile.
Exit code 0 when all were relieved, 1 when one was not or no stack runs here.
"""

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

from deploy.local.ledger import holder_of
from deploy.local.program import ROOT
from deploy.local.rolling import Outcome

LONGEST_SECONDS = 900.0
POLL_SECONDS = 0.05


class NotRestarted(Exception):
    """Nobody runs a stack on the folder, or nobody answered."""


def restart(
    folder: Path, names: Sequence[str] = (), *, within: float = LONGEST_SECONDS
) -> dict[str, Outcome]:
    """The outcome of each service: ``ok`` and times, or ``why`` not. Raises ``NotRestarted``."""
    supervisor = holder_of(folder)
    if supervisor is None:
        raise NotRestarted(f"no stack runs on {folder}")
    request = folder / "restart" / f"{time.time_ns()}-{uuid4().hex[:8]}.json"
    answer = request.with_suffix(".done")
    torn = request.with_suffix(".new")
    torn.write_text(json.dumps(list(names)))
    torn.replace(request)
    os.kill(supervisor, signal.SIGUSR1)
    deadline = time.monotonic() + within
    while not answer.exists():
        if holder_of(folder) != supervisor:
            raise NotRestarted(f"the stack on {folder} ended meanwhile")
        if time.monotonic() > deadline:
            raise NotRestarted(f"no answer within {within:.0f} s")
        time.sleep(POLL_SECONDS)
    outcomes: dict[str, Outcome] = json.loads(answer.read_text())
    answer.unlink()
    return outcomes


def main() -> int:
    """Restart and tell; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.restart", description=__doc__)
    parser.add_argument(
        "services", nargs="*", metavar="SERVICE", help="intake-api, intake-worker, front-door …"
    )
    folder = Path(os.environ.get("KCITY_LOCAL_FOLDER") or ROOT / ".local").absolute()
    try:
        outcomes = restart(folder, parser.parse_args().services)
    except NotRestarted as failure:
        print(f"Not restarted: {failure}")
        return 1
    for name, outcome in outcomes.items():
        print(f"{name:22}{_told(outcome)}")
    return 0 if all(outcome["ok"] for outcome in outcomes.values()) else 1


def _told(outcome: Outcome) -> str:
    if not outcome["ok"]:
        return f"not relieved: {outcome['why']}"
    force = " by force" if outcome["by_force"] else ""
    return f"ready after {outcome['ready_seconds']:.1f} s, old one gone{force} after {outcome['drain_seconds']:.1f} s more"


if __name__ == "__main__":
    sys.exit(main())
