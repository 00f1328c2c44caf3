"""``make chaos``: faults in random order under load, then the checker: nothing lost, nothing doubled.

``python -m deploy.chaos [--profile ci|alone|long] [--broker embedded|kafka|both] [--seed N] [--seconds S]
[--kinds KIND …] [--minutes M] [--report FILE]``. The seed is printed; the same seed brings the same faults in
the same order. A long run writes its report after every leg and goes on with one that is there, with its seed.
Exit code 0 when nothing was broken and everything came back.
"""

import argparse
import random
import signal
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType

from deploy.chaos.faults.catalogue import KINDS
from deploy.chaos.faults.namespace import enter_own_mounts
from deploy.chaos.faults.possible import left_out_here
from deploy.chaos.faults.system import BrokerKind
from deploy.chaos.runner.findings import Findings
from deploy.chaos.runner.report import as_markdown
from deploy.chaos.runner.run import FOR_EVER, PROFILES, Run, Wishes
from deploy.local.program import ROOT

FAILED = 1
LONG_REPORT = ROOT / "docs" / "reports" / "chaos.json"
BROKERS: dict[str, tuple[BrokerKind, ...]] = {
    "embedded": ("embedded",),
    "kafka": ("kafka",),
    "both": ("embedded", "kafka"),
}


def say(message: str) -> None:
    """A line of progress."""
    print(message, flush=True)


def wishes_of(argv: list[str] | None = None) -> list[Wishes]:
    """One run for each broker asked for."""
    parser = argparse.ArgumentParser(prog="python -m deploy.chaos", description=__doc__)
    parser.add_argument("--profile", choices=PROFILES, default="ci")
    parser.add_argument("--broker", choices=BROKERS, default="embedded")
    parser.add_argument("--seed", type=int, help="drawn when it is not given")
    parser.add_argument("--seconds", type=float, help="of faults on each broker, instead of the profile's")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), help="only these kinds")
    parser.add_argument("--minutes", type=float, default=FOR_EVER, help="end after so many, whatever is left")
    parser.add_argument("--report", type=Path, help="FILE.json: written as FILE-<broker>.json and .md")
    chosen = parser.parse_args(argv)
    seed = random.SystemRandom().randrange(1, 1_000_000) if chosen.seed is None else chosen.seed
    profile = PROFILES[chosen.profile]
    if chosen.seconds is not None:
        profile = replace(profile, fault_seconds=chosen.seconds)
    kinds, brokers = tuple(chosen.kinds), BROKERS[chosen.broker]
    resumes = chosen.profile == "long"  # a run of hours is gone on with, and its report is kept
    report = chosen.report or (LONG_REPORT if resumes else None)
    return [
        Wishes(profile, one, seed, kinds, report and of_broker(report, one), resumes, chosen.minutes)
        for one in brokers
    ]


def of_broker(file: Path, broker: str) -> Path:
    """The file of that name for one broker."""
    return file.with_stem(f"{file.stem}-{broker}")


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # so that what was injected is healed and what was started is ended


def main() -> int:
    """Exit code: 0 when nothing was broken and everything came back on every broker, else 1."""
    signal.signal(signal.SIGTERM, _interrupt)
    runs = wishes_of()
    without_mounts = enter_own_mounts()
    left_out = left_out_here(without_mounts)
    found: list[Findings] = []
    for wishes in runs:
        say(f"Chaos on {wishes.broker}, profile {wishes.profile.name}, seed {wishes.seed}")
        for kind, reason in left_out.items():
            say(f"  left out: {kind}: {reason}")
        findings = Run(wishes, dict(left_out), say).perform()
        found.append(findings)
        say(as_markdown(findings))
    return 0 if all(findings.ok for findings in found) else FAILED


if __name__ == "__main__":
    sys.exit(main())
