"""What comes back of a restored intake: calls, received applications with their receipts, people, receipt numbers.

A receipt is restored to the byte: the event carries all that was signed, and the signature is deterministic.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from services.intake.domain.application import ScanState
from services.intake.domain.call import Call, CallState, definition_digest
from services.intake.domain.receipt import receipt_payload
from services.intake.domain.receipt_number import ReceiptCipher, image_of
from services.intake.domain.submission import Submission
from services.intake.repository import restoring
from services.intake.repository.contacts import erase_contact
from services.intake.repository.submissions import NUMBERS_IN_A_BLOCK
from services.intake.settings import IntakeSettings
from services.intake.use_cases.check_application import ONLY_THE_SUBMISSION_KNOWS
from shared.canonical import canonical_bytes
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.delivery.journal import record
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import NotRestorable
from shared.events.envelope import Received
from shared.events.intake import (
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CallAmended,
    CallPublished,
    ContactChanged,
    PartnerConfirmed,
    SubmittedDocument,
)
from shared.ids import ApplicationId, CallId, ContactId
from shared.signing import SALT_BYTES

ACTOR = "job:recovery"
NUMBERS_LEFT_OUT = 2**26
"""Beyond every number that is known, for those that were given and never published: 67 million.

A number is published within milliseconds; only while Kafka is away do they pile up. Even at a thousand submissions a
second (more than one database takes) that many would need 18 hours without Kafka, and the alert on the outbox's age
comes after minutes. And of 2^35 numbers, 512 recoveries can leave out that many.
"""
VERSIONS_LEFT_OUT = 1_000
"""Nobody changes one draft that often between a backup and the loss."""


def plan() -> Plan:
    """Intake hears nobody, so all that comes back are its own events."""
    settings = IntakeSettings()
    scan_state = ScanState.PENDING if settings.documents_scan == "clamd" else ScanState.NOT_SCANNED
    restorers = Handlers()
    restorers.on(CallPublished)(on_call)
    restorers.on(CallAmended)(on_call)
    restorers.on(ApplicationSubmitted)(partial(on_application_submitted, scan_state=scan_state))
    restorers.on(ApplicationWithdrawn)(on_application_withdrawn)
    restorers.on(PartnerConfirmed)(on_partner_confirmed)
    restorers.on(ContactChanged)(on_contact_changed)
    cipher = ReceiptCipher(settings.receipt_number_secret.get_secret_value())
    return Plan(
        settings=settings,
        restorers=restorers,
        finish=partial(finish, cipher),
        forgotten=(
            "drafts and what was changed in them since the backup: their applicants begin again",
            "calls published and not yet announced since the backup: the ministry publishes them again",
            "Idempotency-Keys since the backup: a repeat is answered 409 already-submitted, with the receipt number",
            "audit entries since the backup; who published a call",
        ),
    )


async def on_call(event: Received[CallPublished] | Received[CallAmended], tx: Tx) -> None:
    """A call as announced, so that it is not announced again."""
    told = event.data
    digest = definition_digest(told.definition)
    call = Call(CallId(told.call_id), told.version, CallState.ANNOUNCED, told.definition, digest)
    await restoring.restore_call(tx, call, published_by=ACTOR)


async def on_application_submitted(
    event: Received[ApplicationSubmitted], tx: Tx, *, scan_state: ScanState
) -> None:
    """The application with its documents and its receipt. Raises ``NotRestorable`` without its call."""
    told = event.data
    call = await restoring.code_and_version(tx, told.call_id)
    if call is None:
        raise NotRestorable("its call is not known")
    await restoring.restore_submitted(
        tx,
        told,
        sections=_sections(told),
        event_content=told.model_dump_json(exclude=ONLY_THE_SUBMISSION_KNOWS),
        receipt=_receipt(told, call[0], rehearsal=await restoring.is_rehearsal(tx)),
        call_version=call[1],
    )
    rows = [_document(one, told.arrived_at, scan_state) for one in told.documents]
    await restoring.restore_documents(tx, told.application_id, rows)


async def on_application_withdrawn(event: Received[ApplicationWithdrawn], tx: Tx) -> None:
    """It was taken back."""
    if not await restoring.restore_withdrawal(tx, event.subject, event.data.withdrawn_at):
        raise NotRestorable("its application is not known")


async def on_partner_confirmed(event: Received[PartnerConfirmed], tx: Tx) -> None:
    """The partner confirmed it."""
    if not await restoring.restore_confirmation(tx, event.subject, event.data.confirmed_at):
        raise NotRestorable("its application is not known")


async def on_contact_changed(event: Received[ContactChanged], tx: Tx) -> None:
    """A person as last told, or erased. One of a draft that is lost is erased everywhere: nobody could do it later."""
    told = event.body
    if told is None:
        await erase_contact(tx, ContactId(event.subject))
        return
    if told.application_id is None or told.role is None:
        raise NotRestorable("the event is older than its fields for a recovery")
    if await restoring.knows_application(tx, told.application_id):
        salt = bytes.fromhex(told.salt) if told.salt else secrets.token_bytes(SALT_BYTES)
        await restoring.restore_contact(tx, told, salt=salt, changed_at=event.time)
    elif await restoring.latest_of_contact(tx, event.subject) == event.sequence:
        await record(tx, told, aggregate_id=event.subject, occurred_at=event.time)  # no row: a tombstone


async def finish(cipher: ReceiptCipher, tx: Tx, _now: datetime) -> Mapping[str, Any]:
    """Receipt numbers go on beyond every one that was ever given; drafts get versions that nobody has seen."""
    known = [cipher.restore(image_of(number)) for number in await restoring.receipt_numbers(tx)]
    highest = max([await restoring.last_number(tx), *known])
    first = (highest + NUMBERS_LEFT_OUT) // NUMBERS_IN_A_BLOCK * NUMBERS_IN_A_BLOCK
    await restoring.go_on_from(tx, first)
    drafts = await restoring.leave_drafts_behind(tx, VERSIONS_LEFT_OUT)
    return {"receipt_numbers": {"known_up_to": highest, "go_on_from": first}, "drafts_to_check_again": drafts}


def _sections(told: ApplicationSubmitted) -> dict[str, Any]:
    """The sections of the application as they were written, without what has its own place."""
    partner = None
    if told.partner is not None:
        kept = {"name", "kind"}
        partner = told.partner.model_dump(mode="json", include=kept, exclude_none=True)
    organisation = told.organisation.model_dump(mode="json", exclude_none=True)
    del organisation["organisation_id"]
    return {
        "organisation": organisation,
        "project": told.project.model_dump(mode="json", exclude_none=True),
        "answers": told.answers,
        "partner": partner,
        "confirmation_id": None if told.partner is None else told.partner.confirmation_id,
    }


def _receipt(told: ApplicationSubmitted, call_code: str, *, rehearsal: bool) -> str:
    arrival = Arrival(told.arrived_at, timedelta(milliseconds=told.clock_bound_ms))
    received = Submission(
        ApplicationId(told.application_id), told.revision, arrival, told.digest, told.rolls_over
    )
    payload = receipt_payload(
        received, receipt_no=told.receipt_no, call_code=call_code, track=told.track, rehearsal=rehearsal
    )
    return canonical_bytes(payload).decode()


def _document(one: SubmittedDocument, at: datetime, scan_state: ScanState) -> dict[str, Any]:
    """Its row. Without its salt (an old event) the commitment in the receipt stands but cannot be opened any more."""
    return {
        "id": one.document_id,
        "kind": one.kind,
        "file_name": one.file_name,
        "media_type": one.media_type,
        "size_bytes": one.size_bytes,
        "sha256": one.sha256,
        "salt": bytes.fromhex(one.salt) if one.salt else secrets.token_bytes(SALT_BYTES),
        "commitment": one.commitment or "",
        "scan_state": scan_state,
        "uploaded_at": at,
    }
