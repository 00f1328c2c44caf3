"""Which projects somebody asks for."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.entry import Order, Wanted
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.search_area import HALF_TURN, POLE, Box, Near
from services.catalog.domain.search_text import normalised
from services.catalog.domain.sector import Sector
from services.catalog.domain.table.columns import FIRST_YEAR, LAST_YEAR, MOST_NUMBER
from shared.http.schema import Schema

LONGEST_QUERY, MOST_COUNTRIES = 200, 50
_FIRST_PRINTABLE = 0x20
_DELETE, _REPLACEMENT, _SURROGATES = 0x7F, 0xFFFD, range(0xD800, 0xE000)


def _known_country(code: str) -> str:
    if code not in COUNTRY_CODES:
        raise PydanticCustomError(
            "unknown_country",
            "There is no such country code; ISO 3166-1 alpha-2 in capitals is read, as in VN",
        )
    return code


def _searchable(query: str) -> str:
    if any(_is_no_text(ord(character)) for character in query):
        raise PydanticCustomError(
            "not_text",
            "The text has a character that is no text: a control character, or bytes that are not UTF-8",
        )
    if not normalised(query):
        raise PydanticCustomError("empty_text", "The text has nothing that can be searched for")
    return query


def _is_no_text(code: int) -> bool:
    return code < _FIRST_PRINTABLE or code in (_DELETE, _REPLACEMENT) or code in _SURROGATES


CountryCode = Annotated[
    str,
    AfterValidator(_known_country),
    WithJsonSchema({"type": "string", "enum": list(COUNTRY_CODES), "description": "ISO 3166-1 alpha-2"}),
]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Number = Annotated[int, Field(ge=1, le=MOST_NUMBER)]


_DEGREES = r"-?[0-9]{1,3}(\.[0-9]{1,15})?"
_POINT = rf"^{_DEGREES},{_DEGREES}$"
_BOX = rf"^{_DEGREES},{_DEGREES},{_DEGREES},{_DEGREES}$"
HALF_ROUND_KM = 20_016
"""Half the way round the earth: nothing is farther."""


def _degrees(written: str) -> tuple[float, ...]:
    return tuple(float(each) for each in written.split(","))


def _on_earth(latitude: float, longitude: float) -> bool:
    return abs(latitude) <= POLE and abs(longitude) <= HALF_TURN


def _point(written: str) -> str:
    if not _on_earth(*_degrees(written)):
        raise PydanticCustomError(
            "not_on_earth", "Latitude (-90 to 90), a comma, longitude (-180 to 180), as in 21.03,105.85"
        )
    return written


def _box(written: str) -> str:
    west, south, east, north = _degrees(written)
    if not (_on_earth(south, west) and _on_earth(north, east) and south <= north):
        raise PydanticCustomError(
            "no_box",
            "West, south, east, north in degrees, south not beyond north; west may be greater than east: "
            "such a box crosses the antimeridian",
        )
    return written


class ProjectConditions(Schema):
    """Which projects. Conditions add up; one that is left out asks for nothing."""

    year: Year | None = Field(default=None, description="Year of selection", examples=[2021])
    country: list[CountryCode] = Field(
        default=[],
        max_length=MOST_COUNTRIES,
        description="Country codes; repeat for several: `country=VN&country=ID`",
        examples=[["VN"]],
    )
    type: ProjectType | None = Field(
        default=None, description="Type; `plan` finds plans whose kind is not published"
    )
    state: ProjectState | None = Field(default=None, description="Completed, or announced as selected")
    stage: Stage | None = Field(default=None, description="How far it is")
    sector: list[Sector] = Field(
        default=[],
        max_length=len(Sector),
        description="What it is about; repeat for several, of which one is enough: `sector=water&sector=waste`",
        examples=[["mobility"]],
    )
    q: Annotated[str, AfterValidator(_searchable)] | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_QUERY,
        description="A question or words in Korean or English, looked for in title, city, country, organisation and "
        "partner, also as parts of words, without Korean particles and spaces, case and accents, and with a typing "
        "error where nobody wrote it so. Sectors, types and years may be named. Every word counts but those that only "
        "make a sentence; the first 12 do. What the answer says in `matched` tells whether all were found.",
        examples=["교통", "traffic", "Bogota", "한국은 베트남 교통을 위해 무엇을 했나?"],
    )
    positioned: bool | None = Field(
        default=None, description="Only those whose position is known, or only the others"
    )
    near: Annotated[str, Field(pattern=_POINT, max_length=60), AfterValidator(_point)] | None = Field(
        default=None,
        description="Latitude and longitude: only projects with a position; each says how far it is",
        examples=["21.03,105.85"],
    )
    within_km: float | None = Field(
        default=None,
        gt=0,
        le=HALF_ROUND_KM,
        allow_inf_nan=False,
        description="How far from `near` at most",
        examples=[250],
    )
    bbox: Annotated[str, Field(pattern=_BOX, max_length=120), AfterValidator(_box)] | None = Field(
        default=None,
        description="West, south, east, north: only projects with a position in there. West may be greater than east: "
        "such a box crosses the antimeridian",
        examples=["102.1,8.4,109.5,23.4"],
    )

    @field_validator("within_km")
    @classmethod
    def _from_where(cls, value: float | None, asked: ValidationInfo) -> float | None:
        if value is not None and asked.data.get("near", "") is None:
            raise PydanticCustomError("no_point", "A distance needs a point that it is counted from: `near`")
        return value

    def wanted(self) -> Wanted:
        """The conditions, in a form that does not depend on the order in which they were written."""
        return Wanted(
            year=self.year,
            countries=tuple(sorted(set(self.country))),
            type=self.type,
            state=self.state,
            stage=self.stage,
            sectors=tuple(sorted(set(self.sector))),
            text=self.q,
            near=self._near(),
            box=Box(*_degrees(self.bbox)) if self.bbox is not None else None,
            positioned=self.positioned,
        )

    def _near(self) -> Near | None:
        if self.near is None:
            return None
        latitude, longitude = _degrees(self.near)
        return Near(latitude, longitude, self.within_km)


class ProjectQuery(ProjectConditions):
    """Which projects, in which order, from where on. Conditions add up; one that is left out asks for nothing."""

    sort: Order | None = Field(
        default=None,
        description="`-` in front: greatest first. Left out: `relevance` with `q`, else `distance` with `near`, "
        "else `number`",
    )
    limit: int = Field(default=20, ge=1, le=100, description="Items on a page")
    cursor: str | None = Field(
        default=None, min_length=1, max_length=1000, description="next_cursor of the page before"
    )

    @field_validator("sort")
    @classmethod
    def _sortable(cls, value: Order | None, asked: ValidationInfo) -> Order | None:
        if value is Order.RELEVANCE and asked.data.get("q", "") is None:
            raise PydanticCustomError("no_question", "Relevance needs words that it is measured by: `q`")
        if value is Order.DISTANCE and asked.data.get("near", "") is None:
            raise PydanticCustomError("no_point", "A distance needs a point that it is counted from: `near`")
        return value

    @property
    def order(self) -> Order:
        """The order asked for, or the one that fits what is asked for."""
        if self.sort is not None:
            return self.sort
        if self.q is not None:
            return Order.RELEVANCE
        return Order.DISTANCE if self.near is not None else Order.NUMBER
