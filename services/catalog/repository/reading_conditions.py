"""The conditions of a list as SQL, but those of its text."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func, or_
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from services.catalog.domain.entry import Wanted
from services.catalog.domain.search_area import EARTH_KM, Box, Near
from services.catalog.tables import project

Condition = ColumnElement[bool]
Columns = ReadOnlyColumnCollection[str, Any]
_METRES_PER_KM = 1000


def conditions_of(
    wanted: Wanted, *, of: Columns = project.c, without: Collection[str] = ()
) -> list[Condition]:
    """What a project must fulfil; ``without``: names of facets whose own conditions do not count."""
    conditions = {
        "year": [of.selection_year == wanted.year] if wanted.year is not None else [],
        "country": [of.country_iso2.in_(wanted.countries)] if wanted.countries else [],
        "type": [of.type == wanted.type] if wanted.type is not None else [],
        "state": [of.state == wanted.state] if wanted.state is not None else [],
        "stage": [of.stage == wanted.stage] if wanted.stage is not None else [],
        "sector": [of.sectors.overlap(list(wanted.sectors))] if wanted.sectors else [],
        "position": _position(wanted, of),
    }
    return [each for facet, given in conditions.items() if facet not in without for each in given]


def metres_from(near: Near, of: Columns = project.c) -> ColumnElement[int]:
    """How far a project is from a point, in whole metres along a sphere (haversine)."""
    north = func.sin(func.radians(of.latitude - near.latitude) / 2)
    east = func.sin(func.radians(of.longitude - near.longitude) / 2)
    cosines = func.cos(func.radians(near.latitude)) * func.cos(func.radians(of.latitude))
    half = func.sqrt(north * north + cosines * east * east)
    return cast(func.round(2 * EARTH_KM * _METRES_PER_KM * func.asin(func.least(1.0, half))), Integer)


def _position(wanted: Wanted, of: Columns) -> list[Condition]:
    known = of.latitude.is_not(None)
    conditions: list[Condition] = []
    if wanted.positioned is not None:
        conditions.append(known if wanted.positioned else ~known)
    if wanted.box is not None:
        conditions.append(_inside(wanted.box, of))
    if wanted.near is not None:
        conditions.append(_close(wanted.near, of) if wanted.near.within_km is not None else known)
    return conditions


def _close(near: Near, of: Columns) -> Condition:
    metres = round((near.within_km or 0) * _METRES_PER_KM)
    # only what the box holds is measured
    return case((_inside(near.box(), of), metres_from(near, of) <= metres), else_=False)


def _inside(box: Box, of: Columns) -> Condition:
    if box.crosses_antimeridian:
        beside = or_(of.longitude >= box.west, of.longitude <= box.east)
    else:
        beside = of.longitude.between(box.west, box.east)
    return and_(of.latitude.between(box.south, box.north), beside)
