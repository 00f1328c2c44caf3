"""Begin the pre-consulting of a case."""

from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.case import start_pre_consulting as start
from services.review.repository import cases
from services.review.repository.assignments import assignments_of_case
from services.review.repository.calls import rules_of
from services.review.repository.consulting import add_pre_consulting
from services.review.repository.experts import find_reviewers
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.errors import Invalid, Violation
from shared.events.review import PreConsultingStarted


async def start_pre_consulting(
    tx: Tx, case_id: UUID, adviser_id: UUID, *, caller: Caller, arrival: Arrival
) -> None:
    """Give the case an adviser (a registered reviewer, who will not review it)."""
    case = (await cases.lock_case(tx, case_id)).case
    must_act_as(caller, case, await cases.ties_of(tx, caller, case_id), Capacity.OFFICER)
    assigned = any(not one.removed for one in await assignments_of_case(tx, case_id))
    after = start(case, await rules_of(tx, case.call_id, case.track), assigned=assigned)
    await _must_be_fit(tx, adviser_id, case.organisation_id)
    await cases.set_state(tx, [case_id], after)
    await add_pre_consulting(tx, case_id, adviser_id, arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="start_pre_consulting",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"adviser_id": str(adviser_id)},
    )
    event = PreConsultingStarted(
        case_id=case_id,
        application_id=case.application_id,
        contact_id=case.contact_id,
        adviser_id=adviser_id,
        started_at=arrival.at,
    )
    await record(tx, event, aggregate_id=case_id, occurred_at=arrival.at)


async def _must_be_fit(tx: Tx, adviser_id: UUID, organisation_id: UUID) -> None:
    adviser = (await find_reviewers(tx, [adviser_id])).get(adviser_id)
    at = "/body/adviser_id"
    if adviser is None:
        unknown = Violation(at, "unknown-adviser", "Register the adviser: POST /v1/reviewers.")
        raise Invalid("There is no such adviser.", violations=[unknown])
    if organisation_id in adviser.organisation_ids:
        own = Violation(at, "own-organisation", "Belongs to the applicant's organisation.")
        raise Invalid("Choose another adviser.", violations=[own])
