"""``python -m deploy.bench``: every ratio of one run, printed and kept in ``deploy/bench/results/latest.json``.

Exit code 0 when every gate is met (with ``--smoke``: when everything could be measured), else 1.
"""

import argparse
import signal
import sys
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from rich.console import Console

from deploy.bench.catalogue import measure_catalogue
from deploy.bench.delivery import measure_delivery
from deploy.bench.door import measure_door
from deploy.bench.growth import measure_growth
from deploy.bench.identity import measure_identity
from deploy.bench.installation import Installation, installed
from deploy.bench.outage import measure_outage
from deploy.bench.processes import BenchFailed
from deploy.bench.ratios import Found, ratios_of
from deploy.bench.recovery import measure_recovery
from deploy.bench.report import LATEST, print_report, report_of, write_report
from deploy.bench.sizes import FULL, SMOKE, Sizes
from deploy.bench.submissions import measure_submissions

TERMINATED = 143
LONGEST_SECONDS = 1_800


PARTS: Mapping[str, tuple[str, Callable[[Installation, Sizes], object]]] = {
    "submissions": ("submissions: intake, a bare twin and pgbench in turns …", measure_submissions),
    "delivery": ("events: the relay and a consumer beside the raw bus …", measure_delivery),
    "growth": ("a submission while the journal is small, and while it is large …", measure_growth),
    "outage": ("the bus is away for some minutes …", measure_outage),
    "recovery": ("a whole stack under load, of which everything is killed by turns …", measure_recovery),
    "door": ("a read, straight and through the front door …", measure_door),
    "identity": ("who asks, and may they; /v1/me beside a bare twin …", measure_identity),
    "catalogue": ("the catalogue: lists, searches and unchanged answers …", measure_catalogue),
}
"""What is measured, in this order, by the names of ``Found``."""


def bench(sizes: Sizes, only: Collection[str], out: Path | None, console: Console) -> bool:
    """Measure the parts named, print and write; whether every gate is met. Raises ``BenchFailed``."""
    began = time.monotonic()
    found = Found()
    with (
        console.status("starting PostgreSQL (with fsync), the broker, the issuer …"),
        installed() as installation,
    ):
        for name, (doing, measure) in PARTS.items():
            if name in only:
                console.print(doing)
                setattr(found, name, measure(installation, sizes))
    report, ratios = report_of(found, sizes), ratios_of(found)
    print_report(report, ratios, console)
    if out is not None:
        write_report(report, out)
    kept = "" if out is None else f"; kept in {out.name}"
    console.print(f"took {time.monotonic() - began:.0f} s{kept}")
    return all(one.met != "missed" for one in ratios)


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench", description=__doc__)
    parser.add_argument(
        "--smoke", action="store_true", help="tiny sizes: proves that it runs, measures nothing"
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, help="these alone, and kept where --out says")
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args()
    out = chosen.out or (None if chosen.only else LATEST)
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(LONGEST_SECONDS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that everything is ended and removed
    try:
        good = bench(SMOKE if chosen.smoke else FULL, chosen.only or PARTS, out, Console())
    except BenchFailed as error:
        sys.exit(f"bench: {error}")
    sys.exit(0 if good or chosen.smoke else 1)


def _give_up(*_: object) -> None:
    raise BenchFailed(f"not done after {LONGEST_SECONDS} s: does the machine do something else?")


if __name__ == "__main__":
    main()
