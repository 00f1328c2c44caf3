"""What notification keeps of calls, applications and contacts, as their services' events told it.

Saved and forgotten by the copy handlers alone.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, delete, select, text
from sqlalchemy.dialects.postgresql import insert

from services.notification.domain.message import Language
from services.notification.tables import application, call, contact
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.events.call_definition import CallDefinition
from shared.ids import ApplicationId, CallId, ContactId

LOCK_CONTACT = text("SELECT pg_advisory_xact_lock(hashtextextended('contact ' || :id, 0))")


@dataclass(frozen=True, slots=True)
class ApplicationCopy:
    """What a mail tells of an application. Texts by language as in the event (``{"ko": …, "en": …}``)."""

    id: ApplicationId
    call_id: CallId
    track: Track
    revision: int
    receipt_no: str
    title: dict[str, Any]
    organisation: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ContactCopy:
    """Personal data: how to reach a contact, and in which language."""

    id: ContactId
    name: str
    email: str
    language: Language


class Copies:
    """The copies, inside one transaction."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx

    async def save_call(self, call_id: CallId, version: int, definition: CallDefinition) -> None:
        """Keep a call; an older version than the one at hand changes nothing."""
        new = insert(call).values(id=call_id, version=version, definition=definition.model_dump(mode="json"))
        await self._tx.execute(
            new.on_conflict_do_update(
                index_elements=[call.c.id],
                set_={"version": new.excluded.version, "definition": new.excluded.definition},
                where=call.c.version <= new.excluded.version,
            )
        )

    async def call(self, call_id: CallId) -> CallDefinition | None:
        """The newest definition of a call, None when it is not known (yet)."""
        found = await self._tx.scalar(select(call.c.definition).where(call.c.id == call_id))
        return None if found is None else CallDefinition.model_validate(found)

    async def save_application(self, copy: ApplicationCopy) -> None:
        """Keep the newest submission of an application."""
        values = {name: getattr(copy, name) for name in ApplicationCopy.__slots__}
        new = insert(application).values(values)
        await self._tx.execute(new.on_conflict_do_update(index_elements=[application.c.id], set_=values))

    async def application(self, application_id: ApplicationId) -> ApplicationCopy | None:
        """An application, None when it is not known (yet)."""
        rows = await self._tx.execute(select(application).where(application.c.id == application_id))
        row = rows.mappings().first()
        return None if row is None else ApplicationCopy(**_plain(row))

    async def lock_contacts(self, *contact_ids: ContactId) -> None:
        """Wait for everybody who changes these contacts or queues messages to them; in one order, so never in a ring.

        Without it, a contact that arrives while a message to it is being queued would not see that message, and
        the message not the contact: it would wait for ever.
        """
        for contact_id in sorted(set(contact_ids)):
            await self._tx.execute(LOCK_CONTACT, {"id": str(contact_id)})

    async def save_contact(self, copy: ContactCopy) -> None:
        """Keep the present state of a contact."""
        values = {"id": copy.id, "name": copy.name, "email": copy.email, "language": copy.language}
        new = insert(contact).values(values)
        await self._tx.execute(new.on_conflict_do_update(index_elements=[contact.c.id], set_=values))

    async def forget_contact(self, contact_id: ContactId) -> None:
        """Delete our copy of a contact."""
        await self._tx.execute(delete(contact).where(contact.c.id == contact_id))


def _plain(row: RowMapping) -> dict[str, Any]:
    return {str(name): value for name, value in row.items()}
