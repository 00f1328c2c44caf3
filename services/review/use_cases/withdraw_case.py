"""Close the case of an application that was taken back."""

from datetime import datetime
from uuid import UUID

from services.review.domain.case import CaseState, case_id_of
from services.review.repository import cases
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound, Retryable


async def withdraw_case(tx: Tx, application_id: UUID, at: datetime) -> None:
    """Close the case wherever it stands. Raises ``Retryable`` while there is none yet."""
    try:
        record = await cases.lock_case(tx, case_id_of(application_id))
    except NotFound as error:
        raise Retryable(f"application {application_id} has no case yet") from error
    if record.case.state is CaseState.WITHDRAWN:
        return
    await cases.set_state(tx, [record.case.id], CaseState.WITHDRAWN)
    await write_audit(
        tx,
        actor="worker:review",
        action="close_withdrawn_case",
        object_type="case",
        object_id=record.case.id,
        business_at=at,
    )
