"""Mark a case whose partner abroad confirmed it."""

from datetime import datetime
from uuid import UUID

from services.review.domain.case import case_id_of
from services.review.repository.cases import mark_partner_confirmed
from shared.database.connection import Tx
from shared.errors import Retryable


async def confirm_partner(tx: Tx, application_id: UUID, confirmed_at: datetime) -> None:
    """Keep the first confirmation. Raises ``Retryable`` while there is no case yet."""
    if not await mark_partner_confirmed(tx, case_id_of(application_id), confirmed_at):
        raise Retryable(f"application {application_id} has no case yet")
