"""Propose a selection: the first of four eyes."""

from datetime import datetime
from uuid import UUID

from services.review.domain.access import must_see_evaluation
from services.review.domain.selection import Selection, SelectionState, check_embargo
from services.review.repository import evaluations, selections
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.ids import new_uuid


async def propose_selection(
    tx: Tx, evaluation_id: UUID, announce_at: datetime, *, caller: Caller, arrival: Arrival
) -> Selection:
    """Propose to announce an evaluation's ranking. Raises ``EmbargoNotInFuture``, ``SelectionPending``."""
    evaluation = await evaluations.find_evaluation(tx, evaluation_id)
    must_see_evaluation(caller, evaluation.track)
    check_embargo(announce_at, arrival)
    proposed = Selection(
        id=new_uuid(),
        evaluation_id=evaluation_id,
        call_id=evaluation.call_id,
        track=evaluation.track,
        state=SelectionState.PROPOSED,
        announce_at=announce_at,
        ranking_sha256=evaluation.ranking_sha256,
        proposed_by=caller.subject,
        proposed_at=arrival.at,
        decided_by=None,
        decided_at=None,
        rejection_reason=None,
        announced_at=None,
    )
    await selections.add_selection(tx, proposed)
    await write_audit(
        tx,
        actor=caller.subject,
        action="propose_selection",
        object_type="selection",
        object_id=proposed.id,
        business_at=arrival.at,
        facts={"evaluation_id": str(evaluation_id), "announce_at": announce_at.isoformat()},
    )
    return proposed
