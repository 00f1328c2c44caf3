"""Contacts: the only personal data of intake."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from services.intake.domain.application import Application, Contact
from services.intake.tables import contact
from shared.database.connection import Tx
from shared.events.intake import ContactChanged
from shared.ids import ContactId

if TYPE_CHECKING:
    import asyncpg

Role = Literal["applicant", "partner"]

PRESENT = (
    "SELECT id, application_id, organisation_id, role, name, email, language, encode(salt, 'hex') AS salt "
    "FROM contact WHERE id = ANY($1::uuid[])"
)


_CARRIED = ("organisation_id", "name", "email", "language", "application_id", "role", "salt")


async def store_contact(tx: Tx, application: Application, one: Contact, *, changed_at: datetime) -> None:
    """Store a contact of ``application`` as it is now."""
    role: Role = "applicant" if application.contact == one else "partner"
    values = {"name": one.name, "email": one.email, "language": one.language, "salt": one.salt}
    changed = {**values, "changed_at": changed_at}
    statement = insert(contact).values(
        id=one.id,
        application_id=application.id,
        organisation_id=application.organisation_id,
        role=role,
        **changed,
    )
    await tx.execute(statement.on_conflict_do_update(index_elements=[contact.c.id], set_=changed))


async def erase_contact(tx: Tx, contact_id: ContactId) -> None:
    """Erase a contact, value and salt."""
    await tx.execute(delete(contact).where(contact.c.id == contact_id))


async def present_contacts(
    connection: "asyncpg.Connection[Any]", contact_ids: Sequence[UUID]
) -> Mapping[UUID, bytes]:
    """The bodies of ContactChanged as these contacts are now; an erased one is absent."""
    rows = await connection.fetch(PRESENT, list(contact_ids))
    return {
        row["id"]: ContactChanged(contact_id=row["id"], **{name: row[name] for name in _CARRIED})
        .model_dump_json()
        .encode()
        for row in rows
    }
