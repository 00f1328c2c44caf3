"""Open what a published or amended call needs here."""

from uuid import UUID

from services.review.repository.calls import open_scopes
from shared.database.connection import Tx
from shared.events.call_definition import CallDefinition


async def adopt_call(tx: Tx, call_id: UUID, definition: CallDefinition) -> None:
    """A scope for each of its tracks, once."""
    await open_scopes(tx, call_id, definition)
