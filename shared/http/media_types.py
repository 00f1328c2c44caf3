"""What a route takes and gives, held against what the client sends and accepts, before anything is done.

Problems are given in ``application/problem+json`` whatever the client accepts: it must learn what was wrong.
Source: RFC 9110, 12.5.1 and 15.5.16.
"""

from collections.abc import Collection, Iterator
from functools import lru_cache
from http import HTTPStatus

from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

JSON = "application/json"


def refuse_foreign_body(request: Request) -> None:
    """Raise 415, with ``Accept``, unless the body is JSON or there is none."""
    headers = request.headers
    if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
        return
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON and not (media_type.startswith("application/") and media_type.endswith("+json")):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, headers={"Accept": JSON})


def refuse_unacceptable(request: Request, offered: Collection[str]) -> None:
    """Raise 406 when the client accepts none of what is ``offered``."""
    accepted = ",".join(request.headers.getlist("accept"))
    if accepted and not accepts_any(accepted, frozenset(offered)):
        raise HTTPException(HTTPStatus.NOT_ACCEPTABLE)


@lru_cache(maxsize=512)
def accepts_any(header: str, offered: frozenset[str]) -> bool:
    """Whether an Accept header lets one of the media types through; the most specific range decides for each."""
    weights = dict(_ranges(header))
    return any(_weight(weights, each) > 0 for each in offered)


def offered_by(route: APIRoute) -> frozenset[str]:
    """The media types of a route's answer; none when it answers without a body or decides as it goes."""
    if route.status_code == HTTPStatus.NO_CONTENT:
        return frozenset()
    answer = route.response_class
    kind = answer.value if isinstance(answer, DefaultPlaceholder) else answer
    if not issubclass(kind, JSONResponse):
        return frozenset()
    declared = (response.get("content", {}) for status, response in route.responses.items() if _good(status))
    return frozenset({JSON}).union(*declared)


def _good(status: int | str) -> bool:
    return str(status).startswith("2")


def _ranges(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            yield name, float(quality)
        except ValueError:
            yield name, 1.0


def _weight(weights: dict[str, float], media_type: str) -> float:
    family = media_type.partition("/")[0] + "/*"
    for name in (media_type, family, "*/*", "*"):
        if name in weights:
            return weights[name]
    return 0.0
