"""A selection, announced: tell every applicant who was evaluated."""

from dataclasses import replace

from services.notification.domain.message import Template
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Messages
from services.notification.use_cases.facts import (
    Facts,
    about,
    appeal_terms,
    application_of,
    call_of,
    told,
    track_of,
)
from services.notification.use_cases.queue_messages import Telling, queue_messages
from shared.events.call_definition import CallDefinition, TrackDefinition
from shared.events.envelope import Received
from shared.events.review import NotSelected, SelectedProject, SelectionAnnounced
from shared.ids import ApplicationId, CallId, ContactId, EventId


async def tell_selection(event: Received[SelectionAnnounced], *, copies: Copies, messages: Messages) -> None:
    """Queue a mail for each application. The event exists from the embargo instant on, so nothing is queued before.

    Raises ``Retryable`` before the call or one of the applications is known.
    """
    announced = event.data
    call = await call_of(CallId(announced.call_id), copies)
    track = track_of(call, announced.track)
    at: Facts = {"announced_at": announced.announced_at.isoformat()}
    tellings = [await _selected(one, call, track, copies) for one in announced.selected]
    tellings += [await _not_selected(one, call, track, copies) for one in announced.not_selected]
    tellings = [replace(telling, facts={**telling.facts, **at}) for telling in tellings]
    await queue_messages(
        EventId(event.id), event.time, announced.track, tellings, copies=copies, messages=messages
    )


async def _selected(
    one: SelectedProject, call: CallDefinition, track: TrackDefinition, copies: Copies
) -> Telling:
    application = await application_of(ApplicationId(one.application_id), copies)
    application = replace(
        application, title=told(one.project.title), organisation=told(one.organisation.name)
    )
    facts = about(call, track, application) | {"support_krw": one.support_krw}
    return Telling(ContactId(one.contact_id), Template.SELECTION, application.id, facts)


async def _not_selected(
    one: NotSelected, call: CallDefinition, track: TrackDefinition, copies: Copies
) -> Telling:
    application = await application_of(ApplicationId(one.application_id), copies)
    facts = about(call, track, application) | appeal_terms(track)
    return Telling(ContactId(one.contact_id), Template.NON_SELECTION, application.id, facts)
