"""What comes back of a restored review: its cases, how they were screened, and how selected projects went on.

Cases are read again from intake, the rest as review's own events tell it.
What else review decides (reviewers, panels, assignments, declarations, sheets, evaluations, selections) is in no event
by design: no event carries an outcome before its announcement. For that a synchronous standby is the answer.
"""

from dataclasses import replace
from typing import TypeVar

from services.review.consumers import handlers
from services.review.domain.case import CaseState, EligibilityDecision
from services.review.repository import cases, restoring
from services.review.repository.implementation import find_implementation, save_implementation
from services.review.settings import ReviewSettings
from shared.database.connection import Tx
from shared.delivery.handlers import Handlers
from shared.delivery.recovery.plan import Plan
from shared.delivery.recovery.refusals import NotRestorable
from shared.errors import NotFound
from shared.events.envelope import Received
from shared.events.review import AgreementSigned, EligibilityDecided, ProjectCompleted, ProjectStarted

ACTOR = "job:recovery"
Told = TypeVar("Told", AgreementSigned, ProjectStarted, ProjectCompleted)
_DAYS = {AgreementSigned: "agreed_on", ProjectStarted: "started_on", ProjectCompleted: "completed_on"}


def plan() -> Plan:
    """Cases first, from intake's events; then the decisions on them."""
    restorers = Handlers()
    restorers.on(EligibilityDecided)(on_eligibility_decided)
    restorers.on(AgreementSigned)(on_step)
    restorers.on(ProjectStarted)(on_step)
    restorers.on(ProjectCompleted)(on_step)
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


async def on_step(event: Received[Told], tx: Tx) -> None:
    """The day that was recorded; one that is there stays. They come in their order, as they were told."""
    told = event.data
    try:
        await cases.lock_case(tx, told.case_id)
    except NotFound as error:
        raise NotRestorable("its case is not known") from error
    member = next(name for kind, name in _DAYS.items() if isinstance(told, kind))
    present = await find_implementation(tx, told.case_id)
    if getattr(present, member) is None:
        await save_implementation(tx, told.case_id, replace(present, **{member: told.day}))
