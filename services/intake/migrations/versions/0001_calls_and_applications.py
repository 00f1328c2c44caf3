"""Calls, applications, contacts, documents, submissions."""

from alembic import op

from shared.database.revisions import create_shared_v1, drop_shared_v1
from shared.idempotency_revisions import create_v1, drop_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    "CREATE SEQUENCE receipt_number AS bigint INCREMENT BY 32 MINVALUE 0 MAXVALUE 34359738336 START WITH 0 NO CYCLE",
    """
    CREATE TABLE call (
        id uuid NOT NULL,
        code text NOT NULL,
        version integer DEFAULT 1 NOT NULL,
        state text NOT NULL,
        announced_at timestamptz NOT NULL,
        definition json NOT NULL,
        digest text NOT NULL,
        published_by text NOT NULL,
        created_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_call PRIMARY KEY (id),
        CONSTRAINT uq_call_code UNIQUE (code),
        CONSTRAINT ck_call_state CHECK (state IN ('scheduled', 'announced'))
    )
    """,
    "CREATE INDEX ix_call_scheduled ON call (announced_at) WHERE state = 'scheduled'",
    """
    CREATE TABLE application (
        id uuid NOT NULL,
        call_id uuid NOT NULL,
        track text NOT NULL,
        organisation_id uuid NOT NULL,
        state text DEFAULT 'draft' NOT NULL,
        revision integer DEFAULT 1 NOT NULL,
        version integer DEFAULT 1 NOT NULL,
        organisation jsonb DEFAULT '{}' NOT NULL,
        project jsonb DEFAULT '{}' NOT NULL,
        answers jsonb DEFAULT '{}' NOT NULL,
        partner json,
        confirmation_id uuid,
        partner_confirmed_at timestamptz,
        checked_version integer NOT NULL,
        violations json NOT NULL,
        content_digest text NOT NULL,
        event_content text,
        created_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        submitted_at timestamptz,
        withdrawn_at timestamptz,
        CONSTRAINT pk_application PRIMARY KEY (id),
        CONSTRAINT fk_application_call_id FOREIGN KEY (call_id) REFERENCES call (id),
        CONSTRAINT uq_application_confirmation_id UNIQUE (confirmation_id),
        CONSTRAINT ck_application_track CHECK (track IN ('planning', 'demonstration')),
        CONSTRAINT ck_application_state CHECK (state IN ('draft', 'submitted', 'withdrawn')),
        CONSTRAINT ck_application_submitted CHECK (state <> 'submitted' OR submitted_at IS NOT NULL),
        CONSTRAINT ck_application_draft CHECK (state <> 'draft' OR submitted_at IS NULL)
    )
    """,
    "CREATE INDEX ix_application_organisation_id_id ON application (organisation_id, id)",
    "CREATE INDEX ix_application_received ON application (track, id) WHERE submitted_at IS NOT NULL",
    """
    CREATE TABLE contact (
        id uuid NOT NULL,
        application_id uuid NOT NULL,
        organisation_id uuid NOT NULL,
        role text NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        language text NOT NULL,
        salt bytea NOT NULL,
        changed_at timestamptz NOT NULL,
        CONSTRAINT pk_contact PRIMARY KEY (id),
        CONSTRAINT fk_contact_application_id FOREIGN KEY (application_id) REFERENCES application (id),
        CONSTRAINT uq_contact_application_id_role UNIQUE (application_id, role),
        CONSTRAINT ck_contact_role CHECK (role IN ('applicant', 'partner')),
        CONSTRAINT ck_contact_language CHECK (language IN ('ko', 'en')),
        CONSTRAINT ck_contact_salt CHECK (octet_length(salt) = 32)
    )
    """,
    """
    CREATE TABLE document (
        id uuid NOT NULL,
        application_id uuid NOT NULL,
        kind text NOT NULL,
        file_name text NOT NULL,
        media_type text NOT NULL,
        size_bytes bigint NOT NULL,
        sha256 text NOT NULL,
        salt bytea NOT NULL,
        commitment text NOT NULL,
        scan_state text NOT NULL,
        uploaded_at timestamptz NOT NULL,
        CONSTRAINT pk_document PRIMARY KEY (id),
        CONSTRAINT fk_document_application_id FOREIGN KEY (application_id) REFERENCES application (id),
        CONSTRAINT uq_document_application_id_kind UNIQUE (application_id, kind),
        CONSTRAINT ck_document_scan_state CHECK (scan_state IN ('not_scanned', 'pending', 'clean', 'infected')),
        CONSTRAINT ck_document_salt CHECK (octet_length(salt) = 32)
    )
    """,
    """
    CREATE TABLE submission (
        application_id uuid NOT NULL,
        receipt_no text NOT NULL,
        arrived_at timestamptz NOT NULL,
        receipt json NOT NULL,
        CONSTRAINT pk_submission PRIMARY KEY (application_id),
        CONSTRAINT fk_submission_application_id FOREIGN KEY (application_id) REFERENCES application (id),
        CONSTRAINT uq_submission_receipt_no UNIQUE (receipt_no)
    )
    """,
)


def upgrade() -> None:
    create_shared_v1(op)
    create_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in ("submission", "document", "contact", "application", "call"):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP SEQUENCE receipt_number")
    drop_v1(op)
    drop_shared_v1(op)
