"""A submission: tell the applicant of the receipt, and ask the partner abroad to confirm."""

from services.notification.domain.message import Template
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Messages
from services.notification.use_cases.facts import about, application_of, call_of, told, track_of, what_comes
from services.notification.use_cases.queue_messages import Telling, queue_messages
from shared.events.envelope import Received
from shared.events.intake import ApplicationSubmitted
from shared.ids import ApplicationId, CallId, ConfirmationId, ContactId, EventId


async def tell_submission(
    event: Received[ApplicationSubmitted], *, copies: Copies, messages: Messages
) -> None:
    """Queue the mails. A partner is asked once for each confirmation, not for each revision.

    Raises ``Retryable`` before the call is known.
    """
    submitted = event.data
    call = await call_of(CallId(submitted.call_id), copies)
    track = track_of(call, submitted.track)
    application = await application_of(ApplicationId(submitted.application_id), copies)
    partner = submitted.partner
    facts = about(call, track, application)
    receipt = facts | what_comes(track)
    receipt |= {
        "arrived_at": submitted.arrived_at.isoformat(),
        "digest": submitted.digest,
        "rolls_over": submitted.rolls_over,
        "partner_name": told(partner.name) if partner else None,
    }
    tellings = [Telling(ContactId(submitted.contact_id), Template.RECEIPT, application.id, receipt)]
    if partner and not await messages.asked_partner(application.id, ConfirmationId(partner.confirmation_id)):
        request = facts | {
            "partner_name": told(partner.name),
            "confirmation_id": str(partner.confirmation_id),
        }
        tellings.append(
            Telling(
                ContactId(partner.contact_id), Template.PARTNER_CONFIRMATION_REQUEST, application.id, request
            )
        )
    await queue_messages(
        EventId(event.id), event.time, application.track, tellings, copies=copies, messages=messages
    )
