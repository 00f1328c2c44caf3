"""Open the case of a submitted application."""

from datetime import datetime

from services.review.domain.case import case_id_of
from services.review.repository import cases
from services.review.repository.calls import find_definition, lock_scope
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import Retryable
from shared.events.intake import ApplicationSubmitted

WORKER = "worker:review"


async def open_case(tx: Tx, submitted: ApplicationSubmitted, at: datetime) -> None:
    """One case for each application; in a case still open a later revision counts from now on.

    Raises ``Retryable`` while the call, or this track of it, is not known here.
    """
    found = await find_definition(tx, submitted.call_id)
    if found is None or found[1].track(submitted.track) is None:
        raise Retryable(f"the {submitted.track} track of call {submitted.call_id} is not known yet")
    await lock_scope(tx, submitted.call_id, submitted.track, exclusive=False)
    opened = cases.OpenedCase(
        id=case_id_of(submitted.application_id),
        application_id=submitted.application_id,
        application_revision=submitted.revision,
        call_id=submitted.call_id,
        track=submitted.track,
        opened_at=at,
    )
    if await cases.open_case(tx, opened):
        await write_audit(
            tx,
            actor=WORKER,
            action="open_case",
            object_type="case",
            object_id=opened.id,
            business_at=at,
            facts={"application_id": str(submitted.application_id), "revision": submitted.revision},
        )
