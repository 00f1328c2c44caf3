"""What a recovery writes: rows as events of ours tell them. Every statement may be run again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Text, cast, delete, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.application import State
from services.intake.domain.call import Call, CallState
from services.intake.tables import application, call, contact, document, submission
from shared.database.connection import Tx
from shared.events.intake import ApplicationSubmitted, ContactChanged

LATEST_OF_CONTACT = text("SELECT max(sequence) FROM journal WHERE aggregate_id = :id")


async def restore_call(tx: Tx, one: Call, *, published_by: str) -> None:
    """The call as announced; a version that is there and not older stays, but counts as announced."""
    values = {
        "id": one.id,
        "code": one.definition.code,
        "version": one.version,
        "state": CallState.ANNOUNCED,
        "announced_at": one.definition.announced_at,
        "definition": one.definition.model_dump(mode="json"),
        "digest": one.digest,
        "published_by": published_by,
    }
    new = insert(call).values(values)
    told = {name: new.excluded[name] for name in ("code", "version", "announced_at", "definition", "digest")}
    await tx.execute(
        new.on_conflict_do_update(
            index_elements=[call.c.id], set_=told, where=call.c.version < new.excluded.version
        )
    )
    await tx.execute(update(call).where(call.c.id == one.id).values(state=CallState.ANNOUNCED))


async def code_and_version(tx: Tx, call_id: UUID) -> tuple[str, int] | None:
    """Code and present version of a call."""
    row = (await tx.execute(select(call.c.code, call.c.version).where(call.c.id == call_id))).one_or_none()
    return None if row is None else (row.code, row.version)


async def restore_submitted(
    tx: Tx,
    told: ApplicationSubmitted,
    *,
    sections: dict[str, Any],
    event_content: str,
    receipt: str,
    call_version: int,
) -> None:
    """The application as it was received, with its receipt; one that counts as received already stays as it is.

    ``receipt``: the canonical JSON of what was signed, kept as these very bytes.
    """
    values = {
        "call_id": told.call_id,
        "track": told.track,
        "organisation_id": told.organisation.organisation_id,
        "state": State.SUBMITTED,
        "revision": told.revision,
        **sections,
        "checked_version": call_version,
        "violations": [],
        "content_digest": told.digest,
        "event_content": event_content,
        "changed_at": told.arrived_at,
        "submitted_at": told.arrived_at,
    }
    made = {"id": told.application_id, "created_at": made_at(told.application_id)}
    new = insert(application).values(**made, version=told.revision + 1, **values)
    await tx.execute(
        new.on_conflict_do_update(
            index_elements=[application.c.id],
            set_={**values, "version": application.c.version + 1},
            where=application.c.submitted_at.is_(None),
        )
    )
    row = {
        "receipt_no": told.receipt_no,
        "arrived_at": told.arrived_at,
        "receipt": cast(literal(receipt, Text), JSON),
    }
    await tx.execute(
        insert(submission).values(application_id=told.application_id, **row).on_conflict_do_nothing()
    )


async def restore_documents(tx: Tx, application_id: UUID, rows: Sequence[dict[str, Any]]) -> None:
    """Exactly these documents; a row that is there keeps its salt and what a scan said."""
    ids = [row["id"] for row in rows]
    await tx.execute(
        delete(document).where(document.c.application_id == application_id, document.c.id.not_in(ids))
    )
    for row in rows:
        await tx.execute(
            insert(document).values(application_id=application_id, **row).on_conflict_do_nothing()
        )


async def restore_withdrawal(tx: Tx, application_id: UUID, withdrawn_at: datetime) -> bool:
    """The application was taken back; False when there is none."""
    values = {"state": State.WITHDRAWN, "withdrawn_at": withdrawn_at, "version": application.c.version + 1}
    return await _change(tx, application_id, application.c.withdrawn_at.is_(None), values)


async def restore_confirmation(tx: Tx, application_id: UUID, confirmed_at: datetime) -> bool:
    """The partner confirmed it; False when there is none."""
    values = {"partner_confirmed_at": confirmed_at, "version": application.c.version + 1}
    return await _change(tx, application_id, application.c.partner_confirmed_at.is_(None), values)


async def _change(tx: Tx, application_id: UUID, still: Any, values: dict[str, Any]) -> bool:
    await tx.execute(update(application).where(application.c.id == application_id, still).values(values))
    return await knows_application(tx, application_id)


async def knows_application(tx: Tx, application_id: UUID) -> bool:
    """Whether there is such an application."""
    found = await tx.scalar(select(application.c.id).where(application.c.id == application_id))
    return found is not None


async def restore_contact(tx: Tx, told: ContactChanged, *, salt: bytes, changed_at: datetime) -> None:
    """The contact as told; another one in its place was erased since, or it could not have been made."""
    place = (contact.c.application_id == told.application_id, contact.c.role == told.role)
    await tx.execute(delete(contact).where(*place, contact.c.id != told.contact_id))
    changed = {
        "name": told.name,
        "email": told.email,
        "language": told.language,
        "salt": salt,
        "changed_at": changed_at,
    }
    new = insert(contact).values(
        id=told.contact_id,
        application_id=told.application_id,
        organisation_id=told.organisation_id,
        role=told.role,
        **changed,
    )
    await tx.execute(new.on_conflict_do_update(index_elements=[contact.c.id], set_=changed))


async def latest_of_contact(tx: Tx, contact_id: UUID) -> int:
    """The highest sequence of a contact in the journal."""
    return int(await tx.scalar(LATEST_OF_CONTACT, {"id": contact_id}) or 0)


async def is_rehearsal(tx: Tx) -> bool:
    """How this database was marked."""
    return await tx.scalar(text("SELECT kind = 'rehearsal' FROM installation")) is True


async def leave_drafts_behind(tx: Tx, versions: int) -> int:
    """No ETag of a draft that was given out and forgotten comes again, and each is checked again; how many."""
    changed = {"version": application.c.version + versions, "checked_version": 0}
    result = await tx.execute(update(application).where(application.c.state == State.DRAFT).values(changed))
    return result.rowcount


async def receipt_numbers(tx: Tx) -> Sequence[str]:
    """Every receipt number there is."""
    return (await tx.scalars(select(submission.c.receipt_no))).all()


async def last_number(tx: Tx) -> int:
    """Where the sequence of receipt numbers stands."""
    return int(await tx.scalar(text("SELECT last_value FROM receipt_number")) or 0)


async def go_on_from(tx: Tx, number: int) -> None:
    """The next number of the sequence. The caller has made sure that it lies beyond every one before."""
    await tx.execute(select(func.setval("receipt_number", number, False)))


def made_at(made: UUID) -> datetime:
    """When an id of version 7 was made, to the millisecond. Source: RFC 9562, 5.7."""
    return datetime.fromtimestamp((made.int >> 80) / 1000, UTC)
