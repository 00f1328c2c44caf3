"""The query of the list's page: what a form or a link writes, read strictly, empty fields left out.

What the page takes the API takes too, so that the page can lead to the same projects in other formats.
"""

import re
from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import QueryParams

from services.catalog.countries import COUNTRY_CODES
from services.catalog.domain.project import ProjectState, ProjectType
from services.catalog.domain.sector import Sector
from services.catalog.pages.views.listing import Asked
from services.catalog.schemas.conditions import LONGEST_QUERY, MOST_COUNTRIES
from shared.errors import DomainError, Kind

LONGEST_CURSOR = 1000
ORDERS = ("number", "-year", "relevance")
_YEAR = re.compile(r"20\d\d", re.ASCII)
_UNREADABLE = re.compile("[\0-\x1f\x7f\ufffd\ud800-\udfff]")
E = TypeVar("E", bound=StrEnum)


class QueryUnreadable(DomainError):
    """The query of a page has a condition that there is not."""

    kind = Kind.MALFORMED
    title = "The query cannot be read"

    def __init__(self) -> None:
        super().__init__("Start again from the list of projects.")


def read_asked(query: QueryParams) -> tuple[Asked, str | None]:
    """What the address asks for, and where its page begins. Raises ``QueryUnreadable``."""
    year, order = _single(query, "year"), _single(query, "order")
    if (year and not _YEAR.fullmatch(year)) or (order and order not in ORDERS):
        raise QueryUnreadable
    text = _text(query)
    countries = tuple(sorted({_country(one) for one in query.getlist("country") if one}))
    if len(countries) > MOST_COUNTRIES:
        raise QueryUnreadable
    asked = Asked(
        q=text,
        country=countries,
        sector=tuple(sorted({_member(Sector, one) for one in query.getlist("sector") if one})),
        type=_member(ProjectType, kind) if (kind := _single(query, "type")) else None,
        state=_member(ProjectState, state) if (state := _single(query, "state")) else None,
        year=int(year) if year else None,
        order=order if text or order != "relevance" else None,
    )
    cursor = _single(query, "cursor")
    if cursor and len(cursor) > LONGEST_CURSOR:
        raise QueryUnreadable
    return asked, cursor


def _single(query: QueryParams, name: str) -> str | None:
    given = [one for one in query.getlist(name) if one]
    if len(given) > 1:
        raise QueryUnreadable
    return given[0] if given else None


def _text(query: QueryParams) -> str | None:
    text = (_single(query, "q") or "").strip()
    if len(text) > LONGEST_QUERY or _UNREADABLE.search(text):
        raise QueryUnreadable
    return text or None


def _country(iso2: str) -> str:
    if iso2 not in COUNTRY_CODES:
        raise QueryUnreadable
    return iso2


def _member(kind: type[E], value: str) -> E:
    try:
        return kind(value)
    except ValueError as error:
        raise QueryUnreadable from error
