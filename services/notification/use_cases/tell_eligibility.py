"""An eligibility decision: tell the applicant, with the rules that are not met."""

from services.notification.domain.message import Template
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Messages
from services.notification.use_cases.facts import (
    about,
    appeal_terms,
    application_of,
    call_of,
    track_of,
    unmet_rules,
    what_comes,
)
from services.notification.use_cases.queue_messages import Telling, queue_messages
from shared.events.envelope import Received
from shared.events.review import EligibilityDecided
from shared.ids import ApplicationId, CallId, ContactId, EventId


async def tell_eligibility(
    event: Received[EligibilityDecided], *, copies: Copies, messages: Messages
) -> None:
    """Queue the decision mail. Raises ``Retryable`` before its application or call is known."""
    decided = event.data
    application = await application_of(ApplicationId(decided.application_id), copies)
    call = await call_of(CallId(decided.call_id), copies)
    track = track_of(call, decided.track)
    facts = about(call, track, application) | {"decided_at": decided.decided_at.isoformat()}
    if decided.eligible:
        template = Template.DECISION_ELIGIBLE
        facts |= what_comes(track)
    else:
        template = Template.DECISION_INELIGIBLE
        facts |= appeal_terms(track) | {"rules": unmet_rules(track, decided.reasons)}
    telling = Telling(ContactId(decided.contact_id), template, application.id, facts)
    await queue_messages(
        EventId(event.id), event.time, decided.track, [telling], copies=copies, messages=messages
    )
