"""The bare twin: the same route, statements and pool, and nothing of the house around them.

No authentication, no decision, no signature, no arrival stamp, no logs, no metrics. Plain FastAPI and asyncpg;
run by uvicorn with the same options as intake: ``uvicorn --factory deploy.bench.twin:create_app``.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated
from uuid import UUID

import asyncpg
from fastapi import FastAPI, Header, Response

from deploy.bench.sample import Sample
from services.intake.submission_sql import READ_CANDIDATE, WRITE_SUBMISSION
from shared.settings import Settings

SAMPLE_FILE = "KCITY_BENCH_SAMPLE"


def create_app() -> FastAPI:
    """The twin, with the ``KCITY_`` environment of intake and the sample it answers with."""
    sample = Sample.read(Path(os.environ[SAMPLE_FILE]))
    answer = sample.answer.encode()
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

    @app.post("/v1/applications/{application_id}/submission", status_code=201)
    async def submit(application_id: UUID, idempotency_key: Annotated[str, Header()]) -> Response:
        async with state["pool"].acquire() as connection:
            await connection.fetchrow(READ_CANDIDATE, application_id, sample.scope, idempotency_key)
            await connection.fetchrow(WRITE_SUBMISSION, *sample.parameters(application_id, idempotency_key))
        return Response(answer, 201, media_type="application/json")

    return app
