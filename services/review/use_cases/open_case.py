"""Open the case of a submitted application."""

from datetime import datetime

from services.review.domain.case import Case, CaseState, case_id_of
from services.review.repository import cases
from services.review.repository.calls import find_definition, lock_scope
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import Retryable
from shared.events.intake import ApplicationSubmitted

WORKER = "worker:review"
_PROPOSAL = {"organisation", "project", "answers", "partner", "documents", "digest"}


async def open_case(tx: Tx, submitted: ApplicationSubmitted, at: datetime) -> None:
    """One case for each application; a later revision renews the proposal of a case still open.

    Raises ``Retryable`` while the call, or this track of it, is not known here.
    """
    found = await find_definition(tx, submitted.call_id)
    if found is None or found[1].track(submitted.track) is None:
        raise Retryable(f"the {submitted.track} track of call {submitted.call_id} is not known yet")
    await lock_scope(tx, submitted.call_id, submitted.track, exclusive=False)
    record = _record(submitted, at)
    if await cases.open_case(tx, record):
        await write_audit(
            tx,
            actor=WORKER,
            action="open_case",
            object_type="case",
            object_id=record.case.id,
            business_at=at,
            facts={"application_id": str(submitted.application_id), "revision": submitted.revision},
        )


def _record(submitted: ApplicationSubmitted, at: datetime) -> cases.CaseRecord:
    case = Case(
        id=case_id_of(submitted.application_id),
        application_id=submitted.application_id,
        call_id=submitted.call_id,
        track=submitted.track,
        state=CaseState.OPEN,
        organisation_id=submitted.organisation.organisation_id,
        contact_id=submitted.contact_id,
        receipt_no=submitted.receipt_no,
        arrived_at=submitted.arrived_at,
        rolls_over=submitted.rolls_over,
        evaluation_id=None,
    )
    return cases.CaseRecord(
        case=case,
        application_revision=submitted.revision,
        proposal=submitted.model_dump(mode="json", include=_PROPOSAL),
        revised_project=None,
        opened_at=at,
        partner_confirmed_at=None,
        withdrawn_at=None,
        decision=None,
        decided_at=None,
    )
