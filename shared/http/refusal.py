"""A problem as an answer, from plain ASGI: for layers outside the application's own error handlers."""

import json
from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import Scope, Send

from shared.http.problems import MEDIA_TYPE, ProblemType, make_problem


async def send_problem(
    kind: ProblemType,
    scope: Scope,
    send: Send,
    types: str,
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> None:
    """Answer with ``kind``; ``types`` is the template of its address (``shared.http.problems.type_template``)."""
    body = json.dumps(make_problem(kind, Request(scope)).marshal(uri=types)).encode()
    own = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": kind.status, "headers": [*own, *headers]})
    await send({"type": "http.response.body", "body": body})
