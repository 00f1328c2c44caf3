"""What is asked of a list, its text looked up, and how it is sorted; as pieces of SQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.catalog.domain.entry import Match, Order, Wanted
from services.catalog.repository.parameters import Parameters
from services.catalog.repository.reading_conditions import Sql, conditions_of, metres_from
from services.catalog.repository.reading_search import Question, Reach

BEHIND_ALL_NUMBERS = 2**31 - 1
_PLACE = f"coalesce(project.number, {BEHIND_ALL_NUMBERS})"
Key = int | UUID


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, with its text looked up: how widely it must be read to find something."""

    wanted: Wanted
    question: Question | None
    reach: Reach | None

    @property
    def match(self) -> Match | None:
        """How much of the text is answered; None: no text was asked for."""
        return self.reach.match if self.reach else None

    def conditions(self, put: Parameters) -> list[Sql]:
        """What a project must fulfil."""
        return [*conditions_of(self.wanted, put), *self.of_text(put)]

    def of_text(self, put: Parameters) -> list[Sql]:
        """What a project must fulfil because of the text."""
        return [self.question.fits(self.reach, put)] if self.question and self.reach else []

    def score(self, put: Parameters) -> Sql:
        """How well a project answers the text; 0 without one."""
        return self.question.score(self.reach, put) if self.question and self.reach else "0"

    def sort_keys(self, order: Order, put: Parameters) -> tuple[Sql, ...]:
        """What a project is sorted by; the last one is its id, so that no two are the same."""
        if order.by_year:
            return ("selection_year", _PLACE, "project.id")
        if order is Order.RELEVANCE:
            return (f"-({self.score(put)})", _PLACE, "project.id")
        if order is Order.DISTANCE and self.wanted.near is not None:
            return (metres_from(self.wanted.near, put), _PLACE, "project.id")
        return (_PLACE, "project.id")


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list: at most ``fetch`` projects, from behind the sort keys ``after``."""

    order: Order
    fetch: int
    after: Sequence[Key] | None = None


def reach_statement(wanted: Wanted, question: Question) -> tuple[Sql, list[Any]]:
    """One row: the narrowest reach that finds something under the conditions of ``wanted``."""
    put = Parameters()
    cases = ""
    for reach in question.reaches:
        if reach is not Reach.SOME:
            every = [*conditions_of(wanted, put), question.fits(reach, put)]
            cases += _WHEN.format(conditions=" AND ".join(f"({each})" for each in every), reach=int(reach))
    return f"SELECT CASE {cases or 'WHEN false THEN 0'} ELSE {Reach.SOME:d} END AS reach", put.values


_WHEN = " WHEN EXISTS (SELECT FROM project WHERE {conditions}) THEN {reach}"
