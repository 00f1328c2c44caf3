"""Announce calls: at their instant, never before; row, audit entry and event in one transaction."""

from datetime import datetime

from services.intake.domain.call import Call
from services.intake.repository.calls import Calls
from shared.clock.arrival import Arrival
from shared.database.connection import Database, Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.intake import CallPublished

WORKER = "worker:intake"


async def announce(tx: Tx, calls: Calls, call: Call, *, actor: str, now: datetime) -> None:
    """Make ``call``, whose row this transaction has locked, known to everybody."""
    await calls.mark_announced(tx, call.id)
    await write_audit(
        tx,
        actor=actor,
        action="announce_call",
        object_type="call",
        object_id=call.id,
        business_at=now,
        facts={"code": call.definition.code},
    )
    event = CallPublished(call_id=call.id, version=call.version, definition=call.definition)
    await record(tx, event, aggregate_id=call.id, occurred_at=now)


async def announce_due_calls(database: Database, calls: Calls, stamp: Arrival) -> int:
    """Announce every call whose instant has surely come; how many. Workers that run it at once share the work."""
    async with database.transaction() as tx:
        due = await calls.take_due(tx, stamp.at - stamp.bound)
        for call in due:
            await announce(tx, calls, call, actor=WORKER, now=stamp.at)
    return len(due)
