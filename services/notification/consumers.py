"""What notification hears: the copies it keeps of it, and what it does then. Business time is the event's."""

from services.notification.repository.copies import ApplicationCopy, ContactCopy, Copies
from services.notification.repository.messages import Messages
from services.notification.tables import COPIES, contact
from services.notification.use_cases.change_contact import change_contact, erase_contact
from services.notification.use_cases.facts import told
from services.notification.use_cases.tell_eligibility import tell_eligibility
from services.notification.use_cases.tell_invitation import tell_invitation
from services.notification.use_cases.tell_selection import tell_selection
from services.notification.use_cases.tell_submission import tell_submission
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.events.envelope import Received
from shared.events.intake import ApplicationSubmitted, CallAmended, CallPublished, ContactChanged
from shared.events.review import EligibilityDecided, InvitationIssued, SelectionAnnounced
from shared.ids import ApplicationId, CallId, ContactId


def handlers() -> Handlers:
    """The table of consumed events."""
    table = Handlers(copies=COPIES)
    table.copy(CallPublished)(copy_call_published)
    table.copy(CallAmended)(copy_call_amended)
    table.copy(ContactChanged, snapshot_of=contact)(copy_contact_changed)
    table.copy(ApplicationSubmitted)(copy_application_submitted)
    table.on(ContactChanged)(on_contact_changed)
    table.on(ApplicationSubmitted)(on_application_submitted)
    table.on(EligibilityDecided)(on_eligibility_decided)
    table.on(SelectionAnnounced)(on_selection_announced)
    table.on(InvitationIssued)(on_invitation_issued)
    return table


async def copy_call_published(event: Received[CallPublished], tx: Tx) -> None:
    """A call gives its names, rules and terms."""
    call = event.data
    await Copies(tx).save_call(CallId(call.call_id), call.version, call.definition)


async def copy_call_amended(event: Received[CallAmended], tx: Tx) -> None:
    """A call changed."""
    call = event.data
    await Copies(tx).save_call(CallId(call.call_id), call.version, call.definition)


async def copy_contact_changed(event: Received[ContactChanged], tx: Tx) -> None:
    """A contact's newest state; erased, nothing of it is left."""
    body = event.body
    contact_id = ContactId(event.subject)
    if body is None:
        await Copies(tx).forget_contact(contact_id)
        return
    await Copies(tx).save_contact(ContactCopy(contact_id, body.name, body.email, body.language))


async def copy_application_submitted(event: Received[ApplicationSubmitted], tx: Tx) -> None:
    """The newest revision of an application."""
    submitted = event.data
    await Copies(tx).save_application(
        ApplicationCopy(
            id=ApplicationId(submitted.application_id),
            call_id=CallId(submitted.call_id),
            track=submitted.track,
            revision=submitted.revision,
            receipt_no=submitted.receipt_no,
            title=told(submitted.project.title),
            organisation=told(submitted.organisation.name),
        )
    )


async def on_contact_changed(event: Received[ContactChanged], tx: Tx) -> None:
    """A contact can be reached from now on, or no more."""
    contact_id = ContactId(event.subject)
    if event.body is None:
        await erase_contact(contact_id, copies=Copies(tx), messages=Messages(tx))
        return
    await change_contact(contact_id, event.body.language, copies=Copies(tx), messages=Messages(tx))


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
