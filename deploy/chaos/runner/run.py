"""A whole run on one broker: legs one after the other, each on a fresh stack, until the profile is fulfilled."""

import json
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from deploy.chaos.faults.catalogue import (
    KINDS,
    NEVER_TWO,
    OFTEN_NINE,
    SELDOM_TWO,
    AtOnce,
    Strike,
    strikes,
)
from deploy.chaos.faults.children import ChildFailed
from deploy.chaos.faults.disk import SMALL_DISKS
from deploy.chaos.faults.system import BrokerKind, System
from deploy.chaos.runner.findings import Findings
from deploy.chaos.runner.leg import Leg, LoadEnded
from deploy.chaos.runner.probe import NotRecovered
from deploy.chaos.runner.report import write_report
from deploy.local.program import ROOT

FOR_EVER = float("inf")
KEPT_LOGS = ROOT / ".local" / "chaos"
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Profile:
    """How long a run is: ``fault_seconds`` of faults on one stack, or ``rounds`` of all kinds in many legs.

    ``rounds_per_leg``: after so many rounds the checker judges and a fresh stack begins.
    """

    name: str
    fault_seconds: float
    rounds: int
    rounds_per_leg: int
    rate: float
    at_once: AtOnce


PROFILES = {
    "ci": Profile("ci", fault_seconds=180.0, rounds=100, rounds_per_leg=100, rate=20.0, at_once=SELDOM_TWO),
    "alone": Profile(
        "alone", fault_seconds=180.0, rounds=100, rounds_per_leg=100, rate=20.0, at_once=NEVER_TWO
    ),
    "long": Profile(
        "long", fault_seconds=FOR_EVER, rounds=100, rounds_per_leg=8, rate=12.0, at_once=OFTEN_NINE
    ),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for. ``report``: written after every leg; ``resumes``: it is gone on with if it is there."""

    profile: Profile
    broker: BrokerKind
    seed: int
    kinds: tuple[str, ...] = tuple(KINDS)
    report: Path | None = None
    resumes: bool = False
    minutes: float = FOR_EVER


class Run:
    """A run. ``perform`` until it is done or its minutes are over."""

    def __init__(self, wishes: Wishes, left_out: dict[str, str], say: Say) -> None:
        self._wishes = wishes
        self._say = say
        self._ends_at = time.monotonic() + wishes.minutes * 60
        self.findings = Findings(wishes.broker, wishes.profile.name, wishes.seed, now(), left_out=left_out)
        if wishes.resumes and wishes.report and wishes.report.exists():
            self.findings = Findings.of(json.loads(wishes.report.read_text()))
            self._say(f"Going on after {len(self.findings.struck)} faults, seed {self.findings.seed}.")

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds that are asked for and can be injected on this machine."""
        return tuple(kind for kind in self._wishes.kinds if kind not in self.findings.left_out)

    @property
    def kinds_left(self) -> tuple[str, ...]:
        """Those that have not bitten as often as the profile wants."""
        bitten = Counter(one.kind for one in self.findings.struck if one.spared is None)
        return tuple(kind for kind in self.kinds if bitten[kind] < self._wishes.profile.rounds)

    @property
    def done(self) -> bool:
        """Whether every kind has bitten as often as the profile wants, or something is broken."""
        timed = self.findings.fault_seconds >= self._wishes.profile.fault_seconds
        broken = bool(self.findings.failures) or not all(check["ok"] for check in self.findings.checks)
        return not self.kinds_left or timed or broken

    def perform(self) -> Findings:
        """Leg after leg; what broke stands in the findings."""
        while not self.done and time.monotonic() < self._ends_at:
            self._leg()
            self._keep()
        return self.findings

    def _leg(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="kcity-chaos-"))
        whole = False
        try:
            with System(folder, self._wishes.broker, small_disks=self._small_disks()) as system:
                whole = self._play(system)
        finally:
            if not whole:
                self._keep_logs(folder)
            shutil.rmtree(folder, ignore_errors=True)

    def _small_disks(self) -> dict[str, int]:
        return {disk.folder_name: disk.megabytes for disk in SMALL_DISKS if disk.kind in self.kinds}

    def _play(self, system: System) -> bool:
        profile = self._wishes.profile
        self._say(f"Starting a stack on {self._wishes.broker} in {system.folder}")
        checks = len(self.findings.checks)
        try:
            system.start()
            left = self._seconds_left()
            if left <= 0:  # nothing will be struck, so there is nothing to judge
                return True
            leg = Leg(system, self.findings, self._say, rate=profile.rate)
            leg.begin()
            try:
                leg.strike_all(self.strikes_of_a_leg(), seconds=left)
            except NotRecovered as failure:
                self.findings.failures.append(f"not recovered: {failure}")
                self._say(f"NOT RECOVERED: {failure}")
            leg.end()
        except (ChildFailed, LoadEnded, NotRecovered, subprocess.TimeoutExpired) as failure:
            self.findings.failures.append(f"{type(failure).__name__}: {failure}")
            self._say(str(failure))
        return self.findings.ok and len(self.findings.checks) > checks

    def _seconds_left(self) -> float:
        """For faults: of the profile and of the run's minutes."""
        return min(
            self._wishes.profile.fault_seconds - self.findings.fault_seconds,
            self._ends_at - time.monotonic(),
        )

    def strikes_of_a_leg(self) -> Iterator[Strike]:
        """What comes before the checker judges and a fresh stack begins."""
        wanted = self._wishes.profile.rounds_per_leg * len(self.kinds_left)
        for strike in self.next_strikes():
            if wanted <= 0:
                return
            wanted -= len(strike)
            yield strike

    def next_strikes(self) -> Iterator[Strike]:
        """What comes next, by the seed that the run began with; a round that was cut short is begun again.

        Kinds that have bitten often enough when a leg begins are left out.
        """
        return strikes(
            self.findings.seed,
            self._wishes.broker,
            self.kinds_left,
            at_once=self._wishes.profile.at_once,
            first_round=len(self.findings.struck) // len(self.kinds),
        )

    def _keep(self) -> None:
        if self._wishes.report:
            write_report(self.findings, self._wishes.report)

    def _keep_logs(self, folder: Path) -> None:
        kept = KEPT_LOGS / f"{now().replace(':', '')}-{self._wishes.broker}-{self._wishes.seed}"
        kept.mkdir(parents=True, exist_ok=True)
        for source in (folder / "log", folder / "stack" / "log"):
            if source.exists():
                shutil.copytree(source, kept / source.parent.name / "log", dirs_exist_ok=True)
        for file in folder.glob("*.json*"):
            shutil.copy(file, kept)
        self._say(f"Its logs and its history are kept in {kept.relative_to(ROOT)}")


def now() -> str:
    """The present as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")
