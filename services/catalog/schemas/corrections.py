"""Corrections over HTTP: a merge patch (RFC 7396) of what an entry says."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.catalog.domain.place import PlaceKind
from services.catalog.domain.project import Fact, ProjectType
from services.catalog.domain.sector import Sector
from services.catalog.domain.table.cells import LONGEST_TEXT
from services.catalog.domain.table.columns import COLUMNS_OF, FIRST_YEAR, LAST_YEAR, MOST_KRW
from services.catalog.domain.table.rows import degrees_text
from services.catalog.schemas.conditions import CountryCode
from shared.http.schema import Day, Schema

_ABOUT = frozenset({"reason", "source"})
Line = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Address = Annotated[str, Field(max_length=500, pattern=r"^https?://[^\s/]+\.[^\s]+$")]


class BilingualPatch(Schema):
    """One language or both; null takes back what was published."""

    ko: Line | None = None
    en: Line | None = None


class PositionPatch(Schema):
    """Degrees (WGS 84) with at most six digits behind the point."""

    latitude: float = Field(strict=True, ge=-90, le=90)
    longitude: float = Field(strict=True, ge=-180, le=180)


class CorrectionIn(Schema):
    """The facts to change: what is absent stays, null takes back what was published.

    Every fact that is given is said to be taken from `source`. Sectors that are taken back are derived from the title.
    """

    reason: str = Field(
        min_length=1,
        max_length=500,
        description="Why, for everybody to read: name no person",
        examples=["The city corrected its name"],
    )
    source: Address = Field(
        description="The public text that says so", examples=["https://www.molit.go.kr/USR/2026/1"]
    )
    type: ProjectType | None = None
    selection_year: Annotated[int, Field(strict=True, ge=FIRST_YEAR, le=LAST_YEAR)] | None = None
    country_iso2: CountryCode | None = None
    city: BilingualPatch | None = None
    place_kind: PlaceKind | None = None
    position: PositionPatch | None = None
    title: BilingualPatch | None = None
    sectors: Annotated[list[Sector], Field(max_length=len(Sector))] | None = None
    organisation: BilingualPatch | None = None
    partner: BilingualPatch | None = None
    support_krw: Annotated[int, Field(strict=True, ge=0, le=MOST_KRW)] | None = None
    agreed_on: Day | None = None
    started_on: Day | None = None
    completed_on: Day | None = None
    note: Line | None = None
    sources: Annotated[list[Address], Field(max_length=50)] | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.model_fields_set <= _ABOUT:
            raise PydanticCustomError("nothing_to_correct", "At least one fact is needed")
        return self

    def cells(self) -> dict[str, str]:
        """What is given, as cells of the table."""
        found: dict[str, str] = {}
        for name in self.model_fields_set - _ABOUT:
            found |= _cells(name, getattr(self, name))
        return found


def _cells(name: str, value: object) -> dict[str, str]:
    if isinstance(value, BilingualPatch):
        return {f"{name}_{language}": getattr(value, language) or "" for language in value.model_fields_set}
    if isinstance(value, PositionPatch):
        return {
            "latitude": degrees_text(value.latitude),
            "longitude": degrees_text(value.longitude),
        }
    if isinstance(value, list):
        return {name: " ".join(value)}
    if value is None and name in set(Fact):
        return dict.fromkeys(COLUMNS_OF[Fact(name)], "")
    return {name: "" if value is None else str(value)}
