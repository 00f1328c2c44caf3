"""The review API: ``python -m shared.http.serve services.review.main:create_app``."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from services.review.contract import contract
from services.review.endpoints import (
    assignments,
    cases,
    consulting,
    evaluations,
    experts,
    implementation,
    selections,
)
from services.review.settings import ReviewSettings
from shared.clock.endpoints import router as time_router
from shared.http.application import create_application, usual_resources
from shared.idempotency.lookup import idempotency_router

DESCRIPTION = """Cases, pre-consulting, reviewers, score sheets, the verifiable ranking, the selection under four
eyes and embargo, and the invitations. Nothing of an outcome is visible before its announcement."""


def create_app(settings: ReviewSettings | None = None) -> FastAPI:
    """The API of one process; settings from the environment unless given."""
    chosen = settings or ReviewSettings()

    @asynccontextmanager
    async def open_resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with usual_resources(chosen, "review-api") as usual:
            yield usual

    return create_application(
        settings=chosen,
        title="K-City Network: review",
        description=DESCRIPTION,
        contract=contract,
        routers=[
            cases.router,
            consulting.router,
            experts.router,
            assignments.router,
            evaluations.router,
            selections.router,
            implementation.router,
            time_router(),
            idempotency_router(),
        ],
        open_resources=open_resources,
    )
