"""Reading the catalogue: pages of it, and counts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_

from services.catalog.domain.entry import Entry, Order, Wanted
from services.catalog.domain.project import ProjectState, ProjectType
from services.catalog.domain.statistics import Tally
from services.catalog.repository.rows import ENTRIES, country_of_row, entry_of
from services.catalog.tables import project
from shared.database.connection import Tx

BEHIND_ALL_NUMBERS = 2**31 - 1
_place = func.coalesce(project.c.number, BEHIND_ALL_NUMBERS)


class CatalogueReader:
    """What everybody may read, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def page(
        self, wanted: Wanted, order: Order, *, after: Sequence[int | UUID] | None, fetch: int
    ) -> list[Entry]:
        """At most ``fetch`` entries that fit, from behind the sort keys ``after``."""
        keys = _sort_keys(order)
        statement = ENTRIES.where(*_conditions(wanted))
        if after is not None:
            row, last = tuple_(*keys), tuple_(*after)
            statement = statement.where(row < last if order.descending else row > last)
        statement = statement.order_by(*(key.desc() if order.descending else key.asc() for key in keys))
        rows = (await self._tx.execute(statement.limit(fetch))).mappings()
        return [entry_of(row) for row in rows]

    async def tallies(self) -> list[Tally]:
        """How many projects there are of each kind; together they cover the catalogue once."""
        groups = (project.c.state, project.c.type, project.c.selection_year, project.c.country_iso2)
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
            )
            for row in rows
        ]


def keys_of(entry: Entry, order: Order) -> tuple[int | UUID, ...]:
    """What ``entry`` is sorted by: unique, so that a page ends between two entries."""
    number = entry.project.number if entry.project.number is not None else BEHIND_ALL_NUMBERS
    if order.by_year:
        return (entry.project.selection_year, number, entry.project.id)
    return (number, entry.project.id)


def _sort_keys(order: Order) -> tuple[ColumnElement[Any], ...]:
    if order.by_year:
        return (project.c.selection_year, _place, project.c.id)
    return (_place, project.c.id)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.year is not None:
        conditions.append(project.c.selection_year == wanted.year)
    if wanted.countries:
        conditions.append(project.c.country_iso2.in_(wanted.countries))
    if wanted.type is not None:
        conditions.append(project.c.type == wanted.type)
    if wanted.state is not None:
        conditions.append(project.c.state == wanted.state)
    if wanted.stage is not None:
        conditions.append(project.c.stage == wanted.stage)
    if wanted.sectors:
        conditions.append(project.c.sectors.overlap(list(wanted.sectors)))
    if wanted.text is not None:
        conditions.append(project.c.search.contains(wanted.text, autoescape=True))
    return conditions
