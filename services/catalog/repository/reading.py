"""Reading the catalogue: pages of it, facets, and counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.catalog.domain.entry import Entry, Order, Wanted
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.domain.statistics import Tally
from services.catalog.repository.asking import Key, Part, Request, reach_statement
from services.catalog.repository.parameters import Parameters
from services.catalog.repository.reading_facets import facets_of, facets_statement
from services.catalog.repository.reading_list import Listed, keys_of, listed, looked_up
from services.catalog.repository.reading_search import Question, Reach
from services.catalog.repository.rows import ENTRIES, country_of_row, entry_of
from services.catalog.repository.vocabularies import Row, Vocabularies
from services.catalog.tables import project
from shared.database.connection import Tx
from shared.ids import ProjectId


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
            statement, values = reach_statement(wanted, question)
            (row,) = await self._fetch(statement, *values)
            reach = Reach(row["reach"])
        return Request(wanted, question, reach)

    async def hits(
        self, request: Request, order: Order, *, after: Sequence[Key] | None = None, fetch: int
    ) -> list[Hit]:
        """At most ``fetch`` entries that fit, from behind the sort keys ``after``."""
        rows = (await listed(self._fetch, request, Part(order, fetch, after))).rows
        entries = await self.entries([row["id"] for row in rows])
        return [Hit(entries[row["id"]], keys_of(row), row["metres"]) for row in rows]

    async def listed(self, wanted: Wanted, part: Part, reach: Reach | None) -> Listed:
        """Which entries fit, without what they say; ``reach``: found before, when the first page was read."""
        known = await self._vocabularies.present(self._tx) if wanted.text else self._vocabularies.kept
        found = await looked_up(self._fetch, wanted, part, known, reach)
        if found is None:
            raise RuntimeError("a transaction saw two catalogues")
        return found

    async def entries(self, ids: Collection[UUID]) -> dict[UUID, Entry]:
        """The entries with these ids."""
        if not ids:
            return {}
        named = project.c.id == any_(literal(list(ids), ARRAY(project.c.id.type)))
        rows = (await self._tx.execute(ENTRIES.where(named))).mappings()
        return {row["id"]: entry_of(row) for row in rows}

    async def find(self, project_id: ProjectId) -> Entry | None:
        """The entry with this id."""
        return await self._one(project.c.id == project_id)

    async def find_number(self, number: int) -> Entry | None:
        """The completed project with this number."""
        return await self._one(project.c.number == number)

    async def facets(self, request: Request) -> Facets:
        """How many fit, and how many would for each value of each facet, all other conditions kept."""
        put = Parameters()
        statement = facets_statement(request.wanted, request.of_text(put), put)
        return facets_of(request.match, await self._fetch(statement, *put.values))

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

    async def _one(self, condition: ColumnElement[bool]) -> Entry | None:
        row = (await self._tx.execute(ENTRIES.where(condition))).mappings().first()
        return entry_of(row) if row else None

    async def _fetch(self, statement: str, *values: Any) -> Sequence[Row]:
        """What the driver answers: a statement of pieces needs no SQLAlchemy, which would read it each time."""
        driver = (await self._tx.get_raw_connection()).driver_connection
        rows: Sequence[Row] = await driver.fetch(statement, *values)  # type: ignore[union-attr] # it is open
        return rows
