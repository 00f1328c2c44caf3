"""Reading the catalogue: pages of it, facets, and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_

from services.catalog.domain.entry import Entry, Match, Order, Wanted
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.domain.statistics import Tally
from services.catalog.repository.reading_conditions import Condition, conditions_of, metres_from
from services.catalog.repository.reading_facets import facets_of, facets_statement
from services.catalog.repository.reading_search import Question, Reach, Vocabularies, reach_found
from services.catalog.repository.rows import ENTRIES, country_of_row, entry_of
from services.catalog.tables import project
from shared.database.connection import Tx
from shared.ids import ProjectId

BEHIND_ALL_NUMBERS = 2**31 - 1
_place = func.coalesce(project.c.number, BEHIND_ALL_NUMBERS)
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

    def conditions(self) -> list[Condition]:
        """What a project must fulfil."""
        return [*conditions_of(self.wanted), *self.of_text()]

    def of_text(self) -> list[Condition]:
        """What a project must fulfil because of the text."""
        return [self.question.fits(self.reach)] if self.question and self.reach else []

    def score(self) -> ColumnElement[int]:
        """How well a project answers the text; 0 without one."""
        return self.question.score(self.reach) if self.question and self.reach else literal(0)


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found. ``keys``: what it is sorted by, unique; ``metres``: from the point asked for."""

    entry: Entry
    keys: tuple[Key, ...]
    metres: int | None


class CatalogueReader:
    """What everybody may read, inside one transaction. ``vocabularies``: kept by the process."""

    def __init__(self, tx: Tx, vocabularies: Vocabularies | None = None) -> None:
        self._tx = tx
        self._vocabularies = vocabularies or Vocabularies()

    @property
    def tx(self) -> Tx:
        """The transaction that it reads in."""
        return self._tx

    async def request(self, wanted: Wanted, reach: Reach | None = None) -> Request:
        """Look up the text of ``wanted``; ``reach``: found before, when the first page was read."""
        if wanted.text is None:
            return Request(wanted, None, None)
        question = Question.of(wanted.text, await self._vocabularies.present(self._tx))
        if reach is None:
            found = await self._tx.scalar(select(reach_found(question, conditions_of(wanted))))
            reach = Reach(found or Reach.SOME)
        return Request(wanted, question, reach)

    async def hits(
        self, request: Request, order: Order, *, after: Sequence[Key] | None = None, fetch: int
    ) -> list[Hit]:
        """At most ``fetch`` entries that fit, from behind the sort keys ``after``."""
        keys = _sort_keys(request, order)
        statement = _selected(request, keys)
        if after is not None:
            row, last = tuple_(*keys), tuple_(*after)
            statement = statement.where(row < last if order.descending else row > last)
        statement = statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))
        rows = (await self._tx.execute(statement.limit(fetch))).mappings()
        names = [f"key_{number}" for number in range(len(keys))]
        return [Hit(entry_of(row), tuple(row[name] for name in names), row["metres"]) for row in rows]

    async def find(self, project_id: ProjectId) -> Entry | None:
        """The entry with this id."""
        return await self._one(project.c.id == project_id)

    async def find_number(self, number: int) -> Entry | None:
        """The completed project with this number."""
        return await self._one(project.c.number == number)

    async def facets(self, request: Request) -> Facets:
        """How many fit, and how many would for each value of each facet, all other conditions kept."""
        rows = await self._tx.execute(facets_statement(request.wanted, request.of_text()))
        return facets_of(request.match, rows.mappings().all())

    async def tallies(self) -> list[Tally]:
        """How many projects there are of each kind; together they cover the catalogue once."""
        columns = ("state", "stage", "type", "selection_year", "country_iso2", "sectors")
        groups = [project.c[name] for name in columns]
        statement = select(
            *groups,
            func.max(project.c.country_ko).label("country_ko"),
            func.max(project.c.country_en).label("country_en"),
            func.count().label("projects"),
        )
        rows = (await self._tx.execute(statement.group_by(*groups))).mappings()
        return [
            Tally(
                ProjectState(row["state"]),
                ProjectType(row["type"]),
                row["selection_year"],
                country_of_row(row),
                row["projects"],
                Stage(row["stage"]),
                tuple(Sector(each) for each in row["sectors"]),
            )
            for row in rows
        ]

    async def _one(self, condition: Condition) -> Entry | None:
        row = (await self._tx.execute(ENTRIES.where(condition))).mappings().first()
        return entry_of(row) if row else None


def _selected(request: Request, keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
    near = request.wanted.near
    named = [key.label(f"key_{number}") for number, key in enumerate(keys)]
    metres = metres_from(near) if near else literal(None)
    return ENTRIES.add_columns(*named, metres.label("metres")).where(*request.conditions())


def _sort_keys(request: Request, order: Order) -> tuple[ColumnElement[Any], ...]:
    if order.by_year:
        return (project.c.selection_year, _place, project.c.id)
    if order is Order.RELEVANCE:
        return (-request.score(), _place, project.c.id)
    if order is Order.DISTANCE and request.wanted.near is not None:
        return (metres_from(request.wanted.near), _place, project.c.id)
    return (_place, project.c.id)
