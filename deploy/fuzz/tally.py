"""What a run did and found."""

import re
import shlex
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import httpx

from deploy.fuzz.actors import Actor

_CHANGING = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4,}")
"""What differs from one finding to the next of its kind."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, with a line that does it again. ``place``: seed, operation and number of the case."""

    operation: str
    check: str
    told: str
    actor: str
    place: str
    curl: str

    def __str__(self) -> str:
        return f"{self.operation} as {self.actor}: {self.check}: {self.told}\n  {self.place}\n  {self.curl}"


@dataclass(slots=True)
class Tally:
    """Counts by operation. ``findings``: the first of each kind; ``repeats``: how often each kind was met."""

    roles: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    problems: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    done: Counter[str] = field(default_factory=Counter)
    inputs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    links: Counter[str] = field(default_factory=Counter)
    checked_again: Counter[str] = field(default_factory=Counter)
    findings: dict[tuple[str, str, str], Finding] = field(default_factory=dict)
    repeats: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def count(self, operation: str, actor: Actor, answer: httpx.Response, *, asked_for: bool = True) -> None:
        """One case and its answer; ``asked_for``: by the operation's own method."""
        if asked_for and answer.status_code < httpx.codes.BAD_REQUEST:
            self.done[operation] += 1
        self.roles[operation][actor.role] += 1
        self.statuses[operation][answer.status_code] += 1
        if answer.status_code >= httpx.codes.BAD_REQUEST and "json" in answer.headers.get("content-type", ""):
            body = answer.json()
            kind = body.get("type", "") if isinstance(body, dict) else ""
            self.problems[operation][str(kind).rpartition("/")[2]] += 1

    def cases(self, operation: str) -> int:
        """How many requests of the plan an operation got."""
        return self.roles[operation].total()

    def succeeded(self, operation: str) -> int:
        """How many of them did what they asked for; another method on its address is no success of it."""
        return self.done[operation]

    def add(self, other: "Tally") -> None:
        """What another run did, to what this one did."""
        for mine, theirs in (
            (self.roles, other.roles),
            (self.statuses, other.statuses),
            (self.problems, other.problems),
        ):
            for operation, counted in theirs.items():
                mine[operation].update(counted)  # type: ignore[arg-type] # each to its own kind
        for operation, cases in other.inputs.items():
            self.inputs[operation] |= cases
        self.done.update(other.done)
        self.links.update(other.links)
        self.checked_again.update(other.checked_again)
        self.findings |= other.findings
        self.repeats.update(other.repeats)

    def note(self, finding: Finding) -> None:
        """Keep the first of its kind."""
        kind = (finding.operation, finding.check, _CHANGING.sub("", finding.told)[:80])
        self.findings.setdefault(kind, finding)
        self.repeats[kind] += 1


def as_curl(request: httpx.Request, actor: Actor) -> str:
    """The request as a line for a shell; the token stands by its name, a body that is no text in hexadecimal."""
    parts = ["curl", "-i", "-X", request.method, str(request.url)]
    for name, value in request.headers.items():
        if name == "authorization":
            parts += ["-H", f"Authorization: Bearer <{actor.name}>"]
        elif name not in ("host", "content-length", "accept-encoding", "connection", "user-agent"):
            parts += ["-H", f"{name}: {value}"]
    line = shlex.join(parts)
    if not request.content:
        return line
    try:
        return f"{line} --data-raw {shlex.quote(request.content.decode()[:2000])}"
    except UnicodeDecodeError:
        return f"echo {request.content[:500].hex()} | xxd -r -p | {line} --data-binary @-"
