"""Assign reviewers to a case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import Case, must_be_reviewable
from services.review.domain.experts import check_candidates
from services.review.domain.refusals import AssignmentFrozen
from services.review.repository import assignments, cases
from services.review.repository.experts import candidates_for
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.review import ReviewersAssigned


async def assign_reviewers(
    tx: Tx, case_id: UUID, reviewer_ids: Sequence[UUID], *, caller: Caller, arrival: Arrival
) -> None:
    """Add members of the panel to a case; those already assigned stay. Raises ``AssignmentFrozen`` once scored."""
    case = (await cases.lock_case(tx, case_id)).case
    must_act_as(caller, case, await cases.ties_of(tx, caller, case_id), Capacity.OFFICER)
    must_be_reviewable(case)
    if await assignments.has_sheets(tx, case_id):
        raise AssignmentFrozen
    known = await candidates_for(tx, case_id, case.call_id, case.track, reviewer_ids)
    check_candidates(reviewer_ids, known, {case.organisation_id})
    before = await active_reviewers(tx, case_id)
    await assignments.add_assignments(tx, case_id, reviewer_ids, arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="assign_reviewers",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"reviewer_ids": ",".join(str(one) for one in reviewer_ids)},
    )
    if await active_reviewers(tx, case_id) != before:
        await record_reviewers(tx, case, arrival.at)


async def active_reviewers(tx: Tx, case_id: UUID) -> tuple[UUID, ...]:
    """Who reviews the case now."""
    found = await assignments.assignments_of_case(tx, case_id)
    return tuple(one.reviewer_id for one in found if not one.removed)


async def record_reviewers(tx: Tx, case: Case, at: datetime) -> None:
    """Tell who reviews the case from now on; the caller holds it."""
    event = ReviewersAssigned(
        case_id=case.id,
        application_id=case.application_id,
        reviewer_ids=await active_reviewers(tx, case.id),
        assigned_at=at,
    )
    await record(tx, event, aggregate_id=case.id, occurred_at=at)
