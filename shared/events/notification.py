"""Events that notification decides."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.envelope import Event
from shared.events.topics import NOTIFICATION_MESSAGE


class MessageDelivered(Event):
    """The next mail server took the message over. Subject: the message."""

    type: ClassVar[str] = "kcity.notification.MessageDelivered.v1"
    topic: ClassVar[str] = NOTIFICATION_MESSAGE

    message_id: UUID
    template: str
    contact_id: UUID
    cause_event_id: UUID
    delivered_at: AwareDatetime


class MessageBounced(Event):
    """The message was refused for good. Subject: the message. ``smtp_code``: the refusing answer's code."""

    type: ClassVar[str] = "kcity.notification.MessageBounced.v1"
    topic: ClassVar[str] = NOTIFICATION_MESSAGE

    message_id: UUID
    template: str
    contact_id: UUID
    cause_event_id: UUID
    smtp_code: int
    bounced_at: AwareDatetime
