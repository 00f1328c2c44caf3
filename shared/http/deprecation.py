"""Saying that an operation or a field is going to end: in the contract, and in every answer of the operation.

A route: ``openapi_extra=deprecated(date(2027, 1, 15), sunset=date(2027, 9, 1), see="/…")``; nothing else is needed.
A field: ``Field(json_schema_extra=deprecated(…))``. Policy: ``docs/api/versioning.md``.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import Any

from starlette.types import Scope

LEAST_DAYS = 180
"""Between the deprecation and the end: two front-end releases and a call's whole season."""
SINCE, SUNSET, SEE = "x-deprecated-since", "x-sunset", "x-deprecation-page"


class SunsetTooSoon(ValueError):
    """Those who use it would have less than ``LEAST_DAYS`` to change."""


def deprecated(since: date, *, sunset: date, see: str) -> dict[str, Any]:
    """The marks of what is deprecated since a day and ends with ``sunset``; ``see``: a page of the front door.

    Raises ``SunsetTooSoon``.
    """
    if (sunset - since).days < LEAST_DAYS:
        raise SunsetTooSoon(f"{sunset} is less than {LEAST_DAYS} days after {since}")
    return {"deprecated": True, SINCE: since.isoformat(), SUNSET: sunset.isoformat(), SEE: see}


def announcing_headers(scope: Scope, public_url: str) -> Iterator[tuple[str, str]]:
    """``Deprecation`` (RFC 9745), ``Sunset`` (RFC 8594) and ``Link`` of the route that a request met, if any."""
    marks: Mapping[str, Any] = getattr(scope.get("route"), "openapi_extra", None) or {}
    if SUNSET not in marks:
        return
    yield "Deprecation", f"@{int(_midnight(marks[SINCE]).timestamp())}"
    yield "Sunset", format_datetime(_midnight(marks[SUNSET]), usegmt=True)
    yield "Link", f'<{public_url.rstrip("/")}{marks[SEE]}>; rel="deprecation"; type="text/html"'


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)
