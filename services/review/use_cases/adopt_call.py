"""Keep a copy of a published or amended call."""

from uuid import UUID

from services.review.repository.calls import save_call
from shared.database.connection import Tx
from shared.events.call_definition import CallDefinition


async def adopt_call(tx: Tx, call_id: UUID, version: int, definition: CallDefinition) -> None:
    """Keep the newest version of a call; older ones, repeated, change nothing."""
    await save_call(tx, call_id, version, definition)
