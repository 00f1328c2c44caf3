"""The partner body abroad confirms a submitted application by the link it was sent."""

from typing import ClassVar
from uuid import UUID

from services.intake.domain.application import Application, State
from services.intake.repository.applications import find_by_confirmation, save_confirmation
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.errors import DomainError, Kind
from shared.events.intake import PartnerConfirmed
from shared.links import LinkInvalid


class NothingToConfirm(DomainError):
    """The applicant took the application back."""

    kind: ClassVar[Kind] = Kind.CONFLICT
    title = "The application was withdrawn"

    def __init__(self) -> None:
        super().__init__("The applicant withdrew it, so nothing is left to confirm.")


async def see_confirmation(tx: Tx, confirmation_id: UUID, *, lock: bool = False) -> Application:
    """The application to confirm. Raises ``LinkInvalid`` unless it was once received."""
    application = await find_by_confirmation(tx, confirmation_id, lock=lock)
    if application is None or application.submitted_at is None:
        raise LinkInvalid
    return application


async def confirm_partner(tx: Tx, confirmation_id: UUID, *, arrival: Arrival) -> Application:
    """Confirm it; a second time changes nothing. Raises ``LinkInvalid``, ``NothingToConfirm``."""
    application = await see_confirmation(tx, confirmation_id, lock=True)
    if application.partner_confirmed_at is not None:
        return application
    if application.state is not State.SUBMITTED:
        raise NothingToConfirm
    saved = await save_confirmation(tx, application, confirmed_at=arrival.at)
    await write_audit(
        tx,
        actor=f"partner:{confirmation_id}",
        action="confirm_partner",
        object_type="application",
        object_id=application.id,
        business_at=arrival.at,
    )
    event = PartnerConfirmed(
        application_id=application.id, confirmation_id=confirmation_id, confirmed_at=arrival.at
    )
    await record(tx, event, aggregate_id=application.id, occurred_at=arrival.at)
    return saved
