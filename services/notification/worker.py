"""The background half of notification: ``python -m services.notification.worker``."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from services.notification.consumers import handlers
from services.notification.mail.smtp import MailConnection
from services.notification.settings import NotificationSettings
from services.notification.use_cases.send_due import Sender
from shared.idempotency.purge import purge_schedule
from shared.worker import Schedule, WorkerContext, WorkerParts, main

SEND_EVERY_SECONDS = 0.2


@asynccontextmanager
async def build(context: WorkerContext, settings: NotificationSettings) -> AsyncIterator[WorkerParts]:
    """Consumers and the sender."""
    sender = Sender(
        context.database,
        context.clock,
        settings.letterhead(rehearsal=context.clock.rehearsal),
        settings.smtp_url.get_secret_value(),
        connections=settings.smtp_connections,
    )

    async def mail_server() -> None:
        async with MailConnection(settings.smtp_url.get_secret_value()) as connection:
            await connection.open()

    try:
        yield WorkerParts(
            handlers=handlers(),
            schedules=(
                Schedule("send due mail", SEND_EVERY_SECONDS, sender.run),
                purge_schedule(context.database),
            ),
            probes={"mail": mail_server},
        )
    finally:
        await sender.close()


if __name__ == "__main__":
    settings = NotificationSettings()
    main(settings, partial(build, settings=settings))
