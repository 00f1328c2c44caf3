"""Close the case of an application that was taken back."""

from datetime import datetime
from uuid import UUID

from services.review.domain.case import Case, CaseState, case_id_of
from services.review.domain.implementation import Step
from services.review.repository import cases
from services.review.repository.implementation import find_implementation
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.errors import NotFound, Retryable
from shared.events.review import ProjectWithdrawn


async def withdraw_case(tx: Tx, application_id: UUID, at: datetime) -> None:
    """Close the case wherever it stands; a project that everybody knows to be selected is publicly given up.

    Raises ``Retryable`` while there is no case yet.
    """
    try:
        found = await cases.lock_case(tx, case_id_of(application_id))
    except NotFound as error:
        raise Retryable(f"application {application_id} has no case yet") from error
    if found.case.state is CaseState.WITHDRAWN:
        return
    await cases.set_state(tx, [found.case.id], CaseState.WITHDRAWN)
    await write_audit(
        tx,
        actor="worker:review",
        action="close_withdrawn_case",
        object_type="case",
        object_id=found.case.id,
        business_at=at,
    )
    await _tell(tx, found.case, at)


async def _tell(tx: Tx, case: Case, at: datetime) -> None:
    """Only of what was announced: before that the withdrawal would tell that there was something to give up."""
    if case.state is not CaseState.SELECTED:
        return
    if (await find_implementation(tx, case.id)).days[Step.COMPLETION] is not None:
        return
    event = ProjectWithdrawn(case_id=case.id, application_id=case.application_id, withdrawn_at=at)
    await record(tx, event, aggregate_id=case.id, occurred_at=at)
