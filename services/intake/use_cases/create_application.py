"""Begin a draft."""

from dataclasses import replace

from services.intake.domain.access import organisation_of
from services.intake.domain.application import Application, State
from services.intake.domain.call import window_of
from services.intake.repository.applications import add_application
from services.intake.repository.calls import Calls
from services.intake.use_cases.check_application import check_application
from shared.auth.caller import Caller, Track
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.errors import NotFound
from shared.ids import ApplicationId, OrganisationId, new_uuid


async def create_application(
    tx: Tx, calls: Calls, *, call_code: str, track: Track, caller: Caller, arrival: Arrival
) -> Application:
    """An empty draft of the caller's organisation, from the announcement until the closing.

    Raises ``Forbidden`` without an organisation, ``NotFound`` for a call nobody knows yet, ``WindowClosed``.
    """
    organisation_id = organisation_of(caller)
    call = await calls.by_code(tx, call_code)
    if call is None:
        raise NotFound("call")
    call.must_be_announced()
    window_of(call.track(track).window).must_not_be_over(arrival)
    application = Application(
        id=ApplicationId(new_uuid()),
        call_id=call.id,
        call_code=call.definition.code,
        track=track,
        organisation_id=OrganisationId(organisation_id),
        state=State.DRAFT,
        revision=1,
        version=1,
        created_at=arrival.at,
        changed_at=arrival.at,
    )
    checked = check_application(application, call)
    await add_application(tx, application, checked)
    await write_audit(
        tx,
        actor=caller.subject,
        action="create_application",
        object_type="application",
        object_id=application.id,
        business_at=arrival.at,
        facts={"call": call_code, "track": track},
    )
    return replace(application, violations=checked.violations)
