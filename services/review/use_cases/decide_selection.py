"""Approve or reject a proposed selection: the second of four eyes."""

from uuid import UUID

from services.review.domain.access import must_approve, must_reject
from services.review.domain.selection import SelectionState, approve, move
from services.review.repository import selections
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit


async def approve_selection(tx: Tx, selection_id: UUID, *, caller: Caller, arrival: Arrival) -> None:
    """Approve; of two at once the second is refused. Raises as ``domain.selection.approve`` does."""
    held = (await selections.lock_selection(tx, selection_id)).selection
    must_approve(caller, held)
    after = approve(held, caller.subject, arrival)
    await selections.decide_selection(tx, held, after, by=caller.subject, at=arrival.at)
    await _audit(tx, selection_id, "approve_selection", caller, arrival, held.ranking_sha256)


async def reject_selection(
    tx: Tx, selection_id: UUID, reason: str, *, caller: Caller, arrival: Arrival
) -> None:
    """Reject, so that another selection can be proposed. Raises ``SelectionNotInState``."""
    held = (await selections.lock_selection(tx, selection_id)).selection
    must_reject(caller, held)
    after = move(held, SelectionState.REJECTED)
    await selections.decide_selection(tx, held, after, by=caller.subject, at=arrival.at, reason=reason)
    await _audit(tx, selection_id, "reject_selection", caller, arrival, held.ranking_sha256)


async def _audit(
    tx: Tx, selection_id: UUID, action: str, caller: Caller, arrival: Arrival, digest: str
) -> None:
    await write_audit(
        tx,
        actor=caller.subject,
        action=action,
        object_type="selection",
        object_id=selection_id,
        business_at=arrival.at,
        facts={"ranking_sha256": digest},
    )
