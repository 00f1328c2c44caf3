"""Review as of November 2026: copies of calls, cases, experts, sheets, evaluations, selections, invitations."""

from alembic import op

from shared.database.revisions import create_shared_v1, drop_shared_v1
from shared.idempotency_revisions import create_v1 as create_idempotency_v1
from shared.idempotency_revisions import drop_v1 as drop_idempotency_v1

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

CREATE = (
    """
    CREATE TABLE call (
        id UUID NOT NULL,
        version INTEGER NOT NULL,
        definition JSONB NOT NULL,
        CONSTRAINT pk_call PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE reviewer (
        id UUID NOT NULL,
        subject TEXT NOT NULL,
        expertise TEXT[] NOT NULL,
        organisation_ids UUID[] NOT NULL,
        languages TEXT[] NOT NULL,
        registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_reviewer PRIMARY KEY (id),
        CONSTRAINT uq_reviewer_subject UNIQUE (subject)
    )
    """,
    """
    CREATE TABLE evaluation_scope (
        call_id UUID NOT NULL,
        track TEXT NOT NULL,
        evaluation_id UUID,
        CONSTRAINT pk_evaluation_scope PRIMARY KEY (call_id, track),
        CONSTRAINT fk_evaluation_scope_call_id FOREIGN KEY(call_id) REFERENCES call (id)
    )
    """,
    """
    CREATE TABLE evaluation (
        id UUID NOT NULL,
        call_id UUID NOT NULL,
        track TEXT NOT NULL,
        closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        closed_by TEXT NOT NULL,
        bundle BYTEA NOT NULL,
        bundle_sha256 TEXT NOT NULL,
        ranking BYTEA NOT NULL,
        ranking_sha256 TEXT NOT NULL,
        CONSTRAINT pk_evaluation PRIMARY KEY (id),
        CONSTRAINT uq_evaluation_call_id_track UNIQUE (call_id, track),
        CONSTRAINT fk_evaluation_scope FOREIGN KEY(call_id, track) REFERENCES evaluation_scope (call_id, track)
    )
    """,
    """
    CREATE TABLE panel (
        id UUID NOT NULL,
        call_id UUID NOT NULL,
        track TEXT NOT NULL,
        created_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_panel PRIMARY KEY (id),
        CONSTRAINT fk_panel_scope FOREIGN KEY(call_id, track) REFERENCES evaluation_scope (call_id, track)
    )
    """,
    "CREATE INDEX ix_panel_round ON panel (call_id, track)",
    """
    CREATE TABLE review_case (
        id UUID NOT NULL,
        application_id UUID NOT NULL,
        application_revision INTEGER NOT NULL,
        call_id UUID NOT NULL,
        track TEXT NOT NULL,
        state TEXT NOT NULL,
        organisation_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        receipt_no TEXT NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
        rolls_over BOOLEAN NOT NULL,
        proposal JSONB NOT NULL,
        partner_confirmed_at TIMESTAMP WITH TIME ZONE,
        withdrawn_at TIMESTAMP WITH TIME ZONE,
        opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_review_case PRIMARY KEY (id),
        CONSTRAINT uq_review_case_application_id UNIQUE (application_id),
        CONSTRAINT fk_review_case_scope FOREIGN KEY(call_id, track) REFERENCES evaluation_scope (call_id, track)
    )
    """,
    "CREATE INDEX ix_review_case_order ON review_case (arrived_at, id)",
    "CREATE INDEX ix_review_case_organisation ON review_case (organisation_id)",
    "CREATE INDEX ix_review_case_round ON review_case (call_id, track, state)",
    """
    CREATE TABLE assignment (
        id UUID NOT NULL,
        case_id UUID NOT NULL,
        reviewer_id UUID NOT NULL,
        assigned_at TIMESTAMP WITH TIME ZONE NOT NULL,
        removed_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_assignment PRIMARY KEY (id),
        CONSTRAINT uq_assignment_case_id_reviewer_id UNIQUE (case_id, reviewer_id),
        CONSTRAINT fk_assignment_case_id FOREIGN KEY(case_id) REFERENCES review_case (id),
        CONSTRAINT fk_assignment_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES reviewer (id)
    )
    """,
    "CREATE INDEX ix_assignment_reviewer ON assignment (reviewer_id, id)",
    """
    CREATE TABLE conflict_declaration (
        case_id UUID NOT NULL,
        reviewer_id UUID NOT NULL,
        has_conflict BOOLEAN NOT NULL,
        kind TEXT,
        reason_code TEXT,
        declared_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_conflict_declaration PRIMARY KEY (case_id, reviewer_id),
        CONSTRAINT fk_conflict_declaration_case_id FOREIGN KEY(case_id) REFERENCES review_case (id),
        CONSTRAINT fk_conflict_declaration_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES reviewer (id)
    )
    """,
    """
    CREATE TABLE eligibility_decision (
        case_id UUID NOT NULL,
        eligible BOOLEAN NOT NULL,
        unmet_rules TEXT[] NOT NULL,
        note TEXT,
        decided_by TEXT NOT NULL,
        decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_eligibility_decision PRIMARY KEY (case_id),
        CONSTRAINT fk_eligibility_decision_case_id FOREIGN KEY(case_id) REFERENCES review_case (id)
    )
    """,
    """
    CREATE TABLE panel_member (
        panel_id UUID NOT NULL,
        reviewer_id UUID NOT NULL,
        CONSTRAINT pk_panel_member PRIMARY KEY (panel_id, reviewer_id),
        CONSTRAINT fk_panel_member_panel_id FOREIGN KEY(panel_id) REFERENCES panel (id),
        CONSTRAINT fk_panel_member_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES reviewer (id)
    )
    """,
    """
    CREATE TABLE pre_consulting (
        case_id UUID NOT NULL,
        adviser_id UUID NOT NULL,
        revision INTEGER DEFAULT 1 NOT NULL,
        report JSONB,
        revised_proposal JSONB,
        started_at TIMESTAMP WITH TIME ZONE NOT NULL,
        completed_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_pre_consulting PRIMARY KEY (case_id),
        CONSTRAINT fk_pre_consulting_case_id FOREIGN KEY(case_id) REFERENCES review_case (id),
        CONSTRAINT fk_pre_consulting_adviser_id FOREIGN KEY(adviser_id) REFERENCES reviewer (id)
    )
    """,
    """
    CREATE TABLE reviewer_pseudonym (
        evaluation_id UUID NOT NULL,
        reviewer_id UUID NOT NULL,
        pseudonym TEXT NOT NULL,
        CONSTRAINT pk_reviewer_pseudonym PRIMARY KEY (evaluation_id, reviewer_id),
        CONSTRAINT uq_reviewer_pseudonym_evaluation_id_pseudonym UNIQUE (evaluation_id, pseudonym),
        CONSTRAINT fk_reviewer_pseudonym_evaluation_id FOREIGN KEY(evaluation_id) REFERENCES evaluation (id),
        CONSTRAINT fk_reviewer_pseudonym_reviewer_id FOREIGN KEY(reviewer_id) REFERENCES reviewer (id)
    )
    """,
    """
    CREATE TABLE selection (
        id UUID NOT NULL,
        evaluation_id UUID NOT NULL,
        state TEXT NOT NULL,
        announce_at TIMESTAMP WITH TIME ZONE NOT NULL,
        proposed_by TEXT NOT NULL,
        proposed_at TIMESTAMP WITH TIME ZONE NOT NULL,
        decided_by TEXT,
        decided_at TIMESTAMP WITH TIME ZONE,
        rejection_reason TEXT,
        announced_at TIMESTAMP WITH TIME ZONE,
        announced JSONB,
        CONSTRAINT pk_selection PRIMARY KEY (id),
        CONSTRAINT fk_selection_evaluation_id FOREIGN KEY(evaluation_id) REFERENCES evaluation (id)
    )
    """,
    "CREATE INDEX ix_selection_due ON selection (announce_at) WHERE state = 'approved'",
    "CREATE UNIQUE INDEX uq_selection_standing ON selection (evaluation_id) WHERE state <> 'rejected'",
    """
    CREATE TABLE invitation (
        id UUID NOT NULL,
        selection_id UUID NOT NULL,
        application_id UUID NOT NULL,
        occasion_code TEXT NOT NULL,
        contact_id UUID NOT NULL,
        issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_invitation PRIMARY KEY (id),
        CONSTRAINT uq_invitation_selection_id_application_id_occasion_code UNIQUE (selection_id, application_id, occasion_code),
        CONSTRAINT fk_invitation_selection_id FOREIGN KEY(selection_id) REFERENCES selection (id)
    )
    """,
    """
    CREATE TABLE score_sheet (
        assignment_id UUID NOT NULL,
        revision INTEGER NOT NULL,
        scores JSONB NOT NULL,
        written_at TIMESTAMP WITH TIME ZONE NOT NULL,
        submitted_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_score_sheet PRIMARY KEY (assignment_id),
        CONSTRAINT fk_score_sheet_assignment_id FOREIGN KEY(assignment_id) REFERENCES assignment (id)
    )
    """,
)
TABLES = (
    "score_sheet",
    "invitation",
    "selection",
    "reviewer_pseudonym",
    "pre_consulting",
    "panel_member",
    "eligibility_decision",
    "conflict_declaration",
    "assignment",
    "review_case",
    "panel",
    "evaluation",
    "evaluation_scope",
    "reviewer",
    "call",
)


def upgrade() -> None:
    create_shared_v1(op)
    create_idempotency_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"DROP TABLE {table}")
    drop_idempotency_v1(op)
    drop_shared_v1(op)
