"""Read an application; every read of personal data is written down."""

from uuid import UUID

from services.intake.domain.access import must_own, must_see
from services.intake.domain.application import Application
from services.intake.repository.applications import find_application
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound


async def see_application(tx: Tx, application_id: UUID, *, caller: Caller) -> Application:
    """The application. Raises ``NotFound`` where it is absent or hidden."""
    application = await find_application(tx, application_id)
    if application is None:
        raise NotFound("application")
    must_see(caller, application)
    return application


async def lock_own_application(tx: Tx, application_id: UUID, *, caller: Caller) -> Application:
    """The caller's own application, locked. Raises ``NotFound`` or, for officers who see it, ``Forbidden``."""
    application = await find_application(tx, application_id, lock=True)
    if application is None:
        raise NotFound("application")
    must_own(caller, application)
    return application


async def note_read_of_contacts(
    tx: Tx, application: Application, *, caller: Caller, arrival: Arrival
) -> None:
    """Write down who read the contacts of the application, if it has any."""
    if application.contact is None and application.partner_contact is None:
        return
    await write_audit(
        tx,
        actor=caller.subject,
        action="read_contacts",
        object_type="application",
        object_id=application.id,
        business_at=arrival.at,
    )
