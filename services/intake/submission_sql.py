"""The two statements of a submission, as constants: the benchmark gives the same texts to pgbench.

The second is one transaction by itself: whatever it writes, it writes all of it or nothing.
"""

READ_CANDIDATE = """
SELECT a.organisation_id, a.call_id, a.track, a.state, a.revision, a.submitted_at, a.violations,
       a.content_digest, a.checked_version, c.code AS call_code, c.version AS call_version,
       k.fingerprint AS kept_fingerprint, s.receipt_no, s.receipt
FROM application a
JOIN call c ON c.id = a.call_id
LEFT JOIN submission s ON s.application_id = a.id
LEFT JOIN idempotency_key k ON k.scope = $2::text AND k.key = $3::text
WHERE a.id = $1::uuid
"""
"""$1 application, $2 and $3 scope and key of the act. No row: there is no such application."""

WRITE_SUBMISSION = """
WITH turn AS MATERIALIZED (
    SELECT pg_try_advisory_xact_lock($1::bigint) AS mine
), received AS (
    UPDATE application SET state = 'submitted', submitted_at = $4::timestamptz, changed_at = $4::timestamptz,
                           version = version + 1
    FROM turn
    WHERE turn.mine AND id = $2::uuid AND revision = $3::integer AND state = 'draft'
      AND checked_version = $17::integer
    RETURNING id, event_content
), receipt AS (
    INSERT INTO submission (application_id, receipt_no, arrived_at, receipt)
    SELECT id, $5::text, $4::timestamptz, $6::json FROM received
), entry AS (
    INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data, traceparent)
    SELECT $7::uuid, 'intake.application.v1', 'kcity.intake.ApplicationSubmitted.v1', id,
           coalesce((SELECT max(sequence) FROM journal WHERE aggregate_id = $2::uuid), 0) + 1,
           $4::timestamptz, concat(left(event_content, -1), ',', substr($8::text, 2))::json, $9::text
    FROM received
    RETURNING id
), queued AS (
    INSERT INTO outbox (journal_id) SELECT id FROM entry
), audited AS (
    INSERT INTO audit_entry (business_at, actor, action, object_type, object_id, facts, request_id)
    SELECT $4::timestamptz, $10::text, 'submit_application', 'application', id, $11::json, $12::text FROM received
), kept AS (
    INSERT INTO idempotency_key (scope, key, fingerprint, status, reference, for_good)
    SELECT $13::text, $14::text, $15::bytea, $16::integer, id::text, true FROM received
)
SELECT turn.mine, EXISTS (SELECT FROM received) AS received FROM turn
"""
"""$1 lock of the act, $2 application, $3 revision that was decided on, $4 arrival, $5 receipt number,
$6 receipt, $7 event id, $8 JSON object of what only the submission knows, $9 traceparent, $10 actor, $11 audit facts,
$12 request id, $13–$16 scope, key, fingerprint, status, $17 version of the call that was decided by.

``mine`` false: the same act is at work elsewhere. ``received`` false: the application changed meanwhile, nothing
was written; read again. A violation of ``pk_idempotency_key`` or ``uq_submission_receipt_no`` wrote nothing either.
"""

READ_CALL = "SELECT definition FROM call WHERE id = $1::uuid AND version = $2::integer"
NEXT_RECEIPT_NUMBERS = "SELECT nextval('receipt_number')"
