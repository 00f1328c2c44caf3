"""Numbers: published beside counted, and charts whose every bar stands in a table. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.catalog.domain.project import ProjectType
from services.catalog.domain.statistics import Counts, Statistics, Tally, Total
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.regions import region_name, region_of
from services.catalog.pages.views.wording import Wording

COLUMN_HEIGHT = 100.0
_KINDS = tuple(ProjectType)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure. ``published`` None: the ministry publishes no such number."""

    measure: str
    name: str
    published: int | None
    counted: int
    selected: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart. ``share``: per cent of the longest one; ``kind``: whose colour it has."""

    name: str
    count: int
    share: float
    address: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a column: from its upper edge ``top``, ``height`` units high, of 100."""

    kind: str
    count: int
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """The projects selected in one year. ``top``: the upper edge of the column."""

    year: int
    count: int
    top: float
    segments: tuple[Segment, ...]
    counts: Mapping[str, int]
    address: str


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is told in numbers."""

    totals: tuple[Figure, ...]
    any_selected: bool
    years: tuple[Column, ...]
    kinds: tuple[tuple[str, str], ...]
    types: tuple[Bar, ...]
    regions: tuple[Bar, ...]
    sectors: tuple[Bar, ...]


def figures_of(
    statistics: Statistics,
    tallies: Sequence[Tally],
    wording: Wording,
    addresses: Addresses,
) -> Figures:
    """The numbers in words and shares."""
    totals = tuple(_figure(total, wording) for total in statistics.totals)
    return Figures(
        totals=totals,
        any_selected=any(total.selected for total in totals),
        years=_years(statistics, addresses),
        kinds=tuple((kind.value, str(getattr(wording.words.figures, kind.value))) for kind in _KINDS),
        types=_types(tallies, wording, addresses),
        regions=_regions(tallies, wording, addresses),
        sectors=_sectors(statistics, wording, addresses),
    )


def _figure(total: Total, wording: Wording) -> Figure:
    return Figure(
        total.measure,
        str(getattr(wording.words.figures, total.measure)),
        total.published.value,
        total.completed.value or 0,
        total.selected.value or 0,
    )


def _years(statistics: Statistics, addresses: Addresses) -> tuple[Column, ...]:
    most = max((_both(row.completed, row.selected, "projects") for row in statistics.by_year), default=1)
    return tuple(
        _column(row.selection_year, row.completed, row.selected, most, addresses)
        for row in statistics.by_year
    )


def _column(year: int, completed: Counts, selected: Counts, most: int, addresses: Addresses) -> Column:
    counts = {kind.value: _both(completed, selected, kind.value) for kind in _KINDS}
    segments, base = [], COLUMN_HEIGHT
    for kind, count in counts.items():
        height = round(COLUMN_HEIGHT * count / most, 2)
        base = round(base - height, 2)
        if count:
            segments.append(Segment(kind, count, base, height))
    return Column(
        year, sum(counts.values()), base, tuple(segments), counts, addresses.projects([("year", str(year))])
    )


def _both(completed: Counts, selected: Counts, measure: str) -> int:
    return int(getattr(completed, measure) + getattr(selected, measure))


def _types(tallies: Iterable[Tally], wording: Wording, addresses: Addresses) -> tuple[Bar, ...]:
    counted = Counter[ProjectType]()
    for tally in tallies:
        counted[tally.type] += tally.projects
    rows = [
        (
            str(getattr(wording.words.figures, kind.value)),
            counted[kind],
            addresses.projects([("type", kind.value)]),
            kind.value,
        )
        for kind in _KINDS
    ]
    return _bars(rows)


def _regions(tallies: Iterable[Tally], wording: Wording, addresses: Addresses) -> tuple[Bar, ...]:
    counted, members = Counter[str](), dict[str, set[str]]()
    for tally in tallies:
        region = region_of(tally.country.iso2) or "" if tally.country else ""
        counted[region] += tally.projects
        if tally.country and region:
            members.setdefault(region, set()).add(tally.country.iso2)
    rows: list[tuple[str, int, str | None, str | None]] = [
        (
            region_name(region, wording.language),
            count,
            addresses.projects(("country", iso2) for iso2 in sorted(members[region])),
            None,
        )
        for region, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
        if region
    ]
    if counted[""]:
        rows.append((wording.words.charts.unknown_region, counted[""], None, "unknown"))
    return _bars(rows)


def _sectors(statistics: Statistics, wording: Wording, addresses: Addresses) -> tuple[Bar, ...]:
    counted = {row.sector: _both(row.completed, row.selected, "projects") for row in statistics.by_sector}
    without = counted.pop(None, 0)
    rows: list[tuple[str, int, str | None, str | None]] = [
        (wording.sector(sector), count, addresses.projects([("sector", sector.value)]), None)
        for sector, count in sorted(counted.items(), key=lambda one: -one[1])
        if sector is not None
    ]
    if without:
        rows.append((wording.words.charts.no_sector, without, None, "unknown"))
    return _bars(rows)


def _bars(rows: Sequence[tuple[str, int, str | None, str | None]]) -> tuple[Bar, ...]:
    most = max((count for _, count, _, _ in rows), default=0) or 1
    return tuple(
        Bar(name, count, round(100 * count / most, 2), address, kind) for name, count, address, kind in rows
    )
