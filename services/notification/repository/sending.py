"""The statements of the sender. A claim is a lease: real time, and only its holder may settle the message."""

from sqlalchemy import text

END_LEASES = text(
    """
    UPDATE message SET state = 'queued', lease = NULL, sending_until = NULL, next_attempt_at = clock_timestamp()
    WHERE id IN (
        SELECT id FROM message WHERE state = 'sending' AND sending_until < clock_timestamp()
        FOR UPDATE SKIP LOCKED
    )
    """
)
COUNT_DUE = text(
    """
    SELECT count(*) FROM (
        SELECT 1 FROM message WHERE state IN ('queued', 'failed') AND next_attempt_at <= clock_timestamp()
        LIMIT :most
    ) due
    """
)
CLAIM = text(
    """
    WITH due AS (
        SELECT id FROM message WHERE state IN ('queued', 'failed') AND next_attempt_at <= clock_timestamp()
        ORDER BY next_attempt_at LIMIT :most FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE message SET state = 'sending', lease = :lease, sending_until = clock_timestamp() + :lease_for,
                           next_attempt_at = NULL, attempts = attempts + 1
        FROM due WHERE message.id = due.id
        RETURNING message.*
    )
    SELECT claimed.*, claimed.give_up_at <= clock_timestamp() AS given_up, contact.name, contact.email
    FROM claimed LEFT JOIN contact ON contact.id = claimed.contact_id
    ORDER BY claimed.id
    """
)
RENEW = text(
    """
    UPDATE message SET sending_until = clock_timestamp() + :lease_for
    FROM unnest(CAST(:ids AS uuid[]), CAST(:leases AS uuid[])) AS mine (id, lease)
    WHERE message.id = mine.id AND message.lease = mine.lease
    RETURNING message.id
    """
)
SETTLE = text(
    """
    UPDATE message SET state = :state, held_reason = :held_reason, lease = NULL, sending_until = NULL,
                       last_smtp_code = coalesce(:smtp_code, last_smtp_code),
                       next_attempt_at = clock_timestamp() + CAST(:wait AS interval), settled_at = :settled_at
    WHERE id = :id AND lease = :lease
    """
)
GIVE_BACK = text(
    """
    UPDATE message SET state = 'queued', lease = NULL, sending_until = NULL, attempts = attempts - 1,
                       next_attempt_at = clock_timestamp()
    FROM unnest(CAST(:ids AS uuid[]), CAST(:leases AS uuid[])) AS mine (id, lease)
    WHERE message.id = mine.id AND message.lease = mine.lease
    """
)
