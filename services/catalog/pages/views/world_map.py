"""The map: tinted land, marks for places, and what has no point on it. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import dist, sqrt
from pathlib import Path

from services.catalog.domain.place import PlaceKind
from services.catalog.domain.project import Country, Project
from services.catalog.domain.shown import Place
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.wording import Wording
from services.catalog.pages.world.projection import HEIGHT, WIDTH, on_map

NEAR = 15.0
"""Places closer than this, in units of the map, are one mark."""
MOST_NAMED = 5
MOST_WITHOUT_POINT = 60
SMALLEST, LARGEST = 4.2, 15.0
LOCATOR_WIDTH, LOCATOR_HEIGHT = 260.0, 150.0
_LAND = Path(__file__).parent.parent / "world" / "land.json"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place, or several that lie close together. ``radius`` in units of the map; its area tells the count."""

    x: float
    y: float
    radius: float
    projects: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class CountryCount:
    """How many projects a country has; ``country`` None: not published."""

    name: str
    projects: int
    address: str | None
    land: str | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Projects without a point, and why."""

    name: str
    why: str
    projects: int
    address: str


@dataclass(frozen=True, slots=True)
class WorldMap:
    """The whole map. ``land``: of countries without a project; ``more_without``: rows left out of ``without``."""

    width: int
    height: int
    land: str
    countries: tuple[CountryCount, ...]
    marks: tuple[Mark, ...]
    without: tuple[Unplaced, ...]
    without_projects: int
    more_without: int


@dataclass(frozen=True, slots=True)
class Locator:
    """A part of the map around one point; ``country``: the land to tint."""

    view_box: str
    land: str
    country: str
    x: float
    y: float
    scale: float


@dataclass(slots=True)
class _Cluster:
    x: float
    y: float
    places: list[Place] = field(default_factory=list)

    @property
    def projects(self) -> int:
        return sum(place.projects for place in self.places)


@cache
def land_paths() -> Mapping[str, str]:
    """The land of each country (ISO 3166-1), as runs of dots; "": of no country with a code."""
    read: dict[str, str] = json.loads(_LAND.read_text())
    return read


def world_map(places: Sequence[Place], wording: Wording, addresses: Addresses) -> WorldMap:
    """The map of ``places``, of which those with most projects come first."""
    countries = _countries(places, wording, addresses)
    tinted = {place.country.iso2 for place in places if place.country is not None}
    without = [place for place in places if place.point is None]
    return WorldMap(
        width=int(WIDTH),
        height=int(HEIGHT),
        land="".join(path for iso2, path in land_paths().items() if iso2 not in tinted),
        countries=countries,
        marks=tuple(_mark(cluster, wording, addresses) for cluster in _clusters(places)),
        without=tuple(_unplaced(place, wording, addresses) for place in without[:MOST_WITHOUT_POINT]),
        without_projects=sum(place.projects for place in without),
        more_without=max(0, len(without) - MOST_WITHOUT_POINT),
    )


def locator(of: Project) -> Locator | None:
    """Where a project is; None: it has no point."""
    if of.position is None:
        return None
    x, y = on_map(of.position.latitude, of.position.longitude)
    left = min(max(0.0, x - LOCATOR_WIDTH / 2), WIDTH - LOCATOR_WIDTH)
    top = min(max(0.0, y - LOCATOR_HEIGHT / 2), HEIGHT - LOCATOR_HEIGHT)
    iso2 = of.country.iso2 if of.country else ""
    return Locator(
        view_box=f"{left:.1f} {top:.1f} {LOCATOR_WIDTH:g} {LOCATOR_HEIGHT:g}",
        land="".join(path for code, path in land_paths().items() if code != iso2),
        country=land_paths().get(iso2, "") if iso2 else "",
        x=round(x, 1),
        y=round(y, 1),
        scale=LOCATOR_WIDTH / WIDTH,
    )


def _clusters(places: Iterable[Place]) -> list[_Cluster]:
    """Each place joins the nearest mark within reach, or makes one; the smallest are drawn last, above the others."""
    cells: dict[tuple[int, int], list[_Cluster]] = {}
    for place in places:
        if place.point is None:
            continue
        x, y = on_map(*place.point)
        column, row = int(x // NEAR), int(y // NEAR)
        around = [
            cluster
            for right in (-1, 0, 1)
            for down in (-1, 0, 1)
            for cluster in cells.get((column + right, row + down), ())
            if dist((x, y), (cluster.x, cluster.y)) < NEAR
        ]
        if around:
            min(around, key=lambda one: dist((x, y), (one.x, one.y))).places.append(place)
        else:
            cells.setdefault((column, row), []).append(_Cluster(x, y, [place]))
    found = [cluster for cell in cells.values() for cluster in cell]
    return sorted(found, key=lambda cluster: (-cluster.projects, cluster.x))


def _mark(cluster: _Cluster, wording: Wording, addresses: Addresses) -> Mark:
    named = [_name(place, wording) for place in cluster.places]
    text = ", ".join(named[:MOST_NAMED])
    if (rest := len(named) - MOST_NAMED) > 0:
        text += f" {wording.words.map.more_places.format(count=rest)}"
    return Mark(
        round(cluster.x, 1),
        round(cluster.y, 1),
        round(min(LARGEST, SMALLEST * sqrt(cluster.projects)), 1),
        cluster.projects,
        str(wording.words.map.marker.format(places=text, count=cluster.projects)),
        _address_of(cluster.places, addresses, wording),
    )


def _address_of(places: Sequence[Place], addresses: Addresses, wording: Wording) -> str:
    """Where the projects of these places are listed: one project by itself, one place by its name."""
    if len(places) == 1 and places[0].projects == 1:
        return addresses.project(places[0].first)
    conditions = [("country", iso2) for iso2 in sorted({p.country.iso2 for p in places if p.country})]
    if len(places) == 1 and (city := wording.say(places[0].city)):
        conditions.append(("q", city.text))
    return addresses.projects(conditions)


def _name(place: Place, wording: Wording) -> str:
    named = wording.say(place.city) or wording.country(place.country)
    return str(named or wording.words.absent)


def _countries(places: Iterable[Place], wording: Wording, addresses: Addresses) -> tuple[CountryCount, ...]:
    counted, known = Counter[str](), dict[str, Country | None]()
    for place in places:
        code = place.country.iso2 if place.country else ""
        counted[code] += place.projects
        known[code] = place.country
    return tuple(
        CountryCount(
            str(wording.country(known[code]) or wording.words.map.no_country),
            counted[code],
            addresses.projects([("country", code)]) if code else None,
            land_paths().get(code) if code else None,
        )
        for code in sorted(counted, key=lambda code: (code == "", -counted[code], code))
    )


def _unplaced(place: Place, wording: Wording, addresses: Addresses) -> Unplaced:
    words = wording.words.map
    city, country = wording.say(place.city), wording.country(place.country)
    if country is None and city is None:
        name, why = words.no_country, ""
    else:
        name = ", ".join(str(one) for one in (country, city) if one is not None)
        why = words.region if place.kind is PlaceKind.REGION else words.no_position
    return Unplaced(str(name), str(why), place.projects, _address_of([place], addresses, wording))
