"""A worker's own small HTTP address: ``/health``, ``/ready``, ``/metrics``, ``/delivery``."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.handover import inherited_socket
from shared.http.draining import QuietServer
from shared.telemetry.metrics import exposition

IDLE_SECONDS = 1.0  # who asks here reads, and can ask again


@dataclass(frozen=True, slots=True)
class HealthAddress:
    """The address while it is open."""

    _server: uvicorn.Server
    _handed: socket.socket | None

    def drain(self) -> None:
        """Leave a handed socket to whoever shares it; an own one goes on answering, that the worker drains."""
        if self._handed is not None:
            self._server.should_exit = True


@asynccontextmanager
async def serve_health(
    service: str,
    why_not_ready: Callable[[], list[str]],
    look: Callable[[], Awaitable[dict[str, Any]]],
    *,
    host: str,
    port: int,
) -> AsyncIterator[HealthAddress]:
    """Answer on the handed socket, else on ``host:port``, while the block runs; tell the supervisor when ready.

    ``look`` gives the facts of ``/delivery``.
    """
    looking = asyncio.Lock()

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "service": f"{service}-worker"})

    async def ready(_: Request) -> Response:
        reasons = why_not_ready()
        return JSONResponse({"ready": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    async def metrics(_: Request) -> Response:
        body, media_type = exposition()
        return Response(body, media_type=media_type)

    async def delivery(_: Request) -> Response:
        async with looking:  # one look at a time: each asks the broker
            return JSONResponse(await look())

    answers = {"/health": health, "/ready": ready, "/metrics": metrics, "/delivery": delivery}
    app = Starlette(routes=[Route(path, answer) for path, answer in answers.items()])

    async def is_ready() -> bool:
        return not why_not_ready()

    config = uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, lifespan="off")
    handed = inherited_socket()
    server = QuietServer(config, is_ready, idle_seconds=IDLE_SECONDS)
    serving = asyncio.create_task(server.serve(sockets=[handed] if handed else None))
    try:
        yield HealthAddress(server, handed)
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await serving
