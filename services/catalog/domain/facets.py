"""What a list of projects can be narrowed down to. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.catalog.domain.entry import Match
from services.catalog.domain.project import Country, ProjectState, ProjectType, Stage
from services.catalog.domain.sector import Sector


@dataclass(frozen=True, slots=True)
class Facets:
    """How many projects fit, and how many would for each value if it replaced what was asked for of its facet.

    A value that nobody has is absent; the country and the sectors of a project may not be published, so these need
    not add up. ``matched``: how much of the text is answered, None without one or an answer; ``without_position``: nobody knows where they are.
    """

    total: int
    matched: Match | None
    years: Mapping[int, int]
    countries: Mapping[Country, int]
    without_country: int
    types: Mapping[ProjectType, int]
    states: Mapping[ProjectState, int]
    stages: Mapping[Stage, int]
    sectors: Mapping[Sector, int]
    without_sector: int
    with_position: int
    without_position: int
