"""A reviewer says whether there is a conflict of interest."""

from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import must_be_in_open_round
from services.review.domain.experts import Declaration, check_declaration
from services.review.repository import assignments, cases
from services.review.use_cases.assign_reviewers import record_reviewers
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound


async def declare_conflict(
    tx: Tx, case_id: UUID, declaration: Declaration, *, caller: Caller, arrival: Arrival
) -> None:
    """Keep the declaration; a conflict takes the reviewer off the case, which they do not see any more."""
    case = (await cases.lock_case(tx, case_id)).case
    ties = await cases.ties_of(tx, caller, case_id)
    must_act_as(caller, case, ties, Capacity.REVIEWER)
    if ties.reviewer_id is None:
        raise NotFound("case")
    must_be_in_open_round(case)
    check_declaration(declaration)
    await assignments.save_declaration(tx, case_id, ties.reviewer_id, declaration, arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="declare_conflict",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"reviewer_id": str(ties.reviewer_id), "has_conflict": declaration.has_conflict},
    )
    if declaration.has_conflict:
        await assignments.remove_assignment(tx, case_id, ties.reviewer_id, arrival.at)
        await record_reviewers(tx, case, arrival.at)
