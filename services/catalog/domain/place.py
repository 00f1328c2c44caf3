"""Where a project is. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What the published name of the place names. A region has no single point on a map."""

    CITY = "city"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Position:
    """A point in degrees (WGS 84), north and east positive, with the source that gives it."""

    latitude: float
    longitude: float
    source: str
