"""Answers that a reader may keep and ask for again: a strong ETag over the bytes, 304 when nothing changed."""

from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel

from shared.canonical import sha256_hex
from shared.etag import not_modified

REVALIDATE = "public, no-cache"
"""Anybody may keep the answer, and asks each time whether it still holds: an announcement shows at once."""

CONDITIONAL: dict[int | str, dict[str, Any]] = {
    200: {
        "headers": {
            "ETag": {"description": "Send it in If-None-Match next time", "schema": {"type": "string"}}
        },
    },
    304: {"description": "Nothing changed since the version named in If-None-Match"},
}
"""The ``responses=`` of a route that answers with ``conditional``."""


def conditional(request: Request, answer: BaseModel) -> Response:
    """``answer`` as JSON, or 304 when the caller's If-None-Match names just these bytes."""
    content = answer.model_dump_json().encode()
    etag = f'"{sha256_hex(content)[:32]}"'
    response = not_modified(request, etag) or Response(
        content, media_type="application/json", headers={"ETag": etag}
    )
    response.headers["Cache-Control"] = REVALIDATE
    return response
