"""The page of one project: every fact with its sources, what is not published, and its history. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.catalog.domain.entry import Entry
from services.catalog.domain.history import Revision
from services.catalog.domain.place import PlaceKind, Position
from services.catalog.domain.project import Country, Fact, Project, ProjectState, ProjectType, Stage
from services.catalog.domain.sector import SectorBasis, Sectors
from services.catalog.domain.text import Bilingual
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.taking import Way, ways_of_project
from services.catalog.pages.views.tiles import Tile, heading_of, tiles_of
from services.catalog.pages.views.wording import Said, Wording, in_seoul
from services.catalog.pages.views.world_map import Locator, locator

_GIVEN = (
    Fact.TYPE,
    Fact.SELECTION_YEAR,
    Fact.COUNTRY,
    Fact.CITY,
    Fact.SECTORS,
    Fact.ORGANISATION,
    Fact.PARTNER,
    Fact.SUPPORT_KRW,
    Fact.AGREED_ON,
    Fact.STARTED_ON,
    Fact.COMPLETED_ON,
    Fact.POSITION,
)
_DATED = {Stage.AGREED: Fact.AGREED_ON, Stage.UNDER_WAY: Fact.STARTED_ON, Stage.COMPLETED: Fact.COMPLETED_ON}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact in words; ``said`` None: not published. ``sources``: when they are others than the project's."""

    name: str
    said: Said | None
    remark: str | None
    sources: tuple[str, ...]
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A stage on the way: reached or not, and its day where it is published."""

    name: str
    reached: bool
    present: bool
    day: str | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One revision."""

    revision: str
    day: str
    cause: str
    reason: str | None
    facts: str | None


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """The page. ``unpublished``: names of the facts that nobody published."""

    heading: Said
    titled: bool
    number: str | None
    place: str | None
    type: str
    kind: str
    facts: tuple[FactRow, ...]
    unpublished: str | None
    steps: tuple[Step, ...]
    attested: bool
    locator: Locator | None
    sources: tuple[str, ...]
    history: tuple[HistoryLine, ...]
    since: str
    country: Said | None
    in_country: tuple[Tile, ...]
    in_sectors: tuple[Tile, ...]
    previous: str | None
    next: str | None
    taking: tuple[Way, ...]
    description: str
    call: Said | None
    note: Said | None


def project_page(
    entry: Entry,
    *,
    history: Sequence[Revision],
    in_country: Sequence[Entry],
    in_sectors: Sequence[Entry],
    beside: tuple[int | None, int | None],
    wording: Wording,
    addresses: Addresses,
) -> ProjectPage:
    """The page of ``entry``."""
    of = entry.project
    facts = tuple(_row(of, fact, wording, addresses) for fact in _GIVEN)
    missing = [row.name for row in facts if row.said is None]
    before, after = beside
    return ProjectPage(
        heading=heading_of(of, wording),
        titled=of.title is not None,
        number=wording.words.project.number.format(number=of.number) if of.number is not None else None,
        place=wording.place(of),
        type=wording.type(of.type),
        kind=of.type.value,
        facts=facts,
        unpublished=wording.words.project.unpublished.format(facts=", ".join(missing)) if missing else None,
        steps=_steps(of, wording),
        attested=of.state is ProjectState.COMPLETED and of.completed_on is None,
        locator=locator(of),
        sources=of.sources,
        history=tuple(_line(one, wording) for one in history),
        since=wording.day(in_seoul(entry.published_at)),
        country=wording.country(of.country),
        in_country=tiles_of(in_country, wording, addresses),
        in_sectors=tiles_of(in_sectors, wording, addresses),
        previous=addresses.project(before) if before is not None else None,
        next=addresses.project(after) if after is not None else None,
        taking=ways_of_project(of.id, wording, addresses),
        description=_description(of, wording),
        call=wording.say(entry.call.name) if entry.call else None,
        note=wording.written(of.note) if of.note else None,
    )


