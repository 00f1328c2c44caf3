"""What it costs to find out who asks and whether they may: a process of its own, ``python -m deploy.bench.gates``.

The house's own application with two routes that do nothing: one whose rule looks at no token, and one that only
applicants and systems with a scope may call. Both are called in turns, without a server; the difference of their CPU
time is authentication and authorization: reading the header, the remembered token, the rule, and FastAPI's asking.
"""

import argparse
import asyncio
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median
from typing import Any

from fastapi import APIRouter, FastAPI, Response
from starlette.types import ASGIApp, Message

from shared.auth.caller import Role
from shared.auth.dependencies import PUBLIC, allow
from shared.auth.rules import Access
from shared.auth.scopes import CASES_READ
from shared.auth.verifier import TokenVerifier
from shared.http.application import create_application
from shared.settings import Settings

BLOCK = 100
"""Requests of one kind, one after the other: the clock of CPU time is too coarse for one."""


def application(settings: Settings) -> FastAPI:
    """The house's application with both routes; tokens are verified by the keys of the settings' issuer."""
    router = APIRouter(prefix="/v1")

    @router.get("/open", dependencies=[PUBLIC])
    async def get_open() -> Response:
        return Response(b"{}", media_type="application/json")

    @router.get("/gated", dependencies=[allow(Access.to(Role.APPLICANT, scope=CASES_READ))])
    async def get_gated() -> Response:
        return Response(b"{}", media_type="application/json")

    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with TokenVerifier(settings.issuer_url, settings.audience) as tokens:
            yield {"tokens": tokens}

    return create_application(
        settings=settings, title="Gates", description="Gates", routers=[router], open_resources=resources
    )


async def compare(settings: Settings, token: str, blocks: int) -> dict[str, float]:
    """Median CPU milliseconds of a request by route, over blocks in turns. Raises ``RuntimeError`` for a refusal."""
    app = application(settings)
    found: dict[str, list[float]] = {"open": [], "gated": []}
    async with app.router.lifespan_context(app):
        for number in range(blocks + 1):
            for name, waits in found.items():
                sent = {"authorization": f"Bearer {token}"} if name == "gated" else {}
                began = time.process_time()
                for _ in range(BLOCK):
                    await _ask(app, f"/v1/{name}", sent)
                if number:  # the first block warms up: the one token is verified there
                    waits.append((time.process_time() - began) / BLOCK * 1000)
    return {f"{name}_cpu_ms": median(waits) for name, waits in found.items()}


async def _ask(app: ASGIApp, path: str, headers: Mapping[str, str]) -> None:
    statuses = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [
            (b"host", b"localhost"),
            *((name.encode(), value.encode()) for name, value in headers.items()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }
    await app(scope, receive, send)
    if statuses != [200]:
        raise RuntimeError(f"{path} was answered {statuses}")


def main() -> None:
    """Compare both routes, by the settings of the environment."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench.gates", description=__doc__)
    parser.add_argument("--token", required=True)
    parser.add_argument("--blocks", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    chosen.out.write_text(json.dumps(asyncio.run(compare(Settings(), chosen.token, chosen.blocks))))


if __name__ == "__main__":
    main()
