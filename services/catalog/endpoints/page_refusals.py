"""What goes wrong at a page's address is told by a page, in its language; status and headers stay what they were.

Around everything, for refusals come from every layer: too many requests are refused before any route is looked for.
"""

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.catalog.endpoints.page_language import preferred_language
from services.catalog.endpoints.pages import POLICY, addresses_of
from services.catalog.pages.rendering import render
from services.catalog.pages.views.wording import Wording
from services.catalog.pages.words import LANGUAGES, Language
from shared.http.problems import MEDIA_TYPE

FIRST_FAILURE = 500
_WORDS: Mapping[int, str] = {400: "400", 404: "404", 405: "405", 422: "400", 429: "429", 431: "400"}
"""Which words say what a status means to a reader."""


class PageRefusals:
    """Wraps an application: each problem that answers a request for a page becomes a page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        language = _language_of(scope) if scope["type"] == "http" else None
        if language is None:
            await self._app(scope, receive, send)
        else:
            await self._app(scope, receive, _Answer(scope, send, language).send)


class _Answer:
    """One answer on its way out; the body of a problem goes nowhere."""

    def __init__(self, scope: Scope, send: Send, language: Language) -> None:
        self._scope = scope
        self._send = send
        self._language = language
        self._replaced = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._replaced = Headers(raw=message["headers"]).get("content-type") == MEDIA_TYPE
            if self._replaced:
                await self._send_page(message)
        if not self._replaced:
            await self._send(message)

    async def _send_page(self, message: Message) -> None:
        headers = MutableHeaders(raw=list(message["headers"]))
        content = _page(Request(self._scope), message["status"], headers, self._language)
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Content-Length"] = str(len(content))
        headers["Content-Language"] = self._language
        headers["Content-Security-Policy"] = POLICY
        await self._send({**message, "headers": headers.raw})
        body = b"" if self._scope["method"] == "HEAD" else content
        await self._send({"type": "http.response.body", "body": body})


def _language_of(scope: Scope) -> Language | None:
    """Of the page at this address; None: there is none."""
    path: str = scope["path"]
    if path == "/":
        return preferred_language(Headers(scope=scope).get("accept-language", ""))
    return next((one for one in LANGUAGES if path == f"/{one}" or path.startswith(f"/{one}/")), None)


def _page(request: Request, status: int, headers: Mapping[str, str], language: Language) -> bytes:
    wording = Wording(language)
    clock = getattr(request.app.state, "clock", None)
    return render(
        "refusal.html",
        wording,
        addresses_of(request, language),
        rehearsal=clock is not None and clock.rehearsal,
        status=status,
        **_said(status, headers, wording),
    )


def _said(status: int, headers: Mapping[str, str], wording: Wording) -> dict[str, Any]:
    words = wording.words.problem
    key = _WORDS.get(status, "503" if status >= FIRST_FAILURE else "other")
    text = str(getattr(words, f"text_{key}"))
    return {
        "heading": getattr(words, f"heading_{key}"),
        "text": text.format(seconds=headers.get("retry-after", "60")),
    }
