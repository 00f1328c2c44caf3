"""An API under test: the real application with its lifespan, asked in process over ASGI."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI

from shared.testing.declared import declared_by


@asynccontextmanager
async def open_api(app: FastAPI, **client_options: object) -> AsyncIterator[httpx.AsyncClient]:
    """Start ``app`` (its lifespan runs) and give a client of it; unhandled errors become 500 as in production.

    The client raises ``Undeclared`` for an answer that the application's contract does not know.
    """
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://service.test", **client_options) as client,  # type: ignore[arg-type] # passed on as they are
    ):
        client.event_hooks["response"].append(declared_by(app).check)
        yield client
