"""The list of projects: what was asked, what fits, and how one narrows it down. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.catalog.countries import country_of
from services.catalog.domain.entry import Entry, Match
from services.catalog.domain.facets import Facets
from services.catalog.domain.project import ProjectState, ProjectType
from services.catalog.domain.sector import Sector
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.taking import Way, ways_of_list
from services.catalog.pages.views.tiles import Tile, tiles_of
from services.catalog.pages.views.wording import Wording

SHOWN_OPTIONS = 8
"""Of a facet; the rest opens on demand."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``order`` None: the usual one."""

    q: str | None = None
    country: tuple[str, ...] = ()
    sector: tuple[Sector, ...] = ()
    type: ProjectType | None = None
    state: ProjectState | None = None
    year: int | None = None
    order: str | None = None

    @property
    def conditions(self) -> tuple[Pair, ...]:
        """As they stand in an address; without the order."""
        single = (("type", self.type), ("state", self.state), ("year", self.year))
        return (
            *((("q", self.q),) if self.q else ()),
            *(("country", iso2) for iso2 in self.country),
            *(("sector", sector.value) for sector in self.sector),
            *((name, str(value)) for name, value in single if value is not None),
        )

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The whole query."""
        return (*self.conditions, *((("order", self.order),) if self.order else ()))


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what fits. ``further``: it is not the first one."""

    entries: Sequence[Entry]
    facets: Facets
    next_cursor: str | None
    further: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a facet: its name and how many projects have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Option:
    """A value that one can ask for; ``address`` asks for it, or no longer when it is active."""

    name: str
    count: int
    active: bool
    address: str
    told: str


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow down. ``rest``: opens on demand."""

    key: str
    label: str
    options: tuple[Option, ...]
    rest: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds, and the address without it."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class OrderLink:
    """A way to sort."""

    name: str
    address: str
    active: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The page.

    ``kept``: what the search form keeps of the conditions; ``next``: address of the following page; ``partly``: nothing
    answers all that was typed; ``taking``: the same projects in other formats, none where none was found.
    """

    title: str
    asked: Asked
    kept: tuple[Pair, ...]
    found: int
    partly: bool
    tiles: tuple[Tile, ...]
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    orders: tuple[OrderLink, ...]
    clear: str
    first: str | None
    next: str | None
    taking: tuple[Way, ...]


def listing(asked: Asked, found: Found, wording: Wording, addresses: Addresses) -> Listing:
    """The page of what was found."""
    words = wording.words.list
    facets = named(found.facets, wording)
    names = {(key, one.value): one.name for key, options in facets for one in options}
    cursor = found.next_cursor
    return Listing(
        title=words.title_query.format(query=asked.q) if asked.q else words.title,
        asked=asked,
        kept=tuple(pair for pair in asked.pairs if pair[0] != "q"),
        found=found.facets.total,
        partly=found.facets.matched is Match.SOME and found.facets.total > 0,
        tiles=tiles_of(found.entries, wording, addresses),
        facets=tuple(_facet(key, options, asked, wording, addresses) for key, options in facets),
        chips=tuple(_chip(pair, names, asked, wording, addresses) for pair in asked.conditions),
        orders=_orders(asked, wording, addresses),
        clear=addresses.projects(),
        first=addresses.projects(asked.pairs) if found.further else None,
        next=addresses.projects((*asked.pairs, ("cursor", cursor))) if cursor else None,
        taking=ways_of_list(asked.conditions, asked.order, found.facets.total, wording, addresses),
    )


def named(counts: Facets, wording: Wording) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """The facets in their order, each value with its name; those with most projects first, years latest first."""
    words = wording.words
    values: dict[str, list[Counted]] = {
        "sector": [Counted(one.value, wording.sector(one), count) for one, count in counts.sectors.items()],
        "country": [
            Counted(one.iso2, str(wording.country(one)), count) for one, count in counts.countries.items()
        ],
        "type": [Counted(one.value, wording.type(one), count) for one, count in counts.types.items()],
        "year": [Counted(str(one), str(one), count) for one, count in counts.years.items()],
        "state": [
            Counted(one.value, str(getattr(words.states, one.value)), count)
            for one, count in counts.states.items()
        ],
    }
    for key, found in values.items():
        found.sort(key=lambda one: one.value, reverse=True)
        if key != "year":
            found.sort(key=lambda one: (-one.count, one.name))
    return tuple((key, tuple(found)) for key, found in values.items())


def _facet(
    key: str, options: Sequence[Counted], asked: Asked, wording: Wording, addresses: Addresses
) -> Facet:
    shown = [_option(key, one, asked, wording, addresses) for one in options]
    shown.sort(key=lambda option: not option.active)
    first = max(SHOWN_OPTIONS, sum(option.active for option in shown))
    label = str(getattr(wording.words.list, key))
    return Facet(key, label, tuple(shown[:first]), tuple(shown[first:]))


def _option(key: str, one: Counted, asked: Asked, wording: Wording, addresses: Addresses) -> Option:
    pair, several = (key, one.value), key in ("country", "sector")
    active = pair in asked.conditions
    if active:
        pairs = [other for other in asked.pairs if other != pair]
    else:
        pairs = [other for other in asked.pairs if several or other[0] != key] + [pair]
    told = wording.words.list.projects_here.format(name=one.name, count=one.count)
    return Option(one.name, one.count, active, addresses.projects(pairs), told)


def _chip(pair: Pair, names: dict[Pair, str], asked: Asked, wording: Wording, addresses: Addresses) -> Chip:
    name = f"“{pair[1]}”" if pair[0] == "q" else names.get(pair) or _name_of(pair, wording)
    return Chip(name, addresses.projects(other for other in asked.pairs if other != pair))


def _name_of(pair: Pair, wording: Wording) -> str:
    """Of a condition that no project fits, so that no facet names it."""
    key, value = pair
    match key:
        case "country":
            return str(wording.country(country_of(value)))
        case "sector":
            return wording.sector(Sector(value))
        case "type":
            return wording.type(ProjectType(value))
        case "state":
            return str(getattr(wording.words.states, value))
    return value


def _orders(asked: Asked, wording: Wording, addresses: Addresses) -> tuple[OrderLink, ...]:
    words = wording.words.list
    usual = ("relevance", words.order_relevance) if asked.q else ("number", words.order_number)
    others = [("number", words.order_number)] if asked.q else []
    return tuple(
        OrderLink(
            str(name),
            addresses.projects((*asked.conditions, *((("order", order),) if order != usual[0] else ()))),
            (asked.order or usual[0]) == order,
        )
        for order, name in (usual, ("-year", words.order_year), *others)
    )
