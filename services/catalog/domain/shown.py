"""What the public page tells beside single projects. Pure."""

from dataclasses import dataclass
from uuid import UUID

from services.catalog.domain.place import PlaceKind
from services.catalog.domain.project import Country
from services.catalog.domain.text import Bilingual


@dataclass(frozen=True, slots=True)
class Place:
    """A place with projects. ``point``: latitude and longitude; ``first``: the number, or id, of one of them."""

    country: Country | None
    city: Bilingual | None
    kind: PlaceKind | None
    point: tuple[float, float] | None
    projects: int
    first: int | UUID
