"""Facets, all in one statement: the text is looked up once, the other conditions facet by facet."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from services.catalog.domain.entry import Match, Wanted
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.repository.parameters import Parameters
from services.catalog.repository.reading_conditions import Sql, conditions_of
from services.catalog.repository.rows import country_of_row
from services.catalog.repository.vocabularies import Row

T = TypeVar("T")
_FITTING = """
WITH fitting AS (
    SELECT selection_year, country_iso2, country_ko, country_en, type, state, stage, sectors, latitude, longitude
    FROM project {where}
)
"""
# one empty element stands for no sector, so that such a project is counted too
_OR_ONE_EMPTY = "unnest(coalesce(nullif(sectors, '{}'), '{\"\"}'))"
_VALUES: Mapping[str, Sql] = {
    "total": "''",
    "year": "selection_year::text",
    "type": "type",
    "state": "state",
    "stage": "stage",
    "sector": _OR_ONE_EMPTY,
    "position": "(latitude IS NOT NULL)::text",
}


def facets_statement(wanted: Wanted, of_text: Sequence[Sql], put: Parameters) -> Sql:
    """Rows of facet, value, names of the country, and count."""
    fitting = _FITTING.format(where=_where(of_text))
    return fitting + " UNION ALL ".join(_counts(wanted, put))


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


def _where(conditions: Sequence[Sql]) -> Sql:
    return f"WHERE {' AND '.join(f'({each})' for each in conditions)}" if conditions else ""


def _counts(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    for facet, value in _VALUES.items():
        yield _COUNT.format(
            facet=facet, value=value, where=_where(conditions_of(wanted, put, without=(facet,)))
        )
    yield _COUNT_COUNTRIES.format(where=_where(conditions_of(wanted, put, without=("country",))))


_COUNT = """
SELECT '{facet}' AS facet, value, NULL AS country_iso2, NULL AS country_ko, NULL AS country_en, count(*) AS projects
FROM (SELECT {value} AS value FROM fitting {where}) AS chosen
GROUP BY value
"""
_COUNT_COUNTRIES = """
SELECT 'country', NULL, country_iso2, max(country_ko), max(country_en), count(*)
FROM fitting {where}
GROUP BY country_iso2
"""


def _counted(rows: Sequence[Row], facet: str, read: Callable[[str], T]) -> dict[T, int]:
    """The counts of one facet, in the order of its values' text."""
    counts = ((row["value"], row["projects"]) for row in rows if row["facet"] == facet)
    return {read(value): count for value, count in sorted(counts)}
