"""A contact became known, changed or was erased: what that means for its messages. Our copy is up to date by then."""

from services.notification.domain.message import Language
from services.notification.repository.copies import Copies
from services.notification.repository.messages import Messages
from shared.ids import ContactId


async def change_contact(
    contact_id: ContactId, language: Language, *, copies: Copies, messages: Messages
) -> None:
    """Queue the messages that waited for it."""
    await copies.lock_contacts(contact_id)
    await messages.release(contact_id, language)


async def erase_contact(contact_id: ContactId, *, copies: Copies, messages: Messages) -> None:
    """Hold what was not sent yet: there is nobody to send it to."""
    await copies.lock_contacts(contact_id)
    await messages.hold_for_erased(contact_id)
