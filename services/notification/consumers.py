"""What notification hears, and what it does then. Business time is the event's."""

from services.notification.repository.copies import ContactCopy, Copies
from services.notification.repository.messages import Messages
from services.notification.use_cases.change_contact import change_contact, erase_contact
from services.notification.use_cases.keep_call import keep_call
from services.notification.use_cases.tell_eligibility import tell_eligibility
from services.notification.use_cases.tell_invitation import tell_invitation
from services.notification.use_cases.tell_selection import tell_selection
from services.notification.use_cases.tell_submission import tell_submission
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.events.envelope import Received
from shared.events.intake import ApplicationSubmitted, CallAmended, CallPublished, ContactChanged
from shared.events.review import EligibilityDecided, InvitationIssued, SelectionAnnounced
from shared.ids import CallId, ContactId


def handlers() -> Handlers:
    """The table of consumed events."""
    table = Handlers()
    table.on(CallPublished)(on_call_published)
    table.on(CallAmended)(on_call_amended)
    table.on(ContactChanged)(on_contact_changed)
    table.on(ApplicationSubmitted)(on_application_submitted)
    table.on(EligibilityDecided)(on_eligibility_decided)
    table.on(SelectionAnnounced)(on_selection_announced)
    table.on(InvitationIssued)(on_invitation_issued)
    return table


async def on_call_published(event: Received[CallPublished], tx: Tx) -> None:
    """A call gives its names, rules and terms."""
    call = event.data
    await keep_call(CallId(call.call_id), call.version, call.definition, copies=Copies(tx))


async def on_call_amended(event: Received[CallAmended], tx: Tx) -> None:
    """A call changed."""
    call = event.data
    await keep_call(CallId(call.call_id), call.version, call.definition, copies=Copies(tx))


async def on_contact_changed(event: Received[ContactChanged], tx: Tx) -> None:
    """A contact's newest state, or its erasure."""
    contact = event.body
    contact_id = ContactId(event.subject)
    if contact is None:
        await erase_contact(contact_id, copies=Copies(tx), messages=Messages(tx))
        return
    copy = ContactCopy(contact_id, contact.name, contact.email, contact.language)
    await change_contact(copy, copies=Copies(tx), messages=Messages(tx))


async def on_application_submitted(event: Received[ApplicationSubmitted], tx: Tx) -> None:
    """A submission: receipt, and the question to the partner."""
    await tell_submission(event, copies=Copies(tx), messages=Messages(tx))


async def on_eligibility_decided(event: Received[EligibilityDecided], tx: Tx) -> None:
    """An eligibility decision."""
    await tell_eligibility(event, copies=Copies(tx), messages=Messages(tx))


async def on_selection_announced(event: Received[SelectionAnnounced], tx: Tx) -> None:
    """A selection is public."""
    await tell_selection(event, copies=Copies(tx), messages=Messages(tx))


async def on_invitation_issued(event: Received[InvitationIssued], tx: Tx) -> None:
    """Officials are invited to an occasion."""
    await tell_invitation(event, copies=Copies(tx), messages=Messages(tx))
