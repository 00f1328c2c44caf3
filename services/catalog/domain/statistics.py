"""Counting the catalogue, beside what the ministry published; the two are never mixed. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.catalog.domain.project import Country, ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector
from services.catalog.domain.text import Bilingual

K = TypeVar("K", str, int)

PRESS_RELEASE = (
    "국토교통부 보도자료, 2025-01-20 (press release of the Ministry of Land, Infrastructure and Transport)"
)
COMPLETED_LIST = "/v1/projects?state=completed"
SELECTED_LIST = "/v1/projects?state=selected"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many projects share these properties."""

    state: ProjectState
    type: ProjectType
    selection_year: int
    country: Country | None
    projects: int
    stage: Stage = Stage.COMPLETED
    sectors: tuple[Sector, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Counted projects. ``countries``: different ones among those whose country is published."""

    projects: int
    countries: int
    development_plan: int
    solution_plan: int
    plan: int
    demonstration: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts and where that can be checked; value None: not published."""

    value: int | None
    basis: Bilingual
    source: str


@dataclass(frozen=True, slots=True)
class Total:
    """One measure: as published, as counted from the completed projects, and from the selected ones."""

    measure: str
    published: Figure
    completed: Figure
    selected: Figure


@dataclass(frozen=True, slots=True)
class YearRow:
    """The projects selected in one year."""

    selection_year: int
    completed: Counts
    selected: Counts


@dataclass(frozen=True, slots=True)
class CountryRow:
    """The projects in one country; country None: not published."""

    country: Country | None
    completed: Counts
    selected: Counts


@dataclass(frozen=True, slots=True)
class SectorRow:
    """The projects of one sector; sector None: without any. A project can have several."""

    sector: Sector | None
    completed: Counts
    selected: Counts


@dataclass(frozen=True, slots=True)
class StageRow:
    """How many projects have come as far as one stage and no further."""

    stage: Stage
    projects: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The whole answer. ``countries_added``: countries of selected projects that no completed one has."""

    totals: tuple[Total, ...]
    countries_added: Figure
    by_year: tuple[YearRow, ...]
    by_country: tuple[CountryRow, ...]
    by_sector: tuple[SectorRow, ...]
    by_stage: tuple[StageRow, ...]


PUBLISHED: dict[str, int | None] = {
    "projects": 49,
    "countries": 26,
    "development_plan": 18,
    "solution_plan": 16,
    "plan": None,
    "demonstration": 15,
}
"""Completed 2020–2024 by the press release, which gives no number of plans of unknown kind."""

_PUBLISHED_BASIS = Bilingual(
    "2020~2024년에 완료된 사업으로 국토교통부가 공표한 수",
    "As published by the ministry: completed 2020–2024",
)
_NOT_PUBLISHED_BASIS = Bilingual("공표되지 않음", "Not published")
_COMPLETED_BASIS = Bilingual(
    "이 카탈로그의 완료사업 목록에서 센 수 (공개 자료에 없는 값은 세지 않음)",
    "Counted from the completed projects of this catalogue; values that no public text gives are not counted",
)
_PLAN_BASIS = Bilingual(
    "완료사업 목록 중 개발계획인지 솔루션 계획인지 공개 자료에 없는 계획사업을 센 수",
    "Counted from the completed projects: plans of which no public text says whether they are development or solution plans",
)
_SELECTED_BASIS = Bilingual(
    "이 시스템에서 선정이 공고되고 철회되지 않은 사업을 센 수 (공표된 총계에 포함되지 않음)",
    "Counted from the selections announced in this system, without those withdrawn; no part of the published totals",
)
_ADDED_BASIS = Bilingual(
    "선정 공고된 사업의 국가 중 완료사업 목록에 없는 국가 수",
    "Countries of announced selections that no completed project of this catalogue has",
)


def statistics_of(tallies: Sequence[Tally]) -> Statistics:
    """Everything that is told about ``tallies``, which cover the catalogue once. What was given up counts by stage alone."""
    standing = [tally for tally in tallies if tally.stage is not Stage.WITHDRAWN]
    completed, selected = _split(standing)
    added = _countries(selected) - _countries(completed)
    return Statistics(
        totals=tuple(_total(measure, _counts(completed), _counts(selected)) for measure in PUBLISHED),
        countries_added=Figure(len(added), _ADDED_BASIS, SELECTED_LIST),
        by_year=_by_year(standing),
        by_country=_by_country(standing),
        by_sector=_by_sector(standing),
        by_stage=_by_stage(tallies),
    )


def _total(measure: str, completed: Counts, selected: Counts) -> Total:
    published = PUBLISHED[measure]
    return Total(
        measure,
        published=Figure(
            published, _NOT_PUBLISHED_BASIS if published is None else _PUBLISHED_BASIS, PRESS_RELEASE
        ),
        completed=Figure(
            getattr(completed, measure),
            _PLAN_BASIS if measure == "plan" else _COMPLETED_BASIS,
            COMPLETED_LIST,
        ),
        selected=Figure(getattr(selected, measure), _SELECTED_BASIS, SELECTED_LIST),
    )


def _by_year(tallies: Sequence[Tally]) -> tuple[YearRow, ...]:
    groups = _grouped(tallies, lambda tally: tally.selection_year)
    return tuple(YearRow(year, *_counted_apart(groups[year])) for year in sorted(groups))


def _by_country(tallies: Sequence[Tally]) -> tuple[CountryRow, ...]:
    groups = _grouped(tallies, lambda tally: tally.country.iso2 if tally.country else "")
    codes = sorted(groups, key=lambda code: (code == "", code))  # not published: last
    return tuple(CountryRow(groups[code][0].country, *_counted_apart(groups[code])) for code in codes)


def _by_sector(tallies: Sequence[Tally]) -> tuple[SectorRow, ...]:
    groups = {sector: [tally for tally in tallies if sector in tally.sectors] for sector in Sector}
    without = [tally for tally in tallies if not tally.sectors]
    rows = [SectorRow(sector, *_counted_apart(found)) for sector, found in groups.items() if found]
    return (*rows, *([SectorRow(None, *_counted_apart(without))] if without else []))


def _by_stage(tallies: Sequence[Tally]) -> tuple[StageRow, ...]:
    counts = {stage: sum(tally.projects for tally in tallies if tally.stage is stage) for stage in Stage}
    return tuple(StageRow(stage, count) for stage, count in counts.items())


def _grouped(tallies: Iterable[Tally], key_of: Callable[[Tally], K]) -> dict[K, list[Tally]]:
    groups: dict[K, list[Tally]] = {}
    for tally in tallies:
        groups.setdefault(key_of(tally), []).append(tally)
    return groups


def _counted_apart(tallies: Sequence[Tally]) -> tuple[Counts, Counts]:
    completed, selected = _split(tallies)
    return _counts(completed), _counts(selected)


def _split(tallies: Sequence[Tally]) -> tuple[list[Tally], list[Tally]]:
    return (
        [tally for tally in tallies if tally.state is ProjectState.COMPLETED],
        [tally for tally in tallies if tally.state is ProjectState.SELECTED],
    )


def _counts(tallies: Sequence[Tally]) -> Counts:
    def of_type(kind: ProjectType) -> int:
        return sum(tally.projects for tally in tallies if tally.type is kind)

    return Counts(
        projects=sum(tally.projects for tally in tallies),
        countries=len(_countries(tallies)),
        development_plan=of_type(ProjectType.DEVELOPMENT_PLAN),
        solution_plan=of_type(ProjectType.SOLUTION_PLAN),
        plan=of_type(ProjectType.PLAN),
        demonstration=of_type(ProjectType.DEMONSTRATION),
    )


def _countries(tallies: Iterable[Tally]) -> set[str]:
    return {tally.country.iso2 for tally in tallies if tally.country is not None}
