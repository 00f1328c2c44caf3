"""Invite officials of the selected cities to an occasion of the call."""

from collections.abc import Sequence
from uuid import UUID

from services.review.domain.access import must_invite
from services.review.domain.case import CaseState, case_id_of
from services.review.domain.refusals import OccasionUnknown, SelectionNotInState
from services.review.domain.selection import Selection, SelectionState, check_not_over
from services.review.repository import cases, selections
from services.review.repository.calls import find_definition
from services.review.repository.selections import Invitation
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.errors import NotFound
from shared.events.call_definition import Occasion
from shared.events.review import InvitationIssued, SelectedProject
from shared.ids import new_uuid


async def issue_invitations(
    tx: Tx, selection_id: UUID, occasion_code: str, *, caller: Caller, arrival: Arrival
) -> Sequence[Invitation]:
    """One invitation for each selected project and occasion, however often it is called.

    Raises ``SelectionNotInState`` before the announcement, ``OccasionUnknown``, ``OccasionOver``.
    """
    held = await selections.lock_selection(tx, selection_id)
    must_invite(caller, held.selection)
    if held.selection.state is not SelectionState.ANNOUNCED:
        raise SelectionNotInState(held.selection.state, SelectionState.ANNOUNCED)
    occasion = await _occasion(tx, held.selection, occasion_code)
    check_not_over(occasion.ends_on, arrival)
    issued = 0
    for content in held.announced or ():
        project = SelectedProject.model_validate(content)
        issued += await _invite(tx, held.selection, project, occasion, arrival)
    await write_audit(
        tx,
        actor=caller.subject,
        action="issue_invitations",
        object_type="selection",
        object_id=selection_id,
        business_at=arrival.at,
        facts={"occasion_code": occasion_code, "issued": issued},
    )
    return await selections.invitations_of(tx, selection_id, occasion_code)


async def _occasion(tx: Tx, one: Selection, code: str) -> Occasion:
    found = await find_definition(tx, one.call_id)
    if found is None:
        raise NotFound("call")
    possible = {each.code: each for each in found[1].occasions if one.track in each.tracks}
    if code not in possible:
        raise OccasionUnknown(sorted(possible))
    return possible[code]


async def _invite(
    tx: Tx, one: Selection, project: SelectedProject, occasion: Occasion, arrival: Arrival
) -> bool:
    """Invite the partner's contact where there is one; a project withdrawn since is not invited."""
    case = (await cases.find_case(tx, case_id_of(project.application_id))).case
    if case.state is not CaseState.SELECTED:
        return False
    invitation = Invitation(
        id=new_uuid(),
        selection_id=one.id,
        application_id=project.application_id,
        occasion_code=occasion.code,
        contact_id=project.partner_contact_id or project.contact_id,
        issued_at=arrival.at,
    )
    if not await selections.add_invitation(tx, invitation):
        return False
    event = InvitationIssued(
        invitation_id=invitation.id,
        selection_id=one.id,
        application_id=project.application_id,
        receipt_no=project.receipt_no,
        contact_id=invitation.contact_id,
        occasion_code=occasion.code,
        occasion_name=occasion.name,
        starts_on=occasion.starts_on,
        ends_on=occasion.ends_on,
        place=occasion.place,
        issued_at=arrival.at,
    )
    await record(tx, event, aggregate_id=invitation.id, occurred_at=arrival.at)
    return True
