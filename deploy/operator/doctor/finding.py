"""What the doctor finds: a part, how it is, and what to do next."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class State(IntEnum):
    """How it is; the highest found is the command's exit code."""

    OK = 0
    WARN = 1
    BAD = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the table. ``advice``: what to do next; empty when all is well."""

    part: str
    matter: str
    state: State
    fact: str
    advice: str = ""


def worst(findings: Iterable[Finding]) -> State:
    """The exit code: 0 all well, 1 warnings, 2 something is bad."""
    return max((finding.state for finding in findings), default=State.OK)
