"""How soon requests succeed and events flow again after a kill: chaos's own kills under load, one at a time.

The stack, the load and the checker are those of ``make chaos``; a run in which anything broke counts for nothing.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.bench.installation import Installation
from deploy.bench.processes import BenchFailed, run_program
from deploy.bench.sizes import Sizes
from deploy.chaos.faults.catalogue import KINDS

KILLS = tuple(kind for kind in KINDS if kind.startswith("kill-"))
LONGEST_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class RecoveryFound:
    """By kind of kill: how many there were, and the longest it took, in seconds from the kill."""

    times: Mapping[str, int]
    requests: Mapping[str, float]
    events: Mapping[str, float]

    @property
    def requests_seconds(self) -> float:
        """The longest of all."""
        return max(self.requests.values())

    @property
    def events_seconds(self) -> float:
        """The longest of all."""
        return max(self.events.values())


def measure_recovery(installation: Installation, sizes: Sizes) -> RecoveryFound | None:
    """Kill everything by turns, for ``sizes.recovery_seconds``; None when that is 0. Raises ``BenchFailed``."""
    if not sizes.recovery_seconds:
        return None
    report = installation.folder / "recovery.json"
    argv = [sys.executable, "-m", "deploy.chaos", "--profile", "alone", "--broker", "embedded"]
    argv += ["--seconds", str(sizes.recovery_seconds), "--report", str(report), "--kinds", *KILLS]
    run_program("recovery", argv, {}, installation.folder, seconds=LONGEST_SECONDS)
    return recovery_in(json.loads(report.with_stem(f"{report.stem}-embedded").read_text()))


def recovery_in(report: Mapping[str, Any]) -> RecoveryFound:
    """What chaos's report says. Raises ``BenchFailed`` when a kind of kill never came."""
    found: Mapping[str, Any] = {kind: one for kind, one in report["recovery"].items() if one["requests"]}
    if missing := [kind for kind in KILLS if kind not in found]:
        raise BenchFailed(f"there was no {', '.join(missing)} in the time")
    return RecoveryFound(
        {kind: one["times"] for kind, one in found.items()},
        {kind: one["requests"]["longest"] for kind, one in found.items()},
        {kind: one["events"]["longest"] for kind, one in found.items()},
    )
