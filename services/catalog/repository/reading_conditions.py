"""The conditions of a list as SQL, but those of its text."""

from collections.abc import Callable, Collection, Iterator, Mapping

from services.catalog.domain.entry import Wanted
from services.catalog.domain.search_area import EARTH_KM, Box, Near
from services.catalog.repository.parameters import Parameters

Sql = str
"""A piece of a statement: constant text, with places for parameters. Columns are those of ``project``."""
_METRES_PER_KM = 1000


def conditions_of(wanted: Wanted, put: Parameters, *, without: Collection[str] = ()) -> list[Sql]:
    """What a project must fulfil; ``without``: names of facets whose own conditions do not count."""
    return [each for facet, of in _OF_FACET.items() if facet not in without for each in of(wanted, put)]


def metres_from(near: Near, put: Parameters) -> Sql:
    """How far a project is from a point, in whole metres along a sphere (haversine)."""
    latitude, longitude = put.measure(near.latitude), put.measure(near.longitude)
    north = f"sin(radians(latitude - {latitude}) / 2)"
    east = f"sin(radians(longitude - {longitude}) / 2)"
    cosines = f"cos(radians({latitude})) * cos(radians(latitude))"
    half = f"sqrt({north} * {north} + {cosines} * {east} * {east})"
    diameter = 2 * EARTH_KM * _METRES_PER_KM
    return f"CAST(round(CAST({diameter} AS double precision) * asin(least(1.0, {half}))) AS integer)"


def _year(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.year is not None:
        yield f"selection_year = {put.number(wanted.year)}"


def _country(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.countries:
        yield f"country_iso2 = ANY ({put.texts(wanted.countries)})"


def _type(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.type is not None:
        yield f"type = {put.text(wanted.type)}"


def _state(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.state is not None:
        yield f"state = {put.text(wanted.state)}"


def _stage(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.stage is not None:
        yield f"stage = {put.text(wanted.stage)}"


def _sector(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    if wanted.sectors:
        yield f"sectors && {put.texts(wanted.sectors)}"


def _position(wanted: Wanted, put: Parameters) -> Iterator[Sql]:
    known = "latitude IS NOT NULL"
    if wanted.positioned is not None:
        yield known if wanted.positioned else "latitude IS NULL"
    if wanted.box is not None:
        yield _inside(wanted.box, put)
    if wanted.near is not None:
        yield _close(wanted.near, put) if wanted.near.within_km is not None else known


_OF_FACET: Mapping[str, Callable[[Wanted, Parameters], Iterator[Sql]]] = {
    "year": _year,
    "country": _country,
    "type": _type,
    "state": _state,
    "stage": _stage,
    "sector": _sector,
    "position": _position,
}


def _close(near: Near, put: Parameters) -> Sql:
    metres = put.number(round((near.within_km or 0) * _METRES_PER_KM))
    # only what the box holds is measured
    return f"CASE WHEN {_inside(near.box(), put)} THEN {metres_from(near, put)} <= {metres} ELSE false END"


def _inside(box: Box, put: Parameters) -> Sql:
    west, south = put.measure(box.west), put.measure(box.south)
    east, north = put.measure(box.east), put.measure(box.north)
    if box.crosses_antimeridian:
        beside = f"(longitude >= {west} OR longitude <= {east})"
    else:
        beside = f"longitude BETWEEN {west} AND {east}"
    return f"(latitude BETWEEN {south} AND {north} AND {beside})"
