"""Record that a selected project was agreed, begun or completed."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import CaseState
from services.review.domain.implementation import Step, record_step
from services.review.domain.refusals import CaseNotInState
from services.review.repository import cases
from services.review.repository.implementation import (
    announced_at_of,
    find_implementation,
    save_implementation,
)
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.review import AgreementSigned, ProjectCompleted, ProjectStarted

EVENTS: Mapping[Step, type[AgreementSigned | ProjectStarted | ProjectCompleted]] = {
    Step.AGREEMENT: AgreementSigned,
    Step.START: ProjectStarted,
    Step.COMPLETION: ProjectCompleted,
}


async def record_implementation_step(
    tx: Tx, case_id: UUID, step: Step, day: date, *, caller: Caller, arrival: Arrival
) -> None:
    """Keep the day of the next step of an announced selected case, and tell it. See ``record_step`` for refusals."""
    case = (await cases.lock_case(tx, case_id)).case
    must_act_as(caller, case, await cases.ties_of(tx, caller, case_id), Capacity.OFFICER)
    announced_at = await announced_at_of(tx, case_id)
    if announced_at is None:
        raise CaseNotInState(case.state, [CaseState.SELECTED])
    present = await find_implementation(tx, case_id)
    recorded = record_step(case, present, step, day, announced_at=announced_at, arrival=arrival)
    await save_implementation(tx, case_id, recorded)
    await write_audit(
        tx,
        actor=caller.subject,
        action=f"record_{step}",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"day": day.isoformat()},
    )
    event = EVENTS[step](case_id=case_id, application_id=case.application_id, day=day, recorded_at=arrival.at)
    await record(tx, event, aggregate_id=case_id, occurred_at=arrival.at)
