"""``python -m deploy.bench``: every ratio of one run, printed and kept in ``deploy/bench/results/latest.json``.

Exit code 0 when every gate is met (with ``--smoke``: when everything could be measured), else 1.
"""

import argparse
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from deploy.bench.delivery import measure_delivery
from deploy.bench.door import measure_door
from deploy.bench.growth import measure_growth
from deploy.bench.installation import installed
from deploy.bench.outage import measure_outage
from deploy.bench.processes import BenchFailed
from deploy.bench.ratios import ratios_of
from deploy.bench.report import LATEST, print_report, report_of, write_report
from deploy.bench.sizes import FULL, SMOKE, Sizes
from deploy.bench.submissions import measure_submissions

TERMINATED = 143
LONGEST_SECONDS = 1_500


def bench(sizes: Sizes, out: Path, console: Console) -> bool:
    """Measure, print and write; whether every gate is met. Raises ``BenchFailed``."""
    began = time.monotonic()
    with (
        console.status("starting PostgreSQL (with fsync), the broker, the issuer …"),
        installed() as installation,
    ):
        console.print("submissions: intake, a bare twin and pgbench in turns …")
        submissions = measure_submissions(installation, sizes)
        console.print("events: the relay and a consumer beside the raw bus …")
        delivery = measure_delivery(installation, sizes)
        console.print("a submission while the journal is small, and while it is large …")
        growth = measure_growth(installation, sizes)
        console.print(f"the bus is away for {sizes.outage_seconds:.0f} s …")
        outage = measure_outage(installation, sizes)
        console.print("a read, straight and through the front door …")
        door = measure_door(installation, sizes)
    report = report_of(submissions, delivery, growth, outage, door, sizes)
    ratios = ratios_of(submissions, delivery, growth, outage, door)
    print_report(report, ratios, console)
    write_report(report, out)
    console.print(f"took {time.monotonic() - began:.0f} s; kept in {out.name}")
    return all(one.met != "missed" for one in ratios)


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench", description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="tiny sizes: proves that it runs, measures nothing"
    )
    parser.add_argument("--out", type=Path, default=LATEST)
    chosen = parser.parse_args()
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(LONGEST_SECONDS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that everything is ended and removed
    try:
        good = bench(SMOKE if chosen.smoke else FULL, chosen.out, Console())
    except BenchFailed as error:
        sys.exit(f"bench: {error}")
    sys.exit(0 if good or chosen.smoke else 1)


def _give_up(*_: object) -> None:
    raise BenchFailed(f"not done after {LONGEST_SECONDS} s: does the machine do something else?")


if __name__ == "__main__":
    main()
