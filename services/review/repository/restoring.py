"""What a recovery asks of review's own tables."""

from uuid import UUID

from sqlalchemy import select

from services.review.tables import eligibility_decision
from shared.database.connection import Tx


async def is_screened(tx: Tx, case_id: UUID) -> bool:
    """Whether a decision on the case's eligibility is there."""
    found = select(eligibility_decision.c.case_id).where(eligibility_decision.c.case_id == case_id)
    return await tx.scalar(found) is not None
