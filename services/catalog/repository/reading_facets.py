"""Facets, all in one statement: the text is looked up once, the other conditions facet by facet."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    RowMapping,
    Select,
    Text,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from services.catalog.domain.entry import Match, Wanted
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.repository.reading_conditions import Condition, conditions_of
from services.catalog.repository.rows import country_of_row
from services.catalog.tables import project

_COLUMNS = (
    "selection_year",
    "country_iso2",
    "country_ko",
    "country_en",
    "type",
    "state",
    "stage",
    "sectors",
    "latitude",
    "longitude",
)
T = TypeVar("T")
Row = RowMapping


def facets_statement(wanted: Wanted, of_text: Sequence[Condition]) -> CompoundSelect[Any]:
    """Rows of facet, value, names of the country, and count."""
    fitting = select(*(project.c[name] for name in _COLUMNS)).where(*of_text).cte("fitting")
    return union_all(*_counts(wanted, fitting))


def facets_of(matched: Match | None, rows: Sequence[Row]) -> Facets:
    """The facets of the rows of ``facets_statement``."""
    nations = [row for row in rows if row["facet"] == "country"]
    sectors, positions = _counted(rows, "sector", str), _counted(rows, "position", str)
    total = _counted(rows, "total", str).get("", 0)
    return Facets(
        total=total,
        matched=matched if total else None,
        years=_counted(rows, "year", int),
        countries={
            country: row["projects"] for row in nations if (country := country_of_row(row)) is not None
        },
        without_country=sum(row["projects"] for row in nations if row["country_iso2"] is None),
        types=_counted(rows, "type", ProjectType),
        states=_counted(rows, "state", ProjectState),
        stages=_counted(rows, "stage", Stage),
        sectors={Sector(value): count for value, count in sectors.items() if value},
        without_sector=sectors.get("", 0),
        with_position=positions.get("true", 0),
        without_position=positions.get("false", 0),
    )


def _counts(wanted: Wanted, fitting: CTE) -> Iterator[Select[Any]]:
    of = fitting.c
    # one empty element stands for no sector, so that such a project is counted too
    sectors = func.unnest(_or_one_empty(of.sectors))
    values: dict[str, ColumnElement[Any]] = {
        "total": literal(""),
        "year": cast(of.selection_year, Text),
        "type": of.type,
        "state": of.state,
        "stage": of.stage,
        "sector": sectors,
        "position": cast(of.latitude.is_not(None), Text),
    }
    for facet, value in values.items():
        chosen = (
            select(value.label("value"))
            .select_from(fitting)
            .where(*conditions_of(wanted, of=of, without=(facet,)))
        )
        yield _grouped(facet, chosen)
    yield _by_country(wanted, fitting)


def _or_one_empty(sectors: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.nullif(sectors, literal([], sectors.type)), literal([""], sectors.type))


def _grouped(facet: str, chosen: Select[Any]) -> Select[Any]:
    inner = chosen.subquery()
    names = [cast(null(), Text).label(name) for name in ("country_iso2", "country_ko", "country_en")]
    return select(
        literal(facet).label("facet"), inner.c.value, *names, func.count().label("projects")
    ).group_by(inner.c.value)


def _by_country(wanted: Wanted, fitting: CTE) -> Select[Any]:
    of = fitting.c
    return (
        select(
            literal("country").label("facet"),
            cast(null(), Text).label("value"),
            of.country_iso2,
            func.max(of.country_ko).label("country_ko"),
            func.max(of.country_en).label("country_en"),
            func.count().label("projects"),
        )
        .where(*conditions_of(wanted, of=of, without=("country",)))
        .group_by(of.country_iso2)
    )


def _counted(rows: Sequence[Row], facet: str, read: Callable[[str], T]) -> dict[T, int]:
    """The counts of one facet, in the order of its values' text."""
    counts = ((row["value"], row["projects"]) for row in rows if row["facet"] == facet)
    return {read(value): count for value, count in sorted(counts)}