def _row(of: Project, fact: Fact, wording: Wording, addresses: Addresses) -> FactRow:
    own = of.sources_of(fact)
    return FactRow(
        str(getattr(wording.words.project, fact.value)),
        _said(of, fact, wording),
        _remark(of, fact, wording),
        own if own != of.sources else (),
        _listed(of, fact, addresses),
    )


def _said(of: Project, fact: Fact, wording: Wording) -> Said | None:
    value = of.value(fact)
    if value is None:
        return None
    if isinstance(value, Bilingual):
        return wording.say(value)
    if isinstance(value, Country):
        return wording.country(value)
    return Said(_text(value, fact, wording))


def _text(value: object, fact: Fact, wording: Wording) -> str:
    match value:
        case ProjectType():
            return wording.type(value)
        case Sectors():
            return ", ".join(map(wording.sector, value.values))
        case Position():
            return f"{value.latitude:.5f}, {value.longitude:.5f}"
        case date():
            return wording.day(value)
        case int() if fact is Fact.SUPPORT_KRW:
            return wording.won(value)
    return str(value)


def _remark(of: Project, fact: Fact, wording: Wording) -> str | None:
    words = wording.words
    if fact is Fact.TYPE and of.type is ProjectType.PLAN:
        return str(words.types.plan_note)
    if fact is Fact.SECTORS and of.sectors:
        derived = of.sectors.basis is SectorBasis.TITLE
        return str(words.project.sectors_title if derived else words.project.sectors_stated)
    if fact in (Fact.CITY, Fact.POSITION) and of.place_kind is PlaceKind.REGION:
        return str(words.project.region)
    return None


def _listed(of: Project, fact: Fact, addresses: Addresses) -> str | None:
    """Where projects with the same value are listed."""
    if fact is Fact.COUNTRY and of.country:
        return addresses.projects([("country", of.country.iso2)])
    if fact is Fact.SELECTION_YEAR:
        return addresses.projects([("year", str(of.selection_year))])
    if fact is Fact.TYPE:
        return addresses.projects([("type", of.type.value)])
    if fact is Fact.SECTORS and of.sectors:
        return addresses.projects([("sector", one.value) for one in of.sectors.values])
    return None


def _steps(of: Project, wording: Wording) -> tuple[Step, ...]:
    stages = _way_of(of)
    now = stages.index(of.stage)
    return tuple(
        Step(
            str(getattr(wording.words.stages, stage.value)),
            index <= now,
            index == now,
            _day_of(of, stage, wording),
        )
        for index, stage in enumerate(stages)
    )


def _way_of(of: Project) -> tuple[Stage, ...]:
    """The stages that it goes through; of one that was given up, those that it came to."""
    if of.stage is not Stage.WITHDRAWN:
        return tuple(stage for stage in Stage if stage is not Stage.WITHDRAWN)
    came_to = (stage for stage, fact in _DATED.items() if of.value(fact) is not None)
    return (Stage.SELECTED, *came_to, Stage.WITHDRAWN)


def _day_of(of: Project, stage: Stage, wording: Wording) -> str | None:
    if stage is Stage.SELECTED:
        return str(of.selection_year)
    day = of.value(_DATED[stage]) if stage in _DATED else None
    return wording.day(day) if isinstance(day, date) else None


def _line(one: Revision, wording: Wording) -> HistoryLine:
    words = wording.words
    facts = ", ".join(str(getattr(words.facts, change.fact.value)) for change in one.changes)
    return HistoryLine(
        words.project.revision.format(revision=one.revision),
        wording.day(in_seoul(one.at)),
        str(getattr(words.causes, one.cause.value)),
        one.reason,
        words.project.changed.format(facts=facts) if facts and one.revision > 1 else None,
    )


def _description(of: Project, wording: Wording) -> str:
    """One line for whoever shares the page."""
    words = wording.words
    parts = [
        wording.place(of),
        wording.type(of.type),
        str(of.selection_year),
        ", ".join(map(wording.sector, of.sectors.values)) if of.sectors else None,
        f"{words.site.name}, {words.site.ministry}",
    ]
    return " · ".join(part for part in parts if part)
