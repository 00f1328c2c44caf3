"""What a request costs, so that cheap ones are not counted with dear ones."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts

MARK: Final = "x-rate-limit"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class Cost(StrEnum):
    """The classes; each has a limit of its own in the settings (``KCITY_RATE_LIMIT_<NAME>``)."""

    READS = "reads"
    PUBLIC_READS = "public_reads"
    WRITES = "writes"
    SUBMISSIONS = "submissions"
    UPLOADS = "uploads"


def costs(cost: Cost) -> dict[str, Any]:
    """The ``openapi_extra`` of a route that is of another class than its method says; the contract shows it."""
    return {MARK: str(cost)}


class Tariff:
    """The class of each request of one application, told from method and address before the route is known."""

    def __init__(self, app: FastAPI) -> None:
        self._marked = tuple(_marked(app))

    def cost_of(self, method: str, path: str, *, known: bool) -> Cost:
        """The class of a request; ``known``: its caller has shown a valid token."""
        if method in _READING:
            return Cost.READS if known else Cost.PUBLIC_READS
        for methods, path_regex, cost in self._marked:
            if method in methods and path_regex.match(path):
                return cost
        return Cost.WRITES


def _marked(app: FastAPI) -> Iterator[tuple[frozenset[str], Any, Cost]]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, APIRoute):
            extra: Mapping[str, Any] = route.original_route.openapi_extra or {}
            if MARK in extra:
                yield frozenset(route.methods or ()), route.path_regex, Cost(extra[MARK])
