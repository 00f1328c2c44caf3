"""The bare twin of ``GET /v1/me``: the barest FastAPI route that gives the same bytes, whoever asks.

Run by uvicorn with the same options as a service: ``python -m shared.http.serve deploy.bench.me_twin:create_app``.
"""

import os

from fastapi import FastAPI, Response

ANSWER = "KCITY_BENCH_ANSWER"


def create_app() -> FastAPI:
    """The twin; what it answers stands in the environment."""
    answer = os.environ[ANSWER].encode()
    app = FastAPI()

    @app.get("/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/v1/me")
    async def me() -> Response:
        return Response(answer, media_type="application/json")

    return app
