"""What mails tell of calls and applications: JSON values without personal data, texts in every language there is."""

from collections.abc import Iterable
from typing import Any

from services.notification.repository.copies import ApplicationCopy, Copies
from shared.auth.caller import Track
from shared.errors import Permanent, Retryable
from shared.events.call_definition import CallDefinition, TrackDefinition
from shared.events.text import LocalText
from shared.ids import ApplicationId, CallId

Facts = dict[str, Any]


async def call_of(call_id: CallId, copies: Copies) -> CallDefinition:
    """Raises ``Retryable`` while the call is not known: it comes on another topic."""
    call = await copies.call(call_id)
    if call is None:
        raise Retryable(f"call {call_id} is not known yet")
    return call


async def application_of(application_id: ApplicationId, copies: Copies) -> ApplicationCopy:
    """Raises ``Retryable`` while the application is not known: it comes on another topic."""
    application = await copies.application(application_id)
    if application is None:
        raise Retryable(f"application {application_id} is not known yet")
    return application


def track_of(call: CallDefinition, track: Track) -> TrackDefinition:
    """Raises ``Permanent`` when the call has no such track."""
    found = call.track(track)
    if found is None:
        raise Permanent(f"call {call.code} has no track {track}")
    return found


def about(call: CallDefinition, track: TrackDefinition, application: ApplicationCopy) -> Facts:
    """What every mail tells."""
    return {
        "call_code": call.code,
        "call_name": told(call.name),
        "track_name": told(track.name),
        "secretariat": told(track.secretariat.name),
        "receipt_no": application.receipt_no,
        "project_title": application.title,
        "organisation": application.organisation,
    }


def what_comes(track: TrackDefinition) -> Facts:
    """What a mail tells of the way to the selection."""
    return {"pre_consulting": track.pre_consulting, "result_expected": told(track.result_expected)}


def appeal_terms(track: TrackDefinition) -> Facts:
    """How an applicant can object. Source: call definition, ``appeal``."""
    return {
        "file_within_days": track.appeal.file_within_days,
        "answer_within_days": track.appeal.answer_within_days,
    }


def unmet_rules(track: TrackDefinition, codes: Iterable[str]) -> list[Facts | str]:
    """The texts of the call's rules by code, in the order given; a code the call does not explain stands for itself."""
    texts = {rule.code: told(rule.text) for rule in track.eligibility}
    return [texts.get(code, code) for code in codes]


def told(text: LocalText) -> Facts:
    """A text by language."""
    return text.model_dump(exclude_none=True)
