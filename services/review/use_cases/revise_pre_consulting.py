"""Write a part of a pre-consulting: the adviser's report, or the applicant's revised proposal."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from services.review.domain.access import Capacity, must_act_as
from services.review.domain.consulting import PreConsulting
from services.review.repository import cases
from services.review.repository.consulting import Part, find_pre_consulting, save_part
from shared.auth.caller import Caller
from shared.clock.arrival import Arrival
from shared.database.connection import Tx
from shared.delivery.audit import write_audit
from shared.etag import IfMatch

AUTHORS: dict[Part, Capacity] = {
    "report": Capacity.ADVISER,
    "revised_proposal": Capacity.APPLICANT,
}


async def revise_pre_consulting(
    tx: Tx,
    case_id: UUID,
    part: Part,
    content: Mapping[str, Any],
    version: IfMatch,
    *,
    caller: Caller,
    arrival: Arrival,
) -> PreConsulting:
    """Replace one part; its author does, or an officer on their behalf. Raises ``StaleVersion``."""
    case = (await cases.lock_case(tx, case_id)).case
    ties = await cases.ties_of(tx, caller, case_id)
    must_act_as(caller, case, ties, AUTHORS[part], Capacity.OFFICER)
    present = await find_pre_consulting(tx, case_id)
    present.must_be_running()
    version.check(present.revision)
    await save_part(tx, case_id, part, content)
    await write_audit(
        tx,
        actor=caller.subject,
        action=f"write_pre_consulting_{part}",
        object_type="case",
        object_id=case_id,
        business_at=arrival.at,
        facts={"revision": present.revision + 1},
    )
    return await find_pre_consulting(tx, case_id)
