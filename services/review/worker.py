"""Review's background half: relay, consumers, and the announcement of due selections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.review.consumers import handlers
from services.review.settings import ReviewSettings
from services.review.use_cases.announce_due_selections import announce_due_selections
from shared.idempotency.purge import purge_schedule
from shared.worker import Schedule, WorkerContext, WorkerParts, main

ANNOUNCE_EVERY_SECONDS = 0.2


@asynccontextmanager
async def build(context: WorkerContext) -> AsyncIterator[WorkerParts]:
    """What this worker does."""

    async def announce() -> None:
        await announce_due_selections(context.database, context.clock)

    yield WorkerParts(
        handlers=handlers(),
        schedules=(
            Schedule("announce due selections", ANNOUNCE_EVERY_SECONDS, announce),
            purge_schedule(context.database),
        ),
    )


if __name__ == "__main__":
    main(ReviewSettings(), build)
