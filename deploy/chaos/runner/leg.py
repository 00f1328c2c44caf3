"""One leg: a fresh stack under load, faults one after the other, then healing, and the checker."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from deploy.chaos.faults.catalogue import KINDS, Strike
from deploy.chaos.faults.fault import CannotBite, Fault
from deploy.chaos.faults.system import System
from deploy.chaos.runner.findings import Findings, Struck
from deploy.chaos.runner.probe import NotRecovered, Probe
from deploy.local.program import ROOT
from deploy.local.version import version_of_the_code

RECOVERY_SECONDS = 240.0
BREATH_SECONDS = 0.5
LOAD_STOP_SECONDS = 90.0
CHECKER_SECONDS = 600.0
Say = Callable[[str], None]


class LoadEnded(Exception):
    """The load generator ended by itself; without load nothing is proven."""


class Leg:
    """The faults of one stack. ``rate``: attempts a second of the load."""

    def __init__(self, system: System, findings: Findings, say: Say, *, rate: float) -> None:
        self._system = system
        self._findings = findings
        self._say = say
        self._rate = rate
        self._probe = Probe(system)
        self.history = system.folder / "history.jsonl"

    def begin(self) -> None:
        """Start the load and have markers ready."""
        self._probe.open_call()
        self._probe.prepare()
        argv = [sys.executable, "-m", "deploy.chaos.load", "--history", str(self.history)]
        argv += ["--front-door", self._system.front_door, "--issuer", self._system.issuer_url]
        argv += ["--seed", str(self._findings.seed), "--rate", str(self._rate)]
        argv += ["--mails", str(self._system.stack_folder / "mail")]
        self._system.children.start("load", argv)

    def strike_all(self, strikes: Iterable[Strike], *, seconds: float) -> None:
        """Strike until they are all done or ``seconds`` are over.

        Raises ``NotRecovered`` or ``LoadEnded``; whatever was injected is healed then too.
        """
        begun = time.monotonic()
        for strike in strikes:
            if time.monotonic() - begun >= seconds:
                break
            self._strike(strike, time.monotonic() - begun)
        self._findings.fault_seconds += time.monotonic() - begun

    def _strike(self, strike: Strike, elapsed: float) -> None:
        if self._system.children.process("load").poll() is not None:
            raise LoadEnded(f"see {self._system.children.log_file('load')}")
        self._probe.prepare()
        self._say(f"{elapsed:5.0f} s  {' + '.join(map(str, strike))}")
        faults = [KINDS[planned.kind](self._system, planned.target) for planned in strike]
        at, injected_at = datetime.now(UTC).isoformat(timespec="milliseconds"), time.monotonic()
        spared: dict[int, str] = {}
        try:
            injected_at = self._inject(faults, spared)
            time.sleep(max(planned.seconds for planned in strike))
        finally:
            for fault in reversed(faults):
                fault.heal()
        alone = len(faults) - len(spared) == 1
        counted_from = injected_at if all(fault.is_kill for fault in faults) else time.monotonic()
        requests, events = self._recover(counted_from)
        number = len(self._findings.struck)
        for place, (planned, fault) in enumerate(zip(strike, faults, strict=True)):
            self._findings.struck.append(
                Struck(
                    *(number + place + 1, planned.kind, planned.target, at, planned.seconds),
                    is_kill=fault.is_kill,
                    alone=alone,
                    spared=spared.get(place),
                    requests_within_seconds=requests,
                    events_within_seconds=events,
                )
            )
        self._say(f"         requests again after {requests:.1f} s, events after {events:.1f} s")
        time.sleep(BREATH_SECONDS)

    def _inject(self, faults: list[Fault], spared: dict[int, str]) -> float:
        for place, fault in enumerate(faults):
            try:
                fault.inject()
            except CannotBite as reason:
                spared[place] = str(reason)
                self._say(f"         {fault.kind} {fault.target} could not bite: {reason}")
        return time.monotonic()

    def _recover(self, since: float) -> tuple[float, float]:
        self._probe.until("requests succeed", self._probe.requests_succeed, seconds=RECOVERY_SECONDS)
        requests = round(time.monotonic() - since, 2)
        self._probe.events_flow(RECOVERY_SECONDS)
        return requests, round(time.monotonic() - since, 2)

    def end(self) -> None:
        """Stop the load, wait until all is up, and let the checker judge."""
        self._probe.close()
        code = self._system.children.stop("load", seconds=LOAD_STOP_SECONDS)
        if code != 0:
            self._findings.failures.append(f"the load ended with {code}")
        self._system.wait_until_up()
        self._findings.load += outcomes_of(self.history)
        self._check()

    def _check(self) -> None:
        report = self._system.folder / "checker.json"
        kills = sum(one.spared is None for one in self._findings.struck)
        argv = [sys.executable, "-m", "deploy.chaos.checker", "--history", str(self.history)]
        argv += ["--folder", str(self._system.stack_folder), "--kills", str(kills), "--report", str(report)]
        checked = subprocess.run(
            argv,
            cwd=ROOT,
            env=self._system.environment,
            capture_output=True,
            text=True,
            timeout=CHECKER_SECONDS,
            check=False,
        )
        self._say(checked.stdout.strip()[-4000:])
        if checked.stderr:
            self._say(checked.stderr.strip()[-2000:])
        found = json.loads(report.read_text()) if report.exists() else {}
        ends = {
            "code": checked.returncode,
            "after_faults": len(self._findings.struck),
            "commit": version_of_the_code(),
            "load_average": round(os.getloadavg()[2], 1),
        }
        self._findings.checks.append({"ok": checked.returncode == 0, **ends, "report": found})


def outcomes_of(history: Path) -> Counter[str]:
    """How many attempts had which outcome; a last line torn by a kill is left aside."""
    found: Counter[str] = Counter()
    if history.exists():
        for line in history.read_text().splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if outcome := record.get("outcome"):
                found[str(outcome)] += 1
    return found


__all__ = ["Leg", "LoadEnded", "NotRecovered", "outcomes_of"]
