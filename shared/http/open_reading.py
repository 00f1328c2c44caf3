"""Lets pages of any origin read what everybody may read (CORS, Fetch standard), and nothing else.

The headers stand in every answer, asked for by a page or not: a cache in between would keep the wrong one otherwise.
No cookie and no token of a browser ever counts here, so any origin can be let in.
"""

from collections.abc import Sequence

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_READING = frozenset({"GET", "HEAD"})
_EXPOSED = b"ETag, Content-Disposition, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
_ANYBODY = (b"access-control-allow-origin", b"*")
_READABLE = (_ANYBODY, (b"access-control-expose-headers", _EXPOSED))
_MAY_ASK = (
    _ANYBODY,
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match, X-Request-Id"),
    (b"access-control-max-age", b"86400"),
)


class OpenReading:
    """Wraps an application; ``prefixes``: where the paths begin that everybody may read."""

    def __init__(self, app: ASGIApp, prefixes: Sequence[str]) -> None:
        self._app = app
        self._prefixes = tuple(prefixes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        headers = self._headers(scope)
        if not headers:
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *headers]
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
        if scope["type"] != "http" or not self._is_open(scope["path"]):
            return ()
        if scope["method"] in _READING:
            return _READABLE
        return _MAY_ASK if scope["method"] == "OPTIONS" else ()

    def _is_open(self, path: str) -> bool:
        return any(
            path.startswith(prefix) and path[len(prefix) : len(prefix) + 1] in ("", "/", ".")
            for prefix in self._prefixes
        )
