"""Which projects somebody asks for."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.entry import Order
from services.catalog.domain.project import ProjectState, ProjectType, Stage
from services.catalog.domain.search_text import normalised
from services.catalog.domain.sector import Sector
from services.catalog.domain.table import FIRST_YEAR, LAST_YEAR, MOST_NUMBER
from shared.http.schema import Schema

LONGEST_QUERY = 200
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


class ProjectQuery(Schema):
    """Which projects, in which order, from where on. Conditions add up; one that is left out asks for nothing."""

    year: Year | None = Field(default=None, description="Year of selection", examples=[2021])
    country: list[CountryCode] = Field(
        default=[],
        max_length=50,
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
        description="Text in Korean or English, found anywhere in title, city, country, organisation or partner. "
        "Case, accents and spaces beside Korean letters do not count.",
        examples=["교통", "traffic", "Bogota"],
    )
    sort: Order = Field(default=Order.NUMBER, description="`-` in front: greatest first")
    limit: int = Field(default=20, ge=1, le=100, description="Items on a page")
    cursor: str | None = Field(
        default=None, min_length=1, max_length=1000, description="next_cursor of the page before"
    )
