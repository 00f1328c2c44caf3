"""Complete a pre-consulting."""

from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import CaseState, move
from services.review.repository import cases
from services.review.repository.consulting import find_pre_consulting, mark_completed
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.review import PreConsultingCompleted


async def complete_pre_consulting(tx: Tx, case_id: UUID, *, caller: Caller, arrival: Arrival) -> None:
    """Close it with both its parts; from now on the revised proposal is what is evaluated."""
    case = (await cases.lock_case(tx, case_id)).case
    must_act_as(caller, case, await cases.ties_of(tx, caller, case_id), Capacity.OFFICER)
    present = await find_pre_consulting(tx, case_id)
    present.must_be_running()
    present.must_be_complete()
    await cases.set_state(tx, [case_id], move(case, CaseState.READY))
    await mark_completed(tx, case_id, arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="complete_pre_consulting",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
    )
    event = PreConsultingCompleted(
        case_id=case_id,
        application_id=case.application_id,
        contact_id=case.contact_id,
        completed_at=arrival.at,
    )
    await record(tx, event, aggregate_id=case_id, occurred_at=arrival.at)
