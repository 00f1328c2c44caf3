"""Answers that a reader may keep and ask for again: a strong ETag, and 304 without making the answer anew.

The ETag comes before the answer: it names the versions of all that the answer depends on. A new answer is made, with
its ETag, from one snapshot, so the same ETag never names two answers, and a change is seen by the next request of any
process.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from services.catalog.answers import answers_of, etag_of_answer, version_now, version_seen
from services.catalog.repository.reading import CatalogueReader
from shared.canonical import sha256_hex
from shared.database.connection import Database
from shared.etag import not_modified

REVALIDATE = "public, no-cache"
"""Anybody may keep the answer, and asks each time whether it still holds: an announcement shows at once."""
JSON = "application/json"
Make = Callable[[CatalogueReader], Awaitable[bytes]]
"""Makes the bytes of an answer."""

CONDITIONAL: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {"description": "Send it in If-None-Match next time", "schema": {"type": "string"}}
        },
    },
    304: {"description": "Nothing changed since the version named in If-None-Match"},
}
"""The ``responses=`` of a route that answers with ``answered`` or ``conditional``."""


async def answered(
    request: Request, asked: object, make: Make, *, media_type: str = JSON, file_name: str | None = None
) -> Response:
    """The answer to ``asked`` – the route and all that its answer depends on, with a ``repr`` that tells it.

    ``make`` is called only for an answer that neither the caller nor this process has. ``file_name``: what it is
    to be saved as. Raises what ``make`` raises.
    """
    database: Database = request.app.state.database
    answers = answers_of(request)
    etag = etag_of_answer(await version_now(database), (asked, media_type))
    anything = "*" in request.headers.get("if-none-match", "")
    if not anything and (unchanged := not_modified(request, etag)):
        return _revalidated(unchanged)
    content = answers.find(etag)
    if content is None:
        async with database.transaction() as tx:
            etag = etag_of_answer(await version_seen(tx), (asked, media_type))
            content = await make(CatalogueReader(tx, answers.vocabularies))
        answers.keep(etag, content)
    if unchanged := not_modified(request, etag):
        return _revalidated(unchanged)
    headers = {"ETag": etag}
    if file_name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return _revalidated(Response(content, media_type=media_type, headers=headers))


def conditional(
    request: Request, answer: BaseModel | bytes, media_type: str = JSON, headers: dict[str, str] | None = None
) -> Response:
    """``answer``, or 304 when the caller's If-None-Match names just these bytes."""
    content = answer if isinstance(answer, bytes) else answer.model_dump_json().encode()
    etag = f'"{sha256_hex(content)[:32]}"'
    response = not_modified(request, etag) or Response(
        content, media_type=media_type, headers={"ETag": etag, **(headers or {})}
    )
    return _revalidated(response)


def _revalidated(response: Response) -> Response:
    response.headers["Cache-Control"] = REVALIDATE
    return response
