"""The two statements of a submission, as constants: the benchmark gives the same texts to pgbench.

The second is one transaction by itself: whatever it writes, it writes all of it or nothing. Each has a sister
for several submissions at once, which is what a busy process sends.
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

READ_CANDIDATES = """
SELECT asked.ordinality, a.organisation_id, a.call_id, a.track, a.state, a.revision, a.submitted_at, a.violations,
       a.content_digest, a.checked_version, c.code AS call_code, c.version AS call_version,
       k.fingerprint AS kept_fingerprint, s.receipt_no, s.receipt
FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS asked (id, scope, key, ordinality)
JOIN application a ON a.id = asked.id
JOIN call c ON c.id = a.call_id
LEFT JOIN submission s ON s.application_id = a.id
LEFT JOIN idempotency_key k ON k.scope = asked.scope AND k.key = asked.key
"""
"""``READ_CANDIDATE`` for many; ``ordinality`` says for which, from 1 on. An absent one is an absent application."""

WRITE_SUBMISSIONS = """
WITH act AS MATERIALIZED (
    SELECT given.*, pg_try_advisory_xact_lock(given.lock) AS mine
    FROM unnest($1::bigint[], $2::uuid[], $3::integer[], $4::timestamptz[], $5::text[], $6::text[], $7::uuid[],
                $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
                $15::bytea[], $16::integer[], $17::integer[])
         WITH ORDINALITY AS given (lock, id, revision, arrived_at, receipt_no, receipt, event_id, facts, traceparent,
                                   actor, audit_facts, request_id, scope, key, fingerprint, status, call_version,
                                   ordinality)
), free AS MATERIALIZED (
    SELECT a.id FROM application a WHERE a.id IN (SELECT act.id FROM act WHERE act.mine)
    FOR UPDATE SKIP LOCKED
), received AS (
    UPDATE application a SET state = 'submitted', submitted_at = act.arrived_at, changed_at = act.arrived_at,
                             version = a.version + 1
    FROM act JOIN free ON free.id = act.id
    WHERE act.mine AND a.id = act.id AND a.revision = act.revision AND a.state = 'draft'
      AND a.checked_version = act.call_version
    RETURNING a.id, a.event_content, act.ordinality, act.arrived_at, act.receipt_no, act.receipt, act.event_id, act.facts,
              act.traceparent, act.actor, act.audit_facts, act.request_id, act.scope, act.key, act.fingerprint,
              act.status
), receipt AS (
    INSERT INTO submission (application_id, receipt_no, arrived_at, receipt)
    SELECT id, receipt_no, arrived_at, receipt::json FROM received
), entry AS (
    INSERT INTO journal (event_id, topic, type, aggregate_id, sequence, occurred_at, data, traceparent)
    SELECT event_id, 'intake.application.v1', 'kcity.intake.ApplicationSubmitted.v1', id,
           coalesce((SELECT max(sequence) FROM journal WHERE aggregate_id = received.id), 0) + 1,
           arrived_at, concat(left(event_content, -1), ',', substr(facts, 2))::json, traceparent
    FROM received ORDER BY ordinality
    RETURNING id
), queued AS (
    INSERT INTO outbox (journal_id) SELECT id FROM entry
), audited AS (
    INSERT INTO audit_entry (business_at, actor, action, object_type, object_id, facts, request_id)
    SELECT arrived_at, actor, 'submit_application', 'application', id, audit_facts::json, request_id FROM received
), kept AS (
    INSERT INTO idempotency_key (scope, key, fingerprint, status, reference, for_good)
    SELECT scope, key, fingerprint, status, id::text, true FROM received
)
SELECT act.mine, received.ordinality IS NOT NULL AS received
FROM act LEFT JOIN received USING (ordinality) ORDER BY act.ordinality
"""
"""``WRITE_SUBMISSION`` for many: the same parameters, each as an array; one row each, in their order.

It waits for no lock, so one application that is being changed holds nobody up and there is no deadlock:
``received`` false also means that the row was locked, and ``WRITE_SUBMISSION`` then tells. Two of one application
are received once, as results belong to an ordinal, never to an id. A violation of uniqueness wrote nothing for
anybody; then each goes alone.
"""

READ_CALL = "SELECT definition FROM call WHERE id = $1::uuid AND version = $2::integer"
NEXT_RECEIPT_NUMBERS = "SELECT nextval('receipt_number')"
