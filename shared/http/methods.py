"""What a path allows: HEAD wherever GET is, OPTIONS everywhere, and the whole list where a method is refused."""

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette._utils import get_route_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOUND_BY_ROUTING = ("fastapi", "route", "path_params", "endpoint")


def allowed_methods(scope: Scope) -> list[str]:
    """The methods of every route that matches this path; FastAPI itself names only those of the first."""
    path = get_route_path(scope)
    app: FastAPI = scope["app"]
    found: set[str] = set()
    for route in iter_route_contexts(app.routes):
        if getattr(route, "path_regex", None) is not None and route.path_regex.match(path):
            found |= route.methods or set()
    if "GET" in found:
        found.add("HEAD")
    return sorted(found | {"OPTIONS"}) if found else []


class Methods:
    """Wraps an application whose routes say GET, POST …: it answers HEAD by GET, and OPTIONS by ``Allow``."""

    def __init__(self, app: ASGIApp, application: FastAPI) -> None:
        self._app = app
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, or say what its path allows."""
        method = scope.get("method")
        if method == "HEAD":
            await self._answer_head(scope, receive, send)
        elif method == "OPTIONS" and (allowed := allowed_methods({**scope, "app": self._application})):
            await _answer_options(allowed, send)
        else:
            await self._app(scope, receive, send)

    async def _answer_head(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The head of what GET answers. The server's own scope stays HEAD: by it, it knows that no body follows."""

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        as_get = {**scope, "method": "GET"}
        await self._app(as_get, receive, send_head)
        scope.update({name: as_get[name] for name in _FOUND_BY_ROUTING if name in as_get})


async def _answer_options(allowed: Sequence[str], send: Send) -> None:
    headers = [(b"allow", ", ".join(allowed).encode())]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
