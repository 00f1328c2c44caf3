"""Areas of the earth to look for projects in. Pure. Degrees are WGS 84, north and east positive."""

from dataclasses import dataclass
from math import asin, cos, degrees, pi, radians, sin

EARTH_KM = 6371.0088
"""Mean radius of the earth (IUGG); a sphere of it is wrong by 0.6 % at most."""
POLE, HALF_TURN, TURN = 90.0, 180.0, 360.0


@dataclass(frozen=True, slots=True)
class Box:
    """From ``south`` to ``north`` and from ``west`` eastwards to ``east``; over the antimeridian where west > east."""

    west: float
    south: float
    east: float
    north: float

    @property
    def crosses_antimeridian(self) -> bool:
        """Whether it has parts on both sides of 180°."""
        return self.west > self.east


@dataclass(frozen=True, slots=True)
class Near:
    """A point, and how far from it a project may be; None: however far."""

    latitude: float
    longitude: float
    within_km: float | None = None

    def box(self) -> Box:
        """A box that holds the whole circle, to look in first; the whole earth without a radius."""
        angle = self.within_km / EARTH_KM if self.within_km is not None else pi
        south, north = self.latitude - degrees(angle), self.latitude + degrees(angle)
        if south <= -POLE or north >= POLE:
            return Box(-HALF_TURN, max(south, -POLE), HALF_TURN, min(north, POLE))
        # widest not at the centre's latitude, but where a meridian touches the circle
        half = degrees(asin(min(1.0, sin(angle) / cos(radians(self.latitude)))))
        return Box(_longitude(self.longitude - half), south, _longitude(self.longitude + half), north)


def _longitude(any_turn: float) -> float:
    return (any_turn + HALF_TURN) % TURN - HALF_TURN
