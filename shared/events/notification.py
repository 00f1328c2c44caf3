"""Events that notification decides."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.envelope import Event
from shared.events.topics import NOTIFICATION_MESSAGE


class MessageDelivered(Event):
    """The next mail server took the message over. Subject: the message.

    Cause, contact, template and application are what make a message one and the same; the last is absent in
    events from before November 2026.
    """

    type: ClassVar[str] = "kcity.notification.MessageDelivered.v1"
    topic: ClassVar[str] = NOTIFICATION_MESSAGE

    message_id: UUID
    template: str
    contact_id: UUID
    cause_event_id: UUID
    application_id: UUID | None = None
    delivered_at: AwareDatetime


class MessageBounced(Event):
    """The message was refused for good. Subject: the message. ``smtp_code``: the refusing answer's code."""

    type: ClassVar[str] = "kcity.notification.MessageBounced.v1"
    topic: ClassVar[str] = NOTIFICATION_MESSAGE

    message_id: UUID
    template: str
    contact_id: UUID
    cause_event_id: UUID
    application_id: UUID | None = None
    smtp_code: int
    bounced_at: AwareDatetime
