"""Register a reviewer."""

from services.review.domain.access import OFFICERS
from services.review.domain.experts import Reviewer
from services.review.domain.refusals import ReviewerAlreadyRegistered
from services.review.repository.experts import add_reviewer
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit


async def register_reviewer(tx: Tx, one: Reviewer, *, caller: Caller, arrival: Arrival) -> None:
    """Keep an expert by the subject of their token. Raises ``ReviewerAlreadyRegistered``."""
    caller.must_be(*OFFICERS)
    kept = await add_reviewer(tx, one)
    if kept != one.id:
        raise ReviewerAlreadyRegistered(kept)
    await write_audit(
        tx,
        actor=caller.subject,
        action="register_reviewer",
        object_type="reviewer",
        object_id=one.id,
        business_at=arrival.at,
    )
