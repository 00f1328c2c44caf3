"""Take an application back."""

from uuid import UUID

from services.intake.domain.application import Application, Step
from services.intake.repository.applications import save_withdrawal
from services.intake.use_cases.read_application import lock_own_application
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.intake import ApplicationWithdrawn


async def withdraw_application(
    tx: Tx, application_id: UUID, *, caller: Caller, arrival: Arrival
) -> Application:
    """Withdraw a draft or a submission. Nobody outside knew of a draft, so its withdrawal is no event.

    Raises ``NotFound``, ``Forbidden``, ``AlreadyWithdrawn``.
    """
    application = await lock_own_application(tx, application_id, caller=caller)
    application.after(Step.WITHDRAW)
    saved = await save_withdrawal(tx, application, withdrawn_at=arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="withdraw_application",
        object_type="application",
        object_id=application.id,
        business_at=arrival.at,
        facts={"from": application.state.value},
    )
    if application.submitted_at is not None:
        event = ApplicationWithdrawn(
            application_id=application.id,
            call_id=application.call_id,
            track=application.track,
            withdrawn_at=arrival.at,
        )
        await record(tx, event, aggregate_id=application.id, occurred_at=arrival.at)
    return saved
