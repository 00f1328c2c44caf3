"""Which events review follows: the calls, and what becomes of applications; its copies, and what it does then."""

from services.review.repository import applications
from services.review.repository.calls import keep_call
from services.review.tables import COPIES
from services.review.use_cases.adopt_call import adopt_call
from services.review.use_cases.open_case import open_case
from services.review.use_cases.withdraw_case import withdraw_case
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.events.envelope import Received
from shared.events.intake import (
    ApplicationSubmitted,
    ApplicationWithdrawn,
    CallAmended,
    CallPublished,
    PartnerConfirmed,
)


async def copy_call_published(event: Received[CallPublished], tx: Tx) -> None:
    """The call as announced."""
    await keep_call(tx, event.subject, event.data.version, event.data.definition)


async def copy_call_amended(event: Received[CallAmended], tx: Tx) -> None:
    """The call as it is from now on."""
    await keep_call(tx, event.subject, event.data.version, event.data.definition)


async def copy_application_submitted(event: Received[ApplicationSubmitted], tx: Tx) -> None:
    """A revision as submitted."""
    await applications.keep_submission(tx, event.data)


async def copy_application_withdrawn(event: Received[ApplicationWithdrawn], tx: Tx) -> None:
    """When it was taken back."""
    await applications.keep_withdrawal(tx, event.subject, event.data.withdrawn_at)


async def copy_partner_confirmed(event: Received[PartnerConfirmed], tx: Tx) -> None:
    """When the partner abroad confirmed; there is nothing more to do then."""
    await applications.keep_confirmation(tx, event.subject, event.data.confirmed_at)


async def on_call_published(event: Received[CallPublished], tx: Tx) -> None:
    """A call was announced."""
    await adopt_call(tx, event.subject, event.data.definition)


async def on_call_amended(event: Received[CallAmended], tx: Tx) -> None:
    """A call changed; it may have a new track."""
    await adopt_call(tx, event.subject, event.data.definition)


async def on_application_submitted(event: Received[ApplicationSubmitted], tx: Tx) -> None:
    """A submission opens its case."""
    await open_case(tx, event.data, event.time)


async def on_application_withdrawn(event: Received[ApplicationWithdrawn], tx: Tx) -> None:
    """A withdrawal closes the case."""
    await withdraw_case(tx, event.subject, event.time)


def handlers() -> Handlers:
    """Review's table of consumed events."""
    table = Handlers(copies=COPIES)
    table.copy(CallPublished)(copy_call_published)
    table.copy(CallAmended)(copy_call_amended)
    table.copy(ApplicationSubmitted)(copy_application_submitted)
    table.copy(ApplicationWithdrawn)(copy_application_withdrawn)
    table.copy(PartnerConfirmed)(copy_partner_confirmed)
    table.on(CallPublished)(on_call_published)
    table.on(CallAmended)(on_call_amended)
    table.on(ApplicationSubmitted)(on_application_submitted)
    table.on(ApplicationWithdrawn)(on_application_withdrawn)
    return table
