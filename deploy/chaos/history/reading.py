"""Reading a history: attempts, and the acts that they were attempts of."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from deploy.chaos.history.records import LINE, Ended, Invoked, LoadEnded, LoadStarted, Operation, Outcome

LAST_INSTANT = float("inf")


class HistoryUnreadable(Exception):
    """A line is none of the format, and is not one that a killed generator tore."""

    def __init__(self, file: Path, number: int, reason: str) -> None:
        super().__init__(f"{file.name}, line {number}: {reason}")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One request. ``ended`` is None when the generator was killed before it knew."""

    invoked: Invoked
    ended: Ended | None

    @property
    def outcome(self) -> Outcome:
        """What the client knows."""
        return Outcome.UNKNOWN if self.ended is None else self.ended.outcome

    @property
    def answer(self) -> dict[str, Any]:
        """The facts of an acknowledged one; empty otherwise."""
        return {} if self.ended is None else self.ended.answer

    @property
    def problem(self) -> str | None:
        """Why it was refused."""
        return None if self.ended is None else self.ended.problem

    @property
    def ended_monotonic(self) -> float:
        """When its outcome was known, for ever later than anything when it never was."""
        return LAST_INSTANT if self.ended is None else self.ended.monotonic


@dataclass(slots=True)
class Act:
    """What a client wanted, with every attempt at it: repeats and twins."""

    load: UUID
    number: int
    operation: Operation
    caller: str
    key: str | None
    ids: dict[str, str]
    asked: dict[str, Any]
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        """Acknowledged if any attempt was; refused only if every attempt was; else unknown."""
        outcomes = {attempt.outcome for attempt in self.attempts}
        if Outcome.ACKNOWLEDGED in outcomes:
            return Outcome.ACKNOWLEDGED
        return Outcome.REFUSED if outcomes == {Outcome.REFUSED} else Outcome.UNKNOWN

    @property
    def answers(self) -> list[dict[str, Any]]:
        """The facts that acknowledged attempts were told, in the order of asking."""
        return [one.answer for one in self.attempts if one.outcome is Outcome.ACKNOWLEDGED]

    @property
    def answer(self) -> dict[str, Any]:
        """The first of them; empty when there is none."""
        return next(iter(self.answers), {})

    @property
    def name(self) -> str:
        """How findings call it."""
        return f"{self.operation.value} #{self.number} of load {str(self.load)[-6:]}"


@dataclass(frozen=True)
class History:
    """A whole history. ``torn``: lines cut off by a kill of the generator."""

    loads: tuple[LoadStarted, ...]
    acts: tuple[Act, ...]
    torn: int = 0

    @cached_property
    def _by_operation(self) -> dict[Operation, list[Act]]:
        found: dict[Operation, list[Act]] = {}
        for act in self.acts:
            found.setdefault(act.operation, []).append(act)
        return found

    def of(self, *operations: Operation) -> list[Act]:
        """The acts of some operations."""
        return [act for operation in operations for act in self._by_operation.get(operation, ())]

    @property
    def organisation_ids(self) -> frozenset[str]:
        """Whose applications are all in this history."""
        return frozenset(str(one) for load in self.loads for one in load.organisation_ids)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many attempts came to what, by operation."""
        tally: Counter[tuple[str, str]] = Counter(
            (act.operation.value, attempt.outcome.value) for act in self.acts for attempt in act.attempts
        )
        found: dict[str, dict[str, int]] = {}
        for (operation, outcome), count in sorted(tally.items()):
            found.setdefault(operation, {})[outcome] = count
        return found


def read_history(file: Path) -> History:
    """The history in ``file``. Raises ``HistoryUnreadable`` and ``OSError``."""
    loads: list[LoadStarted] = []
    invoked: dict[tuple[UUID, int], Invoked] = {}
    ended: dict[tuple[UUID, int], Ended] = {}
    torn = 0
    for line in _lines(file):
        match line:
            case LoadStarted():
                loads.append(line)
            case Invoked():
                invoked[line.load, line.attempt] = line
            case Ended():
                ended[line.load, line.attempt] = line
            case None:
                torn += 1
            case LoadEnded():
                pass
    if unasked := ended.keys() - invoked.keys():
        raise HistoryUnreadable(file, 0, f"an attempt ended that was never invoked: {sorted(unasked)[:3]}")
    return History(tuple(loads), tuple(_acts(invoked.values(), ended)), torn)


def _lines(file: Path) -> Iterator[LoadStarted | LoadEnded | Invoked | Ended | None]:
    """Each line; None for one that was torn: no generator goes on after it, at most another one starts."""
    bad: tuple[int, str] | None = None
    with file.open("rb") as content:
        for number, text in enumerate(content, start=1):
            try:
                line = LINE.validate_json(text)
            except ValidationError as error:
                if bad is not None:
                    raise HistoryUnreadable(file, *bad) from error
                bad = (number, f"{error.error_count()} faults, the first: {error.errors()[0]['type']}")
                continue
            if bad is not None and not isinstance(line, LoadStarted):
                raise HistoryUnreadable(file, *bad)
            if bad is not None:
                yield None
                bad = None
            yield line
    if bad is not None:
        yield None


def _acts(invoked: Iterable[Invoked], ended: dict[tuple[UUID, int], Ended]) -> list[Act]:
    acts: dict[tuple[UUID, int], Act] = {}
    for one in invoked:
        act = acts.setdefault(
            (one.load, one.act),
            Act(one.load, one.act, one.operation, one.caller, one.key, dict(one.ids), dict(one.asked)),
        )
        act.attempts.append(Attempt(one, ended.get((one.load, one.attempt))))
    return list(acts.values())
