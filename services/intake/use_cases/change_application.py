"""Change a draft."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.intake.domain.application import Application, Contact
from services.intake.domain.change import Change, change_draft
from services.intake.repository.applications import save_content
from services.intake.repository.calls import Calls
from services.intake.repository.contacts import erase_contact, store_contact
from services.intake.use_cases.check_application import check_application
from services.intake.use_cases.read_application import lock_own_application
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.errors import NotFound
from shared.etag import IfMatch
from shared.events.intake import ContactChanged
from shared.ids import ContactId
from shared.signing import SALT_BYTES


async def change_application(
    tx: Tx,
    calls: Calls,
    application_id: UUID,
    patch: Mapping[str, Any],
    *,
    if_match: IfMatch,
    caller: Caller,
    arrival: Arrival,
) -> Application:
    """Merge ``patch`` into the draft; one revision more.

    Raises ``NotFound``, ``Forbidden``, ``StaleVersion``, ``NotADraft``, ``Invalid``.
    """
    application = await lock_own_application(tx, application_id, caller=caller)
    if_match.check(application.version)
    salts = (secrets.token_bytes(SALT_BYTES), secrets.token_bytes(SALT_BYTES))
    change = change_draft(application, patch, salts)
    call = await calls.by_id(tx, application.call_id)
    if call is None:
        raise NotFound("call")
    checked = check_application(change.application, call)
    await _save_contacts(tx, change, arrival)
    saved = await save_content(tx, change.application, checked, changed_at=arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="change_application",
        object_type="application",
        object_id=application.id,
        business_at=arrival.at,
        facts={"revision": saved.revision, "sections": " ".join(sorted(patch))},
    )
    return saved


async def _save_contacts(tx: Tx, change: Change, arrival: Arrival) -> None:
    application = change.application
    for erased in change.erased:
        await erase_contact(tx, erased)
        await _record(tx, application, erased, None, arrival)
    for contact in change.stored:
        await store_contact(tx, application, contact, changed_at=arrival.at)
        await _record(tx, application, contact.id, contact, arrival)


async def _record(
    tx: Tx, application: Application, contact_id: ContactId, contact: Contact | None, arrival: Arrival
) -> None:
    """A snapshot event: its body is read when it is published, so an erased contact becomes a tombstone."""
    event = ContactChanged(
        contact_id=contact_id,
        organisation_id=application.organisation_id,
        name=contact.name if contact else "",
        email=contact.email if contact else "",
        language="ko" if contact is None or contact.language == "ko" else "en",
    )
    await record(tx, event, aggregate_id=contact_id, occurred_at=arrival.at)
