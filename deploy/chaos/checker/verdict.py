"""Named checks and what they found."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from deploy.chaos.checker.evidence import Evidence

Judge = Callable[[Evidence, "Looks"], Iterator[str]]
SHOWN = 20


@dataclass(slots=True)
class Looks:
    """Counts what a check looked at: one that looks at nothing proves nothing, and the report shows it."""

    count: int = 0

    def at_one(self) -> None:
        """One more was looked at."""
        self.count += 1


@dataclass(frozen=True, slots=True)
class Check:
    """A promise by name; ``judge`` yields a line for each breach of it."""

    name: str
    promise: str
    judge: Judge


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check came to."""

    name: str
    promise: str
    looked_at: int
    breaches: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether the promise holds."""
        return not self.breaches

    def as_json(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {
            "name": self.name,
            "promise": self.promise,
            "ok": self.ok,
            "looked_at": self.looked_at,
            "breaches": list(self.breaches),
        }

    def lines(self) -> Iterator[str]:
        """The finding in words."""
        yield f"{'ok    ' if self.ok else 'BROKEN'} {self.name} ({self.looked_at} looked at): {self.promise}"
        yield from (f"         {breach}" for breach in self.breaches[:SHOWN])
        if len(self.breaches) > SHOWN:
            yield f"         … and {len(self.breaches) - SHOWN} more"


def judge(evidence: Evidence, checks: tuple[Check, ...]) -> tuple[Finding, ...]:
    """Make every check."""
    findings = []
    for check in checks:
        looks = Looks()
        breaches = tuple(check.judge(evidence, looks))
        findings.append(Finding(check.name, check.promise, looks.count, breaches))
    return tuple(findings)
