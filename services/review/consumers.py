"""Which events review follows: the calls, and what becomes of applications."""

from services.review.use_cases.adopt_call import adopt_call
from services.review.use_cases.confirm_partner import confirm_partner
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


async def on_call_published(event: Received[CallPublished], tx: Tx) -> None:
    """A call was announced."""
    await adopt_call(tx, event.subject, event.data.version, event.data.definition)


async def on_call_amended(event: Received[CallAmended], tx: Tx) -> None:
    """A call changed; its newest version counts."""
    await adopt_call(tx, event.subject, event.data.version, event.data.definition)


async def on_application_submitted(event: Received[ApplicationSubmitted], tx: Tx) -> None:
    """A submission opens its case."""
    await open_case(tx, event.data, event.time)


async def on_application_withdrawn(event: Received[ApplicationWithdrawn], tx: Tx) -> None:
    """A withdrawal closes the case."""
    await withdraw_case(tx, event.subject, event.data.withdrawn_at, event.time)


async def on_partner_confirmed(event: Received[PartnerConfirmed], tx: Tx) -> None:
    """The partner's confirmation marks the case."""
    await confirm_partner(tx, event.subject, event.data.confirmed_at)


def handlers() -> Handlers:
    """Review's table of consumed events."""
    table = Handlers()
    table.on(CallPublished)(on_call_published)
    table.on(CallAmended)(on_call_amended)
    table.on(ApplicationSubmitted)(on_application_submitted)
    table.on(ApplicationWithdrawn)(on_application_withdrawn)
    table.on(PartnerConfirmed)(on_partner_confirmed)
    return table
