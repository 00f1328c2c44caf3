"""What comes back of a restored review: its cases, read again from intake, and how they were screened.

What else review decides (reviewers, panels, assignments, declarations, sheets, evaluations, selections) is in no event
by design: no event carries an outcome before its announcement. For that a synchronous standby is the answer.
"""

from services.review.consumers import handlers
from services.review.domain.case import CaseState, EligibilityDecision
from services.review.repository import cases, restoring
from services.review.settings import ReviewSettings
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import NotRestorable
from shared.errors import NotFound
from shared.events.envelope import Received
from shared.events.review import EligibilityDecided

ACTOR = "job:recovery"


def plan() -> Plan:
    """Cases first, from intake's events; then the decisions on them."""
    restorers = Handlers()
    restorers.on(EligibilityDecided)(on_eligibility_decided)
    return Plan(
        settings=ReviewSettings(),
        restorers=restorers,
        consumed=handlers(),
        forgotten=(
            "audit entries and kept Idempotency-Keys since the backup",
            "who decided on eligibility since the backup, and the note",
            "reviewers, panels, assignments, declarations, score sheets, pre-consulting reports since the backup",
            "evaluations and selections since the backup; one that was announced must not be announced again",
        ),
    )


async def on_eligibility_decided(event: Received[EligibilityDecided], tx: Tx) -> None:
    """The decision, as far as it was told; a decision that is there stays."""
    told = event.data
    try:
        found = await cases.lock_case(tx, told.case_id)
    except NotFound as error:
        raise NotRestorable("its case is not known") from error
    if not await restoring.is_screened(tx, told.case_id):
        decision = EligibilityDecision(told.eligible, told.reasons, None)
        await cases.save_decision(tx, told.case_id, decision, decided_by=ACTOR, decided_at=told.decided_at)
    if found.case.state is CaseState.OPEN:
        after = CaseState.ELIGIBLE if told.eligible else CaseState.INELIGIBLE
        await cases.set_state(tx, [told.case_id], after)
