"""Follow a contact: its newest state, or its erasure."""

from services.notification.repository.copies import ContactCopy, Copies
from services.notification.repository.messages import Messages
from shared.ids import ContactId


async def change_contact(contact: ContactCopy, *, copies: Copies, messages: Messages) -> None:
    """Keep the newest state and queue the messages that waited for it."""
    await copies.lock_contacts(contact.id)
    await copies.save_contact(contact)
    await messages.release(contact.id, contact.language)


async def erase_contact(contact_id: ContactId, *, copies: Copies, messages: Messages) -> None:
    """Delete our copy. What was not sent yet is held: there is nobody to send it to."""
    await copies.lock_contacts(contact_id)
    await copies.forget_contact(contact_id)
    await messages.hold_for_erased(contact_id)
