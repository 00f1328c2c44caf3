"""Send a message again by hand, after it bounced or while it fails."""

from datetime import datetime

from services.notification.domain.access import RESENDERS, must_see
from services.notification.repository.messages import Listed, Messages
from shared.auth.caller import Caller
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound
from shared.ids import MessageId


async def resend_message(tx: Tx, message_id: MessageId, *, caller: Caller, now: datetime) -> None:
    """Queue it at once, with the same Message-ID and words. ``now``: business time.

    Raises ``Forbidden``, ``NotFound``, ``NotResendable`` unless it is bounced or failed. Two at once: the row lock
    lets the second one see that it is queued already.
    """
    caller.must_be(*RESENDERS)
    listed = await visible_message(tx, message_id, caller=caller, lock=True)
    listed.message.must_be_resendable()
    await Messages(tx).resend(message_id)
    await write_audit(
        tx,
        actor=caller.subject,
        action="resend_message",
        object_type="message",
        object_id=message_id,
        business_at=now,
        facts={"was": listed.message.state.value, "smtp_code": listed.last_smtp_code},
    )


async def visible_message(tx: Tx, message_id: MessageId, *, caller: Caller, lock: bool = False) -> Listed:
    """A message that the caller may see. Raises ``NotFound``."""
    listed = await Messages(tx).get(message_id, lock=lock)
    if listed is None:
        raise NotFound("message")
    must_see(caller, listed.message.track)
    return listed
