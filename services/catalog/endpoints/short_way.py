"""The short way of a well-formed list: past FastAPI's solving of dependencies, which takes a third of its time.

The route is declared as any other, with the same query; here the query is read by hand. Whatever is not well-formed
goes the usual way, so that it is refused as it is everywhere else. No token is looked at, as everybody may read.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from pydantic import ValidationError

from services.catalog.schemas.conditions import ProjectQuery
from shared.auth.dependencies import PUBLIC
from shared.http.json_body import StrictJsonRoute
from shared.http.media_types import offered_by, refuse_unacceptable

_SEVERAL: Final = ("country", "sector")


class ListRoute(StrictJsonRoute):
    """A public route whose endpoint takes the request and a ``ProjectQuery``, in this order."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The short way, with the usual one beside it."""
        handle_usually = super().get_route_handler()
        endpoint, offered, public = self.endpoint, offered_by(self), PUBLIC in self.dependencies

        async def handle(request: Request) -> Response:
            query = _read(request) if public else None
            if query is None:
                return await handle_usually(request)
            refuse_unacceptable(request, offered)
            response: Response = await endpoint(request, query)
            return response

        return handle


def _read(request: Request) -> ProjectQuery | None:
    given: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name in _SEVERAL:
            given.setdefault(name, []).append(value)
        elif name in given:
            return None
        else:
            given[name] = value
    try:
        return ProjectQuery.model_validate(given)
    except ValidationError:
        return None
