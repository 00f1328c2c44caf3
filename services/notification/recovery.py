"""What comes back of a restored notification: which messages were sent, so that none is sent twice.

What others say is read again first, and queues every message of that time again. Then each message that a
MessageDelivered or MessageBounced of ours tells of is settled as it was, under its former id. Nothing is sent before
both are done: until the time line is written down, the sender gets no connection to the database.
"""

from datetime import datetime
from uuid import UUID

from services.notification.consumers import handlers
from services.notification.domain.message import COMPLETED_CODE, State
from services.notification.repository.restoring import settle_as_told
from services.notification.settings import NotificationSettings
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import NotRestorable
from shared.events.envelope import Received
from shared.events.notification import MessageBounced, MessageDelivered


def plan() -> Plan:
    """Read again, then settle what was settled."""
    restorers = Handlers()
    restorers.on(MessageDelivered)(on_message_delivered)
    restorers.on(MessageBounced)(on_message_bounced)
    return Plan(
        settings=NotificationSettings(),
        restorers=restorers,
        consumed=handlers(),
        forgotten=(
            "audit entries and kept Idempotency-Keys since the backup",
            "that a bounced message was to be sent again by hand: order it again",
            "mails taken by the mail server and not told on the bus yet: sent again with the same Message-ID",
        ),
    )


async def on_message_delivered(event: Received[MessageDelivered], tx: Tx) -> None:
    """It was sent."""
    await _settle(event.data, State.DELIVERED, COMPLETED_CODE, event.data.delivered_at, tx)


async def on_message_bounced(event: Received[MessageBounced], tx: Tx) -> None:
    """It was refused for good."""
    await _settle(event.data, State.BOUNCED, event.data.smtp_code, event.data.bounced_at, tx)


async def _settle(
    told: MessageDelivered | MessageBounced, state: State, smtp_code: int, at: datetime, tx: Tx
) -> None:
    application_id: UUID | None = told.application_id
    cause = (told.cause_event_id, told.contact_id, told.template, application_id)
    if not await settle_as_told(tx, told.message_id, cause, state=state, smtp_code=smtp_code, settled_at=at):
        raise NotRestorable("no event that causes this message is on the topics")
