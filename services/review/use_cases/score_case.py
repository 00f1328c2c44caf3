"""Write and submit a score sheet."""

from collections.abc import Sequence
from uuid import UUID

from services.review.domain import sheet as rules_of_sheets
from services.review.domain.access import must_own_sheet
from services.review.domain.case import must_be_reviewable
from services.review.domain.rules import SelectionRules
from services.review.domain.sheet import Assignment, Score
from services.review.repository import assignments, cases
from services.review.repository.calls import rules_of
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.etag import IfMatch


async def read_sheet(tx: Tx, assignment_id: UUID, *, caller: Caller) -> Assignment:
    """The caller's own sheet, revision 0 before it is written."""
    found = await assignments.find_assignment(tx, assignment_id)
    must_own_sheet(caller, found)
    return found


async def write_sheet(
    tx: Tx,
    assignment_id: UUID,
    scores: Sequence[Score],
    version: IfMatch,
    *,
    caller: Caller,
    arrival: Arrival,
) -> Assignment:
    """Replace the draft. Raises ``StaleVersion``, ``DeclarationMissing``, ``SheetAlreadySubmitted``, ``Invalid``."""
    held, rules = await _hold(tx, assignment_id, caller)
    version.check(held.sheet.revision)
    sheet = rules_of_sheets.write_sheet(held, rules, scores)
    return await _save(tx, assignment_id, sheet, "write_score_sheet", caller, arrival)


async def submit_sheet(tx: Tx, assignment_id: UUID, *, caller: Caller, arrival: Arrival) -> Assignment:
    """Make the sheet final: in the bundle of an evaluation that closes later, refused after it closed."""
    held, rules = await _hold(tx, assignment_id, caller)
    sheet = rules_of_sheets.submit_sheet(held, rules, arrival.at)
    return await _save(tx, assignment_id, sheet, "submit_score_sheet", caller, arrival)


async def _hold(tx: Tx, assignment_id: UUID, caller: Caller) -> tuple[Assignment, SelectionRules]:
    case_id = await assignments.case_of_assignment(tx, assignment_id)
    case = (await cases.lock_case(tx, case_id, shared=True)).case
    held = await assignments.lock_assignment(tx, assignment_id)
    must_own_sheet(caller, held)
    must_be_reviewable(case)
    return held, (await rules_of(tx, case.call_id, case.track)).selection


async def _save(
    tx: Tx,
    assignment_id: UUID,
    sheet: rules_of_sheets.Sheet,
    action: str,
    caller: Caller,
    arrival: Arrival,
) -> Assignment:
    await assignments.save_sheet(tx, assignment_id, sheet, arrival.at)
    await write_audit(
        tx,
        actor=caller.subject,
        action=action,
        object_type="assignment",
        object_id=assignment_id,
        business_at=arrival.at,
        facts={"revision": sheet.revision},
    )
    return await assignments.find_assignment(tx, assignment_id)
