"""Write what an attempt to send came to: state, event and audit in one transaction."""

from datetime import datetime

import structlog

from services.notification.domain.message import Outcome, Settlement, State, settle
from services.notification.repository.messages import Claimed, Messages
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.notification import MessageBounced, MessageDelivered

log = structlog.get_logger()

ACTOR = "worker:notification"


async def settle_message(tx: Tx, claimed: Claimed, outcome: Outcome, *, now: datetime) -> Settlement | None:
    """Settle a claimed message; None when its lease had ended, so that another sender answers for it.

    ``now``: business time, for the event.
    """
    message = claimed.message
    settlement = settle(outcome, attempts=message.attempts, given_up=claimed.given_up)
    if not await Messages(tx).settle(claimed, settlement, business_now=now):
        log.warning("message.lease_lost", message_id=str(message.id))
        return None
    event = _event_of(claimed, settlement, now)
    if event is not None:
        await record(tx, event, aggregate_id=message.id, occurred_at=now)
        await write_audit(
            tx,
            actor=ACTOR,
            action=f"message_{settlement.state.value}",
            object_type="message",
            object_id=message.id,
            business_at=now,
            facts={"attempts": message.attempts, "smtp_code": settlement.smtp_code},
        )
    return settlement


def _event_of(
    claimed: Claimed, settlement: Settlement, now: datetime
) -> MessageDelivered | MessageBounced | None:
    message = claimed.message
    about = {
        "message_id": message.id,
        "template": message.cause.template.value,
        "contact_id": message.cause.contact_id,
        "cause_event_id": message.cause.event_id,
        "application_id": message.cause.application_id,
    }
    if settlement.state is State.DELIVERED:
        return MessageDelivered(**about, delivered_at=now)
    if settlement.state is State.BOUNCED:
        return MessageBounced(**about, smtp_code=settlement.smtp_code, bounced_at=now)
    return None
