"""The background half of intake: relays its events, announces calls, forgets old keys, erases left-over files."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from services.intake.document_store import DocumentStore
from services.intake.repository.calls import Calls, CallShelf
from services.intake.repository.contacts import present_contacts
from services.intake.settings import IntakeSettings
from services.intake.use_cases.announce_calls import announce_due_calls
from services.intake.use_cases.sweep_documents import sweep_documents
from shared.events.intake import ContactChanged
from shared.idempotency.purge import purge_schedule
from shared.worker import Schedule, WorkerContext, WorkerParts, main

ANNOUNCE_EVERY_SECONDS = 0.2
SWEEP_EVERY_SECONDS = 6 * 3600.0


@asynccontextmanager
async def build(context: WorkerContext, settings: IntakeSettings) -> AsyncIterator[WorkerParts]:
    """Intake consumes nothing; it has schedules, and snapshots of its contacts."""
    calls = Calls(CallShelf())
    store = DocumentStore.open(settings.document_store_url)

    async def announce() -> None:
        await announce_due_calls(context.database, calls, context.clock.stamp())

    async def sweep() -> None:
        await sweep_documents(context.database, store, context.clock)

    yield WorkerParts(
        schedules=(
            Schedule("announce calls", ANNOUNCE_EVERY_SECONDS, announce),
            purge_schedule(context.database),
            Schedule("erase left-over documents", SWEEP_EVERY_SECONDS, sweep),
        ),
        snapshots={ContactChanged.type: present_contacts},
    )


if __name__ == "__main__":
    settings = IntakeSettings()
    main(settings, partial(build, settings=settings))
