"""Queue messages; each waits if its contact is not known yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.notification.domain.message import Cause, Template
from services.notification.mail.templates import newest_version
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Draft, Messages
from shared.auth.caller import Track
from shared.ids import ApplicationId, ContactId, EventId


@dataclass(frozen=True, slots=True)
class Telling:
    """Who is told what about which application."""

    contact_id: ContactId
    template: Template
    application_id: ApplicationId
    facts: Mapping[str, Any]


async def queue_messages(
    event_id: EventId,
    caused_at: datetime,
    track: Track,
    tellings: Sequence[Telling],
    *,
    copies: Copies,
    messages: Messages,
) -> None:
    """Queue one message for each telling, once for each event however often it comes. ``caused_at``: business time."""
    await copies.lock_contacts(*(telling.contact_id for telling in tellings))
    for telling in tellings:
        cause = Cause(event_id, telling.contact_id, telling.template, telling.application_id)
        version = newest_version(telling.template)
        await messages.queue(Draft(cause, track, caused_at, version, telling.facts))
