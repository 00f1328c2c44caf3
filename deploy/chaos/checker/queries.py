"""What the checker reads from the four databases. Identifiers come as text, bodies as digests: a long run is large."""

from collections.abc import Mapping

from shared.settings import ServiceName

AUDITED = (
    *("create_application", "change_application", "delete_document", "submit_application"),
    *("withdraw_application", "confirm_partner", "publish_call", "announce_call"),
    *("open_case", "decide_eligibility", "declare_conflict", "assign_reviewers", "write_score_sheet"),
    *("submit_score_sheet", "message_delivered", "message_bounced"),
)
"""Acts that change a state; each object's audit entries are counted."""

# of every service; `body`: the digest of the bytes that the relay publishes
SHARED: Mapping[str, str] = {
    "journal": """
        SELECT id, event_id::text, topic, type, aggregate_id::text, sequence,
               encode(sha256(convert_to(data::text, 'UTF8')), 'hex') AS body,
               CASE WHEN type = 'kcity.intake.ApplicationSubmitted.v1' THEN
                   json_build_object('receipt_no', data -> 'receipt_no', 'revision', data -> 'revision',
                                     'digest', data -> 'digest', 'contact_id', data -> 'contact_id',
                                     'partner_contact_id', data -> 'partner' -> 'contact_id',
                                     'edits', data -> 'answers' -> 'edits')
               END AS facts
        FROM journal ORDER BY id
    """,
    "outbox": "SELECT journal_id FROM outbox",
    "watermark": "SELECT consumer, topic, aggregate_id::text, sequence FROM watermark",
    "held_event": """
        SELECT topic, aggregate_id::text, sequence, type, reason, parked_at IS NOT NULL AS parked FROM held_event
    """,
    "dead_letter": "SELECT topic, partition, kafka_offset, reason FROM dead_letter",
    "audit": f"""
        SELECT action, object_id::text, count(*) AS entries,
               count(*) FILTER (WHERE facts ->> 'from' = 'submitted') AS of_submitted,
               count(*) FILTER (WHERE facts ->> 'has_conflict' = 'true') AS of_conflicts
        FROM audit_entry WHERE action IN ({", ".join(f"'{action}'" for action in AUDITED)})
        GROUP BY action, object_id
    """,  # noqa: S608 - constants of this module
}
KEPT_ANSWERS = """
    SELECT split_part(scope, ' ', 1) AS caller, key, status, reference
    FROM idempotency_key WHERE scope LIKE 'load-%'
"""

OWN: Mapping[ServiceName, Mapping[str, str]] = {
    "intake": {
        "call": "SELECT id::text, code FROM call",
        "application": """
            SELECT id::text, track, organisation_id::text, state, revision, version,
                   coalesce(answers -> 'edits', '{}'::jsonb) AS edits,
                   submitted_at IS NOT NULL AS submitted, partner_confirmed_at IS NOT NULL AS confirmed
            FROM application
        """,
        "submission": "SELECT application_id::text, receipt_no, receipt FROM submission",
        "contact": """
            SELECT id::text, application_id::text, organisation_id::text, role, name, email, language,
                   encode(salt, 'hex') AS salt
            FROM contact
        """,
        "document": "SELECT id::text, application_id::text, kind, file_name, sha256 FROM document",
        "attached": """
            SELECT object_id::text AS document_id, facts ->> 'application_id' AS application_id
            FROM audit_entry WHERE action = 'attach_document'
        """,
        "detached": """
            SELECT object_id::text AS document_id, facts ->> 'application_id' AS application_id
            FROM audit_entry WHERE action = 'delete_document'
        """,
        "kept_answer": KEPT_ANSWERS,
    },
    "review": {
        "review_case": "SELECT id::text, application_id::text, state FROM review_case",
        "eligibility_decision": "SELECT case_id::text, eligible FROM eligibility_decision",
        "reviewer": "SELECT id::text, subject FROM reviewer",
        "panel": "SELECT id::text FROM panel",
        "assignment": "SELECT id::text, case_id::text, reviewer_id::text FROM assignment",
        "declaration": "SELECT case_id::text, reviewer_id::text, has_conflict FROM conflict_declaration",
        "score_sheet": """
            SELECT assignment_id::text, revision, scores, submitted_at IS NOT NULL AS submitted FROM score_sheet
        """,
        "selection": "SELECT id::text, state FROM selection",
        "kept_answer": KEPT_ANSWERS,
    },
    "notification": {
        "message": """
            SELECT id::text, cause_event_id::text, contact_id::text, template, application_id::text, state
            FROM message
        """,
        "contact": "SELECT id::text, name, email FROM contact",
    },
    "catalog": {},
}
