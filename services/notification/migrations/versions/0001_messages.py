"""Messages, and our own copies of calls, applications and contacts."""

from alembic import op

from shared.database.revisions import create_shared_v1, drop_shared_v1
from shared.idempotency_revisions import create_v1, drop_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    """
    CREATE TABLE call (
        id uuid NOT NULL,
        version integer NOT NULL,
        definition jsonb NOT NULL,
        CONSTRAINT pk_call PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE application (
        id uuid NOT NULL,
        call_id uuid NOT NULL,
        track text NOT NULL,
        revision integer NOT NULL,
        receipt_no text NOT NULL,
        title jsonb NOT NULL,
        organisation jsonb NOT NULL,
        confirmation_id uuid,
        CONSTRAINT pk_application PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE contact (
        id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        language text NOT NULL,
        CONSTRAINT pk_contact PRIMARY KEY (id),
        CONSTRAINT ck_contact_language CHECK (language IN ('ko', 'en'))
    )
    """,
    """
    CREATE TABLE message (
        id uuid NOT NULL,
        cause_event_id uuid NOT NULL,
        contact_id uuid NOT NULL,
        template text NOT NULL,
        application_id uuid NOT NULL,
        track text NOT NULL,
        caused_at timestamptz NOT NULL,
        template_version integer NOT NULL,
        language text,
        variables jsonb NOT NULL,
        state text NOT NULL,
        held_reason text,
        attempts integer DEFAULT 0 NOT NULL,
        queued_at timestamptz,
        next_attempt_at timestamptz,
        give_up_at timestamptz,
        lease uuid,
        sending_until timestamptz,
        last_smtp_code integer,
        settled_at timestamptz,
        CONSTRAINT pk_message PRIMARY KEY (id),
        CONSTRAINT uq_message_cause_event_id_contact_id_template_application_id
            UNIQUE (cause_event_id, contact_id, template, application_id),
        CONSTRAINT ck_message_state CHECK (state IN
            ('waiting_for_contact', 'queued', 'sending', 'delivered', 'bounced', 'failed', 'held')),
        CONSTRAINT ck_message_held_has_reason CHECK ((state = 'held') = (held_reason IS NOT NULL)),
        CONSTRAINT ck_message_sending_has_lease CHECK
            ((state = 'sending') = (lease IS NOT NULL) AND (lease IS NULL) = (sending_until IS NULL)),
        CONSTRAINT ck_message_tried_again_has_time CHECK
            ((state IN ('queued', 'failed')) = (next_attempt_at IS NOT NULL)),
        CONSTRAINT ck_message_queued_is_complete CHECK
            (state IN ('waiting_for_contact', 'held') OR num_nulls(language, queued_at, give_up_at) = 0)
    )
    """,
    "CREATE INDEX ix_message_due ON message (next_attempt_at) WHERE state IN ('queued', 'failed')",
    "CREATE INDEX ix_message_lease ON message (sending_until) WHERE state = 'sending'",
    "CREATE INDEX ix_message_contact ON message (contact_id) WHERE state <> 'delivered'",
    "CREATE INDEX ix_message_application ON message (application_id)",
)


def upgrade() -> None:
    create_shared_v1(op)
    create_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in ("message", "contact", "application", "call"):
        op.execute(f"DROP TABLE {table}")
    drop_v1(op)
    drop_shared_v1(op)
