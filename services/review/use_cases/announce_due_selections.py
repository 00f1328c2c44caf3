"""Make approved selections public at their embargo instant: run again and again by every worker."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from services.review.domain.case import CaseState
from services.review.domain.ranking import Standing
from services.review.domain.selection import SelectionState, move
from services.review.repository import cases, evaluations, selections
from services.review.repository.calls import rules_of
from shared.clock.arrival import Arrival
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database, Tx
from shared.delivery.audit import write_audit
from shared.delivery.journal import record
from shared.events.intake import Organisation, Project
from shared.events.review import NotSelected, SelectedProject, SelectionAnnounced


async def announce_due_selections(database: Database, clock: AuthorityClock) -> int:
    """Announce what is due, each in one transaction; how many. Two workers at once share the work."""
    announced = 0
    while await _announce_next(database, clock.stamp()):
        announced += 1
    return announced


async def _announce_next(database: Database, stamp: Arrival) -> bool:
    """Doubt favours silence: only a selection whose instant has surely come."""
    async with database.transaction() as tx:
        due = await selections.lock_next_due(tx, stamp.at - stamp.bound)
        if due is None:
            return False
        await _announce(tx, due, stamp)
        return True


async def _announce(tx: Tx, due: selections.SelectionRecord, stamp: Arrival) -> None:
    one = due.selection
    move(one, SelectionState.ANNOUNCED)
    evaluation = await evaluations.find_evaluation(tx, one.evaluation_id)
    found = await cases.cases_of_round(tx, one.call_id, one.track)
    standing = {
        str(each.case.application_id): each for each in found if each.case.state is CaseState.EVALUATED
    }
    places = [
        place for place in json.loads(evaluation.ranking)["places"] if place["application_id"] in standing
    ]
    selected = [place for place in places if place["state"] == Standing.SELECTED]
    others = [place for place in places if place["state"] != Standing.SELECTED]
    rules = await rules_of(tx, one.call_id, one.track)
    event = SelectionAnnounced(
        selection_id=one.id,
        call_id=one.call_id,
        call_code=rules.call_code,
        year=rules.year,
        track=one.track,
        announced_at=stamp.at,
        selected=tuple(_selected(place, standing[place["application_id"]]) for place in selected),
        not_selected=tuple(_not_selected(standing[place["application_id"]]) for place in others),
    )
    for places_of_state, state in ((selected, CaseState.SELECTED), (others, CaseState.NOT_SELECTED)):
        await cases.set_state(tx, _case_ids(places_of_state, standing), state)
    await selections.mark_announced(
        tx, one.id, stamp.at, [each.model_dump(mode="json") for each in event.selected]
    )
    await write_audit(
        tx,
        actor="worker:review",
        action="announce_selection",
        object_type="selection",
        object_id=one.id,
        business_at=stamp.at,
        facts={"ranking_sha256": one.ranking_sha256},
    )
    await record(tx, event, aggregate_id=one.id, occurred_at=stamp.at)


def _case_ids(places: Sequence[Mapping[str, Any]], standing: Mapping[str, cases.CaseRecord]) -> list[Any]:
    return [standing[place["application_id"]].case.id for place in places]


def _selected(place: Mapping[str, Any], found: cases.CaseRecord) -> SelectedProject:
    partner = found.proposal["partner"]
    return SelectedProject(
        application_id=found.case.application_id,
        receipt_no=found.case.receipt_no,
        rank=place["rank"],
        organisation=Organisation.model_validate(found.proposal["organisation"]),
        project=Project.model_validate(found.project),
        partner_name=partner and partner["name"],
        contact_id=found.case.contact_id,
        partner_contact_id=partner and partner["contact_id"],
        support_krw=place["support_krw"],
    )


def _not_selected(found: cases.CaseRecord) -> NotSelected:
    return NotSelected(
        application_id=found.case.application_id,
        receipt_no=found.case.receipt_no,
        contact_id=found.case.contact_id,
    )
