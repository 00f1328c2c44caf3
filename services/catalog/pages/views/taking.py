"""The same data in other formats: what one sees, to be taken along. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.catalog.linked_data import FILES, JSON, JSON_LD
from services.catalog.pages.views.addresses import Addresses
from services.catalog.pages.views.wording import Wording

Pair = tuple[str, str]
FILE_NAME = "k-city-projects"


@dataclass(frozen=True, slots=True)
class Way:
    """One format. ``told``: its name for who does not see what stands around it; ``use``: what it is good for.

    ``file``: the name under which it is saved; None: it opens.
    """

    name: str
    told: str
    use: str | None
    address: str
    media_type: str
    file: str | None = None


def ways_of_list(
    conditions: Iterable[Pair], order: str | None, found: int, wording: Wording, addresses: Addresses
) -> tuple[Way, ...]:
    """The projects of a list under its conditions; the API's list in its order too, files are always by number."""
    asked = list(conditions)

    def told(name: str) -> str:
        return str(wording.words.list.projects_here.format(name=name, count=found))

    sorting = [("sort", order)] if order else []
    return tuple(
        Way(name, told(name), None, addresses.service(path, asked + ([] if file else sorting)), kind, file)
        for name, path, kind, file in _files(wording)
        if found
    )


def ways_of_all(wording: Wording, addresses: Addresses) -> tuple[Way, ...]:
    """The whole catalogue."""
    uses = vars(wording.words.uses)
    return tuple(
        Way(
            name, name, uses[path.rpartition(".")[2] if file else "json"], addresses.service(path), kind, file
        )
        for name, path, kind, file in _files(wording)
    )


def ways_of_project(project_id: UUID, wording: Wording, addresses: Addresses) -> tuple[Way, ...]:
    """One project."""
    words, path = wording.words, f"v1/projects/{project_id}"
    return tuple(
        Way(name, f"{name}, {use}", use, addresses.service(address), kind)
        for name, use, address, kind in (
            ("JSON", words.uses.project, path, JSON),
            ("JSON-LD", words.uses.linked, f"{path}/jsonld", JSON_LD),
            (f"{words.project.history} (JSON)", words.uses.history, f"{path}/history", JSON),
        )
    )


def _files(wording: Wording) -> Iterable[tuple[str, str, str, str | None]]:
    """Name, path, media type and name of the file: files first, then what comes page by page."""
    for ending, (media_type, name) in sorted(FILES.items(), key=lambda one: not one[0]):
        file = f"{FILE_NAME}{ending}" if ending else None
        yield str(wording.say(name)), f"v1/projects{ending}", media_type, file
