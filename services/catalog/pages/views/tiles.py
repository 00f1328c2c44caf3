"""A project as it stands in a list. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from services.catalog.domain.entry import Entry
from services.catalog.domain.project import Project, ProjectState
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.wording import Said, Wording


@dataclass(frozen=True, slots=True)
class Tile:
    """``title`` None: not published; then ``heading`` says place and type. ``kind``: its type, for the colour."""

    address: str
    heading: Said
    titled: bool
    number: str | None
    year: int
    kind: str
    type: str
    city: Said | None
    country: Said | None
    sectors: tuple[str, ...]
    stage: str | None


def tile_of(entry: Entry, wording: Wording, addresses: Addresses) -> Tile:
    """The tile of an entry."""
    of = entry.project
    words = wording.words
    return Tile(
        address=addresses.page_of(of),
        heading=heading_of(of, wording),
        titled=of.title is not None,
        number=words.project.number.format(number=of.number) if of.number is not None else None,
        year=of.selection_year,
        kind=of.type.value,
        type=wording.type(of.type),
        city=wording.say(of.city),
        country=wording.country(of.country),
        sectors=tuple(wording.sector(each) for each in of.sectors.values) if of.sectors else (),
        stage=None if of.state is ProjectState.COMPLETED else str(getattr(words.stages, of.stage.value)),
    )


def tiles_of(entries: Iterable[Entry], wording: Wording, addresses: Addresses) -> tuple[Tile, ...]:
    """The tiles of several."""
    return tuple(tile_of(entry, wording, addresses) for entry in entries)


def heading_of(of: Project, wording: Wording) -> Said:
    """The title; of a project without one its place and type, or at least its type."""
    if (title := wording.say(of.title)) is not None:
        return title
    place, kind = wording.place(of), wording.type(of.type)
    if place is None:
        return Said(kind)
    return Said(wording.words.project.untitled_in.format(place=place, type=kind))
