"""What the public page reads beyond lists of projects: places, calls, history, and what stands beside a project."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, String, cast, func, literal_column, or_, select

from services.catalog.domain.entry import Entry
from services.catalog.domain.place import PlaceKind
from services.catalog.domain.project import Project
from services.catalog.domain.shown import Place
from services.catalog.domain.text import Bilingual
from services.catalog.repository.rows import ENTRIES, country_of_row, entry_of
from services.catalog.tables import call, project
from shared.database.connection import Tx
from shared.events.call_definition import CallDefinition

_PLACED = ("country_iso2", "city_ko", "city_en", "place_kind", "latitude", "longitude")
MOST_NEIGHBOURS = 4


class ShowingReader:
    """What everybody may see, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def announced_calls(self, now: datetime) -> list[CallDefinition]:
        """Every announced call of which the definition is known, the latest first."""
        statement = select(call.c.definition).where(call.c.definition.is_not(None))
        found = [CallDefinition.model_validate(read) for read in (await self._tx.scalars(statement))]
        announced = (one for one in found if one.announced_at <= now)
        return sorted(announced, key=lambda one: (one.announced_at, one.code), reverse=True)

    async def places(self) -> list[Place]:
        """Where projects are, each place once, those with most projects first."""
        groups = [project.c[name] for name in _PLACED]
        statement = select(
            *groups,
            func.max(project.c.country_ko).label("country_ko"),
            func.max(project.c.country_en).label("country_en"),
            func.min(cast(project.c.id, String)).label("one"),
            func.min(project.c.number).label("number"),
            func.count().label("projects"),
        ).group_by(*groups)
        ordered = statement.order_by(func.count().desc(), *groups)
        return [_place(row) for row in (await self._tx.execute(ordered)).mappings()]

    async def in_country(self, of: Project) -> list[Entry]:
        """Other projects of its country, the latest first."""
        if of.country is None:
            return []
        return await self._some(project.c.country_iso2 == of.country.iso2, project.c.id != of.id)

    async def in_sectors(self, of: Project) -> list[Entry]:
        """Projects of other countries with one of its sectors, the latest first."""
        if of.sectors is None:
            return []
        elsewhere = or_(
            project.c.country_iso2.is_(None),
            project.c.country_iso2 != (of.country.iso2 if of.country else ""),
        )
        return await self._some(
            project.c.sectors.overlap(list(of.sectors.values)), elsewhere, project.c.id != of.id
        )

    async def beside(self, number: int) -> tuple[int | None, int | None]:
        """The numbers before and after ``number``."""
        before = await self._tx.scalar(select(func.max(project.c.number)).where(project.c.number < number))
        after = await self._tx.scalar(select(func.min(project.c.number)).where(project.c.number > number))
        return before, after

    async def _some(self, *conditions: Any) -> list[Entry]:
        statement = ENTRIES.where(*conditions).order_by(
            project.c.selection_year.desc(), literal_column("number NULLS FIRST"), project.c.id
        )
        rows = (await self._tx.execute(statement.limit(MOST_NEIGHBOURS))).mappings()
        return [entry_of(row) for row in rows]


def _place(row: RowMapping) -> Place:
    ko, en = row["city_ko"], row["city_en"]
    point = None if row["latitude"] is None else (float(row["latitude"]), float(row["longitude"]))
    return Place(
        country=country_of_row(row),
        city=Bilingual(ko, en) if ko or en else None,
        kind=PlaceKind(row["place_kind"]) if row["place_kind"] else None,
        point=point,
        projects=row["projects"],
        first=UUID(row["one"]) if row["number"] is None else row["number"],
    )
