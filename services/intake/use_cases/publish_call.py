"""Publish a call: store it as scheduled, and announce it at once when its instant has passed."""

from dataclasses import dataclass, replace

from services.intake.domain.call import Call, CallExists, CallState, definition_digest, is_due
from services.intake.repository.calls import Calls
from services.intake.use_cases.announce_calls import announce
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound
from shared.events.call_definition import CallDefinition
from shared.ids import CallId, new_uuid


@dataclass(frozen=True, slots=True)
class Published:
    """The call, and whether it was made by this act."""

    call: Call
    created: bool


async def publish_call(
    tx: Tx, calls: Calls, definition: CallDefinition, *, caller: Caller, arrival: Arrival
) -> Published:
    """Store ``definition``; the same one again changes nothing. Raises ``CallExists`` for another under its code."""
    digest = definition_digest(definition)
    call = Call(CallId(new_uuid()), 1, CallState.SCHEDULED, definition, digest)
    if not await calls.add(tx, call, published_by=caller.subject):
        return Published(await _identical(tx, calls, call), created=False)
    await write_audit(
        tx,
        actor=caller.subject,
        action="publish_call",
        object_type="call",
        object_id=call.id,
        business_at=arrival.at,
        facts={"code": definition.code, "digest": digest},
    )
    if is_due(definition.announced_at, arrival):
        await announce(tx, calls, call, actor=caller.subject, now=arrival.at)
        call = replace(call, state=CallState.ANNOUNCED)
    return Published(call, created=True)


async def _identical(tx: Tx, calls: Calls, wanted: Call) -> Call:
    present = await calls.by_code(tx, wanted.definition.code)
    if present is None:
        raise NotFound("call")
    if present.digest != wanted.digest:
        raise CallExists(wanted.definition.code)
    return present
