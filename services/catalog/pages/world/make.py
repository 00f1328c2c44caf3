"""Makes ``land.json`` once, from npm's world-atlas 2.0.2: ``python -m services.catalog.pages.world.make FOLDER``.

``FOLDER`` is the unpacked package. The map is a field of dots: land that lies under a dot of a hexagonal grid. It
draws no border, so it takes no side; to which country a dot counts matters only where a country is tinted.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pycountry

from services.catalog.pages.world.projection import HEIGHT, WIDTH, on_earth, on_map

SPACING = 6.0
"""Between two dots of a row, in units of the map; rows are closer, so that each dot has six neighbours."""
ROW = SPACING * 3**0.5 / 2
TARGET = Path(__file__).parent / "land.json"
CRIMEA = (44.2, 46.15, 32.4, 36.65)
"""South, north, west, east. Natural Earth shows who holds it; the Republic of Korea holds it to be Ukraine's
(United Nations General Assembly resolution 68/262)."""
ELSEWHERE = ""
HALF_TURN, POLAR = 180.0, 80.0
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon of a country: its rings (longitude, latitude), and its box (west, south, east, north)."""

    iso2: str
    rings: tuple[Ring, ...]
    box: tuple[float, float, float, float]

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a point is inside: inside an odd number of rings. A ring over the date line counts on to 360°."""
        west, south, east, north = self.box
        if east > HALF_TURN and longitude < west:
            longitude += 2 * HALF_TURN
        if not (west <= longitude <= east and south <= latitude <= north):
            return False
        return sum(_inside(ring, latitude, longitude) for ring in self.rings) % 2 == 1


def areas_of(atlas: Mapping[str, Any]) -> tuple[Area, ...]:
    """Every polygon of a TopoJSON atlas, by country; those without a code of ISO 3166-1 belong to none."""
    arcs = tuple(_arcs(atlas))
    found = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=shape.get("id", ""))
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            rings = tuple(_ring(arcs, ring) for ring in polygon)
            found.append(Area(country.alpha_2 if country else ELSEWHERE, rings, _box(rings[0])))
    return tuple(found)


def runs_of(areas: Sequence[Area]) -> dict[str, str]:
    """The land of each country as an SVG path of runs of dots, to be drawn with dashes of no length."""
    cells = dict(_land(areas))
    for iso2, cell in _too_small(areas, cells):
        cells.setdefault(cell, iso2)
    paths: dict[str, list[str]] = {}
    for row, column, length in _runs(cells):
        x, y = _centre(row, column)
        path = paths.setdefault(cells[row, column], [])
        path.append(f"M{x:g} {y:g}h{max(0.0, (length - 1) * SPACING) + 0.1:g}")
    return {iso2: "".join(path) for iso2, path in sorted(paths.items())}


def _land(areas: Sequence[Area]) -> Iterator[tuple[tuple[int, int], str]]:
    for row in range(int(HEIGHT / ROW) + 1):
        for column in range(int(WIDTH / SPACING) + 1):
            if (place := on_earth(*_centre(row, column))) is None:
                continue
            for area in areas:
                if area.holds(*place):
                    yield (row, column), _countried(area.iso2, *place)
                    break


def _countried(iso2: str, latitude: float, longitude: float) -> str:
    south, north, west, east = CRIMEA
    on_crimea = south <= latitude <= north and west <= longitude <= east
    return "UA" if iso2 == "RU" and on_crimea else iso2


def _too_small(
    areas: Sequence[Area], cells: Mapping[tuple[int, int], str]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The countries under no dot, and the dot nearest to the middle of their greatest part."""
    seen = set(cells.values())
    greatest: dict[str, Area] = {}
    for area in areas:
        if area.iso2 not in seen and (
            area.iso2 not in greatest or _extent(area) > _extent(greatest[area.iso2])
        ):
            greatest[area.iso2] = area
    for iso2, area in sorted(greatest.items()):
        west, south, east, north = area.box
        x, y = on_map((south + north) / 2, (west + east) / 2)
        if 0 <= y <= HEIGHT:
            row = round(y / ROW)
            yield iso2, (row, round((x - _shift(row)) / SPACING))


def _runs(cells: Mapping[tuple[int, int], str]) -> Iterator[tuple[int, int, int]]:
    """Neighbouring dots of a country in a row: row, first column, how many."""
    for row, column in sorted(cells):
        iso2 = cells[row, column]
        if cells.get((row, column - 1)) == iso2:
            continue
        length = 1
        while cells.get((row, column + length)) == iso2:
            length += 1
        yield row, column, length


def _centre(row: int, column: int) -> tuple[float, float]:
    return round(column * SPACING + _shift(row), 1), round(row * ROW, 1)


def _shift(row: int) -> float:
    return SPACING / 2 if row % 2 else 0.0


def _arcs(atlas: Mapping[str, Any]) -> Iterator[list[tuple[float, float]]]:
    (scale_x, scale_y), (shift_x, shift_y) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        yield points


def _ring(arcs: Sequence[list[tuple[float, float]]], numbers: Sequence[int]) -> Ring:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    longitudes = [longitude for longitude, _ in points]
    if max(longitudes) - min(longitudes) > HALF_TURN and abs(points[0][1]) < POLAR:
        points = [(x + 2 * HALF_TURN if x < 0 else x, y) for x, y in points]
    return tuple(points)


def _box(ring: Ring) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return min(xs), min(ys), max(xs), max(ys)


def _extent(area: Area) -> float:
    west, south, east, north = area.box
    return (east - west) * (north - south)


def _inside(ring: Ring, latitude: float, longitude: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (y1 > latitude) != (y2 > latitude) and longitude < (x2 - x1) * (latitude - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def main() -> None:
    """Write ``land.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    atlas = json.loads((parser.parse_args().folder / "countries-50m.json").read_text())
    TARGET.write_text(json.dumps(runs_of(areas_of(atlas)), indent=0) + "\n")


if __name__ == "__main__":
    main()
