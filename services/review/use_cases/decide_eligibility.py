"""Screen a case."""

from uuid import UUID

from services.review.domain.access import must_screen
from services.review.domain.case import EligibilityDecision
from services.review.domain.case import decide_eligibility as decide
from services.review.repository import cases
from services.review.repository.calls import rules_of
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.review import EligibilityDecided


async def decide_eligibility(
    tx: Tx, case_id: UUID, decision: EligibilityDecision, *, caller: Caller, arrival: Arrival
) -> None:
    """Decide once whether a case is eligible; of two officers at once the second is refused."""
    found = await cases.lock_case(tx, case_id)
    case = found.case
    must_screen(caller, case, await cases.ties_of(tx, caller, case_id))
    after = decide(case, await rules_of(tx, case.call_id, case.track), decision)
    await cases.set_state(tx, [case_id], after)
    await cases.save_decision(tx, case_id, decision, decided_by=caller.subject, decided_at=arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action="decide_eligibility",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"eligible": decision.eligible, "unmet_rules": ",".join(decision.unmet_rules)},
    )
    event = EligibilityDecided(
        case_id=case_id,
        application_id=case.application_id,
        call_id=case.call_id,
        track=case.track,
        contact_id=case.contact_id,
        receipt_no=case.receipt_no,
        eligible=decision.eligible,
        reasons=decision.unmet_rules,
        decided_at=arrival.at,
    )
    await record(tx, event, aggregate_id=case_id, occurred_at=arrival.at)
