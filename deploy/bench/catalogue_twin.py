"""The bare twin of ``GET /v1/projects``: plain FastAPI and asyncpg, the same statements, the same bytes.

No conditions are read, no words looked up, nothing is checked, counted, logged or kept; the statements and what they
come to stand in a file. Run by uvicorn with the same options as the catalogue.
"""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from fastapi import FastAPI, Request, Response

from shared.settings import Settings

SAMPLE_FILE = "KCITY_BENCH_CATALOGUE"


def create_app() -> FastAPI:
    """The twin, with the ``KCITY_`` environment of catalog."""
    sample = json.loads(Path(os.environ[SAMPLE_FILE]).read_text())
    answers = {path: one["answer"].encode() for path, one in sample.items()}
    statements = {path: one["statements"] for path, one in sample.items()}
    settings = Settings()
    size = settings.database_pool_size
    state: dict[str, asyncpg.Pool] = {}

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        url = settings.database_url.get_secret_value()
        async with asyncpg.create_pool(url, min_size=size, max_size=size) as pool:
            state["pool"] = pool
            yield

    app = FastAPI(lifespan=lifespan)

    @app.get("/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/v1/projects")
    async def projects(request: Request) -> Response:
        path = f"/v1/projects?{request.url.query}"
        async with state["pool"].acquire() as connection:
            for statement, parameters in statements[path]:
                await connection.fetch(statement, *parameters)
        return Response(answers[path], media_type="application/json")

    return app
