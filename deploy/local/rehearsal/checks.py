"""Named checks: what was expected, what was found, and whether that is well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

SHOWN = 400


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold. ``expected`` and ``actual`` are JSON values."""

    name: str
    expected: Any
    actual: Any
    ok: bool

    def as_json(self) -> dict[str, Any]:
        """The check as JSON values."""
        return {"name": self.name, "expected": self.expected, "actual": self.actual, "ok": self.ok}

    def __str__(self) -> str:
        return f"{self.name}: expected {_short(self.expected)}, found {_short(self.actual)}"


@dataclass(slots=True)
class Checks:
    """All checks of a rehearsal, in order. ``on_failure`` hears of each one that fails at once."""

    on_failure: Callable[[Check], None]
    made: list[Check] = field(default_factory=list)

    def equal(self, name: str, expected: Any, actual: Any) -> bool:
        """Check that two JSON values are equal."""
        return self._note(Check(name, expected, actual, expected == actual))

    def holds(self, name: str, ok: bool, *, expected: Any, actual: Any) -> bool:
        """Check a condition; ``expected`` says it in words."""
        return self._note(Check(name, expected, actual, ok))

    @property
    def failed(self) -> list[Check]:
        """Those that do not hold."""
        return [check for check in self.made if not check.ok]

    def __iter__(self) -> Iterator[Check]:
        return iter(self.made)

    def _note(self, check: Check) -> bool:
        self.made.append(check)
        if not check.ok:
            self.on_failure(check)
        return check.ok


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else text[:SHOWN] + " …"
