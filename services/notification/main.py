"""The API of notification: ``python -m shared.http.serve services.notification.main:create_app``."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from services.notification.contract import contract
from services.notification.endpoints import messages, templates
from services.notification.settings import NotificationSettings
from shared.clock.endpoints import router as time_router
from shared.http.application import create_application, usual_resources
from shared.idempotency.lookup import idempotency_router

DESCRIPTION = (
    "Mails of the K-City Network: receipts, partners' confirmations, decisions, selections and invitations. "
    "Tells where each message stands, by ids only: no answer carries an address, a person's name or a mail's words."
)


def create_app(settings: NotificationSettings | None = None) -> FastAPI:
    """The application; settings from the environment unless given."""
    chosen = settings or NotificationSettings()

    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with usual_resources(chosen, "notification-api") as usual:
            yield {**usual, "letterhead": chosen.letterhead(rehearsal=usual["clock"].rehearsal)}

    return create_application(
        settings=chosen,
        title="K-City Network: notification",
        description=DESCRIPTION,
        contract=contract,
        routers=[messages.router, templates.router, time_router(), idempotency_router()],
        open_resources=resources,
    )
