"""Answers that a reader may keep and ask for again: a strong ETag, and 304 without making the answer anew.

The ETag comes before the answer: it names the versions of all that the answer depends on. A new answer is made, with
its ETag, from one snapshot, so the same ETag never names two answers, and a change is seen by the next request of any
process.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from services.catalog.answers import Answers, answers_of, etag_of_answer
from services.catalog.repository.reading import CatalogueReader
from services.catalog.repository.version import version_now, version_seen
from services.catalog.repository.vocabularies import Fetch
from shared.canonical import sha256_hex
from shared.database.connection import Database
from shared.etag import not_modified

REVALIDATE = "public, no-cache"
"""Anybody may keep the answer, and asks each time whether it still holds: an announcement shows at once."""
JSON = "application/json"
Make = Callable[[CatalogueReader], Awaitable[bytes]]
"""Makes the bytes of an answer."""
Quick = Callable[[Fetch, Answers], Awaitable[tuple[str, bytes] | None]]
"""Makes them without a transaction, and tells what the catalogue was; None: it takes one."""

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
    request: Request,
    asked: object,
    make: Make,
    *,
    quick: Quick | None = None,
    media_type: str = JSON,
    file_name: str | None = None,
) -> Response:
    """The answer to ``asked`` – the route and all that its answer depends on, with a ``repr`` that tells it.

    ``make`` is called only for an answer that neither the caller nor this process has, and ``quick`` before it.
    ``file_name``: what it is to be saved as. Raises what ``make`` raises.
    """
    answers, named = answers_of(request), repr((asked, media_type))
    header = request.headers.get("if-none-match", "")
    etag, content = etag_of_answer(answers.version, named), None
    # an answer that nobody here may have is made at once: what the catalogue is comes with it
    if header or answers.given.find(etag) is not None:
        answers.version = await version_now(request.app.state.database)
        etag = etag_of_answer(answers.version, named)
        if "*" not in header and (unchanged := not_modified(request, etag)):
            return _revalidated(unchanged)
        content = answers.given.find(etag)
    if content is None:
        answers.version, content = await _made(request.app.state.database, answers, make, quick)
        etag = etag_of_answer(answers.version, named)
        answers.given.keep(etag, content)
    if header and (unchanged := not_modified(request, etag)):
        return _revalidated(unchanged)
    headers = {"ETag": etag, "Cache-Control": REVALIDATE}
    if file_name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return Response(content, media_type=media_type, headers=headers)


async def _made(database: Database, answers: Answers, make: Make, quick: Quick | None) -> tuple[str, bytes]:
    """A new answer, and what the catalogue was in the snapshot that it was made from."""
    if quick is not None and (made := await quick(database.pool.fetch, answers)) is not None:
        return made
    async with database.transaction() as tx:
        version = await version_seen(tx)
        return version, await make(CatalogueReader(tx, answers.vocabularies))


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
