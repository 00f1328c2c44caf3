"""An invitation: tell the officials of a selected city, with a calendar file."""

from services.notification.domain.message import Template
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Messages
from services.notification.use_cases.facts import about, application_of, call_of, told, track_of
from services.notification.use_cases.queue_messages import Telling, queue_messages
from shared.events.envelope import Received
from shared.events.review import InvitationIssued
from shared.ids import ApplicationId, ContactId, EventId


async def tell_invitation(event: Received[InvitationIssued], *, copies: Copies, messages: Messages) -> None:
    """Queue the invitation mail. Raises ``Retryable`` before its application or call is known."""
    issued = event.data
    application = await application_of(ApplicationId(issued.application_id), copies)
    call = await call_of(application.call_id, copies)
    facts = about(call, track_of(call, application.track), application) | {
        "invitation_id": str(issued.invitation_id),
        "issued_at": issued.issued_at.isoformat(),
        "occasion_name": told(issued.occasion_name),
        "place": told(issued.place),
        "starts_on": issued.starts_on.isoformat(),
        "ends_on": issued.ends_on.isoformat(),
    }
    telling = Telling(ContactId(issued.contact_id), Template.EXPO_INVITATION, application.id, facts)
    await queue_messages(
        EventId(event.id), event.time, application.track, [telling], copies=copies, messages=messages
    )
