"""``docs/reports/fuzz.md``: what was asked as whom, what was answered, and what was found."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deploy.fuzz.tally import Finding, Tally

REPORT = Path(__file__).resolve().parents[2] / "docs" / "reports" / "fuzz.md"
_OPERATION = re.compile(r"^\| `(?P<operation>\w+)` \| (?P<cases>[\d,]+) \|", re.MULTILINE)
_ROLE = re.compile(r"^\| (?P<role>[a-z_ ]+) \| (?P<cases>[\d,]+) \|$", re.MULTILINE)
_INTRODUCTION = """# Fuzzing, as it was found

Written by `make fuzz`: a whole stack of its own, a rehearsed call on it, and then every operation of the merged
contract through the front door – requests inside and outside their schemas, as somebody of every role, with values
that earlier answers carried along the contract's links. Every answer was held against the contract and searched for
secrets. `make test` does the same with 100 cases of each operation, on each service by itself
(`services/tests/fuzz/`); both repeat from their seed. [How it works, and what it found before](../fuzzing.md).

"""


@dataclass(frozen=True, slots=True)
class Run:
    """What was run. ``versions``: of what shapes the cases, by name."""

    seed: int
    commit: str
    cases: int
    lasted: timedelta
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Played:
    """What a report says it played: cases by operation, and by role."""

    operations: Mapping[str, int]
    roles: Mapping[str, int]


def read(text: str) -> Played:
    """A report, read back."""
    return Played(
        {found["operation"]: _number(found["cases"]) for found in _OPERATION.finditer(text)},
        {found["role"]: _number(found["cases"]) for found in _ROLE.finditer(text)},
    )


def written(run: Run, tally: Tally) -> str:
    """The page."""
    parts = (
        _run(run, tally),
        _findings(tally),
        _roles(tally),
        _operations(tally),
        _never(tally),
        _links(tally),
    )
    return _INTRODUCTION + "\n".join("\n".join(part) + "\n" for part in parts)


def _run(run: Run, tally: Tally) -> Iterator[str]:
    yield from _table("this run", "")
    yield f"| seed | {run.seed} |"
    yield f"| commit | {run.commit} |"
    played = [tally.cases(operation) for operation in tally.roles]
    yield f"| cases of each operation | {run.cases:,} planned, {min(played):,} to {max(played):,} played |"
    yield f"| different inputs | {sum(map(len, tally.inputs.values())):,}, asked with by several callers |"
    yield f"| operations | {len(tally.roles)} |"
    yield f"| requests | {sum(played):,} and {tally.checked_again.total():,} to compare with |"
    for what, count in sorted(tally.checked_again.items()):
        yield f"| {what} | {count:,} times |"
    yield f"| lasted | {round(run.lasted.total_seconds() / 60)} minutes |"
    for name, version in run.versions.items():
        yield f"| {name} | {version} |"


def _findings(tally: Tally) -> Iterator[str]:
    yield f"## Findings: {len(tally.findings)}\n"
    for kind, finding in sorted(tally.findings.items()):
        yield from _finding(finding, tally.repeats[kind])


def _finding(finding: Finding, times: int) -> Iterator[str]:
    yield f"- `{finding.operation}` as {finding.actor}, {times} times: {finding.check}: {finding.told}\n"
    yield f"  {finding.place}\n\n      {finding.curl[:400]}\n"


def _roles(tally: Tally) -> Iterator[str]:
    every: Counter[str] = sum(tally.roles.values(), Counter())
    yield "## Cases by role\n"
    yield from _table("role", "cases")
    for role, count in sorted(every.items()):
        yield f"| {role} | {count:,} |"


def _operations(tally: Tally) -> Iterator[str]:
    roles = sorted({role for counted in tally.roles.values() for role in counted})
    yield "## Cases by operation, status and role\n"
    yield from _table("operation", "cases", "succeeded", "statuses", *roles)
    for operation in sorted(tally.roles):
        statuses = ", ".join(
            f"{status}: {count:,}" for status, count in sorted(tally.statuses[operation].items())
        )
        counted = " | ".join(f"{tally.roles[operation][role]:,}" for role in roles)
        done = tally.succeeded(operation)
        yield f"| `{operation}` | {tally.cases(operation):,} | {done:,} | {statuses} | {counted} |"


def _never(tally: Tally) -> Iterator[str]:
    yield "## Never done\n"
    yield "Operations that refused every case, and with what; their tests reach what random requests do not.\n"
    yield from _table("operation", "refused with")
    for operation in sorted(tally.roles):
        if not tally.succeeded(operation):
            reasons = tally.problems[operation].most_common(6)
            yield f"| {operation} | {', '.join(f'{slug} ({count:,})' for slug, count in reasons)} |"


def _links(tally: Tally) -> Iterator[str]:
    yield "## Links that led to a good answer\n"
    yield from _table("link", "followed")
    for link, count in sorted(tally.links.items()):
        yield f"| {link} | {count:,} |"


def _table(*heads: str) -> Sequence[str]:
    return (f"| {' | '.join(heads)} |", "|" + "---|" * len(heads))


def _number(text: str) -> int:
    return int(text.replace(",", ""))
