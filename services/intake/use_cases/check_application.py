"""Find out, when an application changes, what its submission will need."""

import json

from services.intake.domain.application import Application
from services.intake.domain.call import Call
from services.intake.domain.completeness import violations_of
from services.intake.domain.sealing import digest_of
from services.intake.forms import answer_violations
from services.intake.repository.applications import Checked, find_application, save_content
from services.intake.repository.calls import Calls
from shared.database.connection import Database
from shared.errors import NotFound
from shared.events.intake import (
    ApplicationSubmitted,
    Organisation,
    Partner,
    Project,
    SubmittedDocument,
)
from shared.ids import ApplicationId

ONLY_THE_SUBMISSION_KNOWS = {"receipt_no", "arrived_at", "clock_bound_ms", "rolls_over"}


def check_application(application: Application, call: Call) -> Checked:
    """What is missing or wrong, the digest, and the content of the event its submission will be."""
    track = call.track(application.track)
    wrong_answers = answer_violations(track.form, application.answers)
    violations = violations_of(application, track, wrong_answers)
    digest = digest_of(application)
    content = None if violations else event_content(application, digest)
    return Checked(call.version, violations, digest, content)


async def recheck_application(database: Database, calls: Calls, application_id: ApplicationId) -> None:
    """Check a draft again, as its call changed since it was checked last."""
    async with database.transaction() as tx:
        application = await find_application(tx, application_id, lock=True)
        if application is None:
            raise NotFound("application")
        call = await calls.by_id(tx, application.call_id)
        if call is None:
            raise NotFound("call")
        checked = check_application(application, call)
        await save_content(tx, application, checked, changed_at=application.changed_at)


def event_content(application: Application, digest: str) -> str:
    """ApplicationSubmitted of a complete application as JSON, without what only the submission knows."""
    if application.contact is None:
        raise ValueError("a complete application has a contact")
    event = ApplicationSubmitted(
        application_id=application.id,
        call_id=application.call_id,
        track=application.track,
        revision=application.revision,
        receipt_no="",
        arrived_at=application.changed_at,
        clock_bound_ms=0,
        organisation=Organisation.model_validate(
            {"organisation_id": application.organisation_id, **application.organisation}
        ),
        project=Project.model_validate(application.project),
        answers=dict(application.answers),
        contact_id=application.contact.id,
        partner=_partner(application),
        documents=_documents(application),
        digest=digest,
    )
    return event.model_dump_json(exclude=ONLY_THE_SUBMISSION_KNOWS)


def submission_facts(receipt: dict[str, object], *, rolls_over: bool) -> str:
    """The rest of the event as a JSON object with at least one member."""
    facts = {name: receipt[name] for name in ("receipt_no", "arrived_at", "clock_bound_ms")}
    return json.dumps({**facts, "rolls_over": rolls_over})


def _partner(application: Application) -> Partner | None:
    if application.partner is None or application.partner_contact is None:
        return None
    return Partner.model_validate(
        {
            **application.partner,
            "contact_id": application.partner_contact.id,
            "confirmation_id": application.confirmation_id,
        }
    )


def _documents(application: Application) -> tuple[SubmittedDocument, ...]:
    return tuple(
        SubmittedDocument(
            document_id=document.id,
            kind=document.kind,
            file_name=document.file_name,
            media_type=document.media_type,
            size_bytes=document.size_bytes,
            sha256=document.sha256,
            commitment=document.commitment,
            salt=document.salt.hex(),
        )
        for document in sorted(application.documents, key=lambda one: one.kind)
    )
