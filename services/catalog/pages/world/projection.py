"""From degrees to the map and back: Equal Earth (Šavrič, Patterson and Jenny, 2018), with Korea near its middle. Pure."""

import math

WIDTH, HEIGHT = 1000.0, 442.0
CENTRE_LONGITUDE = 150.0
"""The seam runs through the Atlantic (30° west), where no country lies."""
NORTHERNMOST = 80.0
"""Degrees at the map's upper edge; its lower edge is near 56° south, beyond the last town."""

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2
_HALF_WIDTH = math.pi / (_M * _A1)
_SCALE = WIDTH / (2 * _HALF_WIDTH)
_ROUNDS = 12


def on_map(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a point (degrees, WGS 84) lies on the map: units from its upper left corner."""
    x, y = _equal_earth(math.radians(latitude), math.radians(_turned(longitude)))
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE


def on_earth(x: float, y: float) -> tuple[float, float] | None:
    """Latitude and longitude (degrees) of a point of the map; None outside the earth's outline."""
    plane_x, plane_y = (x - WIDTH / 2) / _SCALE, _TOP - y / _SCALE
    theta = plane_y / _A1
    for _ in range(_ROUNDS):  # Newton
        squared = theta * theta
        sixth = squared**3
        rest = theta * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared)) - plane_y
        theta -= rest / _slope(squared, sixth)
    sine = math.sin(theta) / _M
    squared = theta * theta
    longitude = _M * plane_x * _slope(squared, squared**3) / math.cos(theta)
    if abs(sine) > 1 or abs(longitude) > math.pi:
        return None
    return math.degrees(math.asin(sine)), _turned_back(math.degrees(longitude))


def _equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    theta = math.asin(_M * math.sin(latitude))
    squared = theta * theta
    sixth = squared**3
    x = longitude * math.cos(theta) / (_M * _slope(squared, sixth))
    return x, theta * (_A1 + _A2 * squared + sixth * (_A3 + _A4 * squared))


def _slope(squared: float, sixth: float) -> float:
    return _A1 + 3 * _A2 * squared + sixth * (7 * _A3 + 9 * _A4 * squared)


def _turned(longitude: float) -> float:
    return (longitude - CENTRE_LONGITUDE + 180) % 360 - 180


def _turned_back(longitude: float) -> float:
    return (longitude + CENTRE_LONGITUDE + 180) % 360 - 180


_TOP = _equal_earth(math.radians(NORTHERNMOST), 0)[1]
