"""The statement of a recovery: a message counts as what its own event told of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from services.notification.domain.message import State
from shared.database.connection import Tx

# a message that was queued again has a new id; it takes its former one, so that its events go on in one sequence
SETTLE_AS_TOLD = text(
    """
    UPDATE message SET id = :id, state = :state, held_reason = NULL, lease = NULL, sending_until = NULL,
                       next_attempt_at = NULL, last_smtp_code = :smtp_code, settled_at = :settled_at,
                       attempts = greatest(attempts, 1), language = coalesce(message.language, known.language, 'en'),
                       queued_at = coalesce(queued_at, caused_at),
                       give_up_at = coalesce(give_up_at, CAST(:settled_at AS timestamptz))
    FROM (
        SELECT m.id, c.language FROM message m LEFT JOIN contact c ON c.id = m.contact_id
        WHERE m.id = :id OR (m.cause_event_id = :cause_event_id AND m.contact_id = :contact_id
                             AND m.template = :template
                             AND (CAST(:application_id AS uuid) IS NULL OR m.application_id = :application_id)
                             AND NOT EXISTS (SELECT FROM message same WHERE same.id = :id)
                             AND m.state NOT IN ('delivered', 'bounced'))
        ORDER BY m.application_id LIMIT 1
    ) known
    WHERE message.id = known.id
    """
)


async def settle_as_told(
    tx: Tx,
    message_id: UUID,
    cause: tuple[UUID, UUID, str, UUID | None],
    *,
    state: State,
    smtp_code: int,
    settled_at: datetime,
) -> bool:
    """Settle the message of this id, or the one of this cause (event, contact, template, application if told).

    False when there is neither.
    """
    event_id, contact_id, template, application_id = cause
    result = await tx.execute(
        SETTLE_AS_TOLD,
        {
            "id": message_id,
            "cause_event_id": event_id,
            "contact_id": contact_id,
            "template": template,
            "application_id": application_id,
            "state": state,
            "smtp_code": smtp_code,
            "settled_at": settled_at,
        },
    )
    return result.rowcount == 1
