"""What a run found: each fault with its times, the load, the checker's word; as JSON values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median, quantiles
from typing import Any, Self

REQUESTS_AIM_SECONDS, EVENTS_AIM_SECONDS = 10.0, 30.0
FEW = 20


@dataclass(frozen=True, slots=True)
class Struck:
    """One fault that was injected. Seconds are counted from a kill itself, for others from the healing.

    ``spared``: why it could not bite. ``alone``: no other fault at the same time.
    """

    number: int
    kind: str
    target: str
    at: str
    seconds: float
    is_kill: bool
    alone: bool
    spared: str | None = None
    requests_within_seconds: float | None = None
    events_within_seconds: float | None = None

    @classmethod
    def of(cls, found: dict[str, Any]) -> Self:
        """As it stood in a report."""
        return cls(**found)


@dataclass(slots=True)
class Findings:
    """A whole run on one broker."""

    broker: str
    profile: str
    seed: int
    begun_at: str
    struck: list[Struck] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    load: Counter[str] = field(default_factory=Counter)
    checks: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    fault_seconds: float = 0.0

    @property
    def commits(self) -> list[str]:
        """The commits under test, in order: a run of hours may be gone on with on later ones."""
        return list(dict.fromkeys(check["commit"] for check in self.checks))

    @property
    def ok(self) -> bool:
        """Whether nothing was broken, everything came back, and the checker was heard at all."""
        return not self.failures and bool(self.checks) and all(check["ok"] for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self) | {"ok": self.ok, "recovery": self.recovery(), "load": dict(self.load)}

    @classmethod
    def of(cls, found: dict[str, Any]) -> Self:
        """As it stood in a report."""
        kept = {name: value for name, value in found.items() if name not in ("ok", "recovery")}
        kept["struck"] = [Struck.of(one) for one in kept["struck"]]
        return cls(**kept | {"load": Counter(kept["load"])})

    def recovery(self) -> dict[str, dict[str, Any]]:
        """Seconds until requests succeed and events flow again, by kind; only of faults that came alone."""
        kinds = sorted({one.kind for one in self.struck})
        return {kind: self._recovery_of(kind) for kind in kinds}

    def _recovery_of(self, kind: str) -> dict[str, Any]:
        bit = [one for one in self.struck if one.kind == kind and one.spared is None]
        alone = [one for one in bit if one.alone]
        return {
            "times": len(bit),
            "requests": spread([one.requests_within_seconds for one in alone]),
            "events": spread([one.events_within_seconds for one in alone]),
        }


def spread(seconds: Sequence[float | None]) -> dict[str, float]:
    """Median, 95th percentile (from 20 on) and longest; empty where there is none."""
    known = sorted(one for one in seconds if one is not None)
    if not known:
        return {}
    found = {"median": median(known), "longest": known[-1]}
    if len(known) >= FEW:
        found["p95"] = quantiles(known, n=20)[-1]
    return {name: round(value, 2) for name, value in found.items()}
