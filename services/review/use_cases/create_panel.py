"""Put reviewers into a panel."""

from services.review.domain.access import must_oversee
from services.review.domain.experts import Panel
from services.review.repository.calls import rules_of
from services.review.repository.experts import add_panel, find_reviewers
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import Invalid, Violation


async def create_panel(tx: Tx, panel: Panel, *, caller: Caller, arrival: Arrival) -> None:
    """Keep a panel of registered reviewers for a track of a call; a track may have several."""
    must_oversee(caller, panel.track)
    await rules_of(tx, panel.call_id, panel.track)
    known = await find_reviewers(tx, panel.reviewer_ids)
    unknown = [
        Violation(f"/body/reviewer_ids/{index}", "unknown-reviewer", "Register first: POST /v1/reviewers.")
        for index, reviewer_id in enumerate(panel.reviewer_ids)
        if reviewer_id not in known
    ]
    if unknown:
        raise Invalid("Some reviewers are not registered.", violations=unknown)
    await add_panel(tx, panel)
    await write_audit(
        tx,
        actor=caller.subject,
        action="create_panel",
        object_type="panel",
        object_id=panel.id,
        business_at=arrival.at,
        facts={"members": len(panel.reviewer_ids), "track": panel.track},
    )
