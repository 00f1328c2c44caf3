"""A worker's own small HTTP address: ``/health``, ``/ready``, ``/metrics``, ``/delivery``."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from shared.telemetry.metrics import exposition


class _Server(uvicorn.Server):
    """Leaves the signals to the worker."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve_health(
    service: str,
    why_not_ready: Callable[[], list[str]],
    look: Callable[[], Awaitable[dict[str, Any]]],
    *,
    host: str,
    port: int,
) -> AsyncIterator[None]:
    """Answer on ``host:port`` while the block runs; ``look`` gives the facts of ``/delivery``."""
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
    server = _Server(
        uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False, lifespan="off")
    )
    serving = asyncio.create_task(server.serve())
    try:
        yield
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.CancelledError):
            await serving
