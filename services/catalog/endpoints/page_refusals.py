"""What goes wrong at a page's address is told by a page, in its language; its status stays what it was."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from fastapi import FastAPI, Request, Response

from services.catalog.endpoints.pages import POLICY, addresses_of
from services.catalog.pages.rendering import render
from services.catalog.pages.views.wording import Wording
from services.catalog.pages.words import LANGUAGES, Language

Handler = Callable[[Request, Exception], Awaitable[Response]]
NOT_FOUND, FIRST_FAILURE = 404, 500
_KEPT = ("retry-after", "allow")


def refuse_with_pages(app: FastAPI) -> None:
    """Wrap every handler of errors of ``app``: at a page's address its answer becomes a page."""
    for kind, handler in list(app.exception_handlers.items()):
        app.add_exception_handler(kind, _paged(cast("Handler", handler)))


def _paged(handler: Handler) -> Handler:
    async def answer(request: Request, error: Exception) -> Response:
        answered = await handler(request, error)
        language = _language_of(request.url.path)
        return answered if language is None else _page(request, answered, language)

    return answer


def _language_of(path: str) -> Language | None:
    return next((one for one in LANGUAGES if path == f"/{one}" or path.startswith(f"/{one}/")), None)


def _page(request: Request, answered: Response, language: Language) -> Response:
    wording = Wording(language)
    content = render(
        "refusal.html", wording, addresses_of(request, language), rehearsal=False, **_said(answered, wording)
    )
    headers = {name: answered.headers[name] for name in _KEPT if name in answered.headers}
    headers |= {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Content-Language": language}
    return Response(content, answered.status_code, headers, "text/html")


def _said(answered: Response, wording: Wording) -> dict[str, Any]:
    words = wording.words.problem
    if answered.status_code == NOT_FOUND:
        return {"heading": words.heading_404, "text": words.text_404, "status": NOT_FOUND}
    if answered.status_code >= FIRST_FAILURE:
        return {"heading": words.heading_503, "text": words.text_503, "status": answered.status_code}
    return {"heading": words.heading_400, "text": words.text_400, "status": answered.status_code}
