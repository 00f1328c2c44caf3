"""Keep our copy of a call."""

from services.notification.repository.copies import Copies
from shared.events.call_definition import CallDefinition
from shared.ids import CallId


async def keep_call(call_id: CallId, version: int, definition: CallDefinition, *, copies: Copies) -> None:
    """Keep the definition for its names, rules' texts and terms; an older version changes nothing."""
    await copies.save_call(call_id, version, definition)
