"""The background half of intake: relays its events, announces calls at their instant, forgets old keys."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.intake.repository.calls import Calls, CallShelf
from services.intake.repository.contacts import present_contacts
from services.intake.settings import IntakeSettings
from services.intake.use_cases.announce_calls import announce_due_calls
from shared.events.intake import ContactChanged
from shared.idempotency.purge import purge_schedule
from shared.worker import Schedule, WorkerContext, WorkerParts, main

ANNOUNCE_EVERY_SECONDS = 0.2


@asynccontextmanager
async def build(context: WorkerContext) -> AsyncIterator[WorkerParts]:
    """Intake consumes nothing; it has two schedules, and snapshots of its contacts."""
    calls = Calls(CallShelf())

    async def announce() -> None:
        await announce_due_calls(context.database, calls, context.clock.stamp())

    yield WorkerParts(
        schedules=(
            Schedule("announce calls", ANNOUNCE_EVERY_SECONDS, announce),
            purge_schedule(context.database),
        ),
        snapshots={ContactChanged.type: present_contacts},
    )


if __name__ == "__main__":
    main(IntakeSettings(), build)
