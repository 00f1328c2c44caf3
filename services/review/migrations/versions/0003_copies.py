"""What comes from intake moves out of the case into copy tables, which a rebuild may empty.

Of each application the revision that counts is moved; earlier and later ones come with the next rebuild.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOVED = (
    *("organisation_id", "contact_id", "receipt_no", "arrived_at", "rolls_over", "proposal"),
    *("partner_confirmed_at", "withdrawn_at"),
)
CREATE = (
    """
    CREATE TABLE application (
        id UUID NOT NULL,
        partner_confirmed_at TIMESTAMP WITH TIME ZONE,
        withdrawn_at TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_application PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE submission (
        application_id UUID NOT NULL,
        revision INTEGER NOT NULL,
        organisation_id UUID NOT NULL,
        contact_id UUID NOT NULL,
        receipt_no TEXT NOT NULL,
        arrived_at TIMESTAMP WITH TIME ZONE NOT NULL,
        rolls_over BOOLEAN NOT NULL,
        proposal JSONB NOT NULL,
        CONSTRAINT pk_submission PRIMARY KEY (application_id, revision)
    )
    """,
    """
    INSERT INTO application (id, partner_confirmed_at, withdrawn_at)
    SELECT application_id, partner_confirmed_at, withdrawn_at FROM review_case
    """,
    """
    INSERT INTO submission (application_id, revision, organisation_id, contact_id, receipt_no, arrived_at,
                            rolls_over, proposal)
    SELECT application_id, application_revision, organisation_id, contact_id, receipt_no, arrived_at,
           rolls_over, proposal FROM review_case
    """,
    "CREATE INDEX ix_submission_order ON submission (arrived_at, application_id)",
    "CREATE INDEX ix_submission_organisation ON submission (organisation_id)",
    # before the first release: no older process runs beside this revision
    """
    -- squawk-ignore ban-drop-constraint
    ALTER TABLE evaluation_scope DROP CONSTRAINT fk_evaluation_scope_call_id
    """,
    *(f"-- squawk-ignore ban-drop-column\nALTER TABLE review_case DROP COLUMN {name}" for name in MOVED),
)
BACK = (
    """
    ALTER TABLE review_case ADD COLUMN organisation_id UUID, ADD COLUMN contact_id UUID,
        ADD COLUMN receipt_no TEXT, ADD COLUMN arrived_at TIMESTAMP WITH TIME ZONE,
        ADD COLUMN rolls_over BOOLEAN, ADD COLUMN proposal JSONB,
        ADD COLUMN partner_confirmed_at TIMESTAMP WITH TIME ZONE, ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE
    """,
    """
    UPDATE review_case SET organisation_id = s.organisation_id, contact_id = s.contact_id,
        receipt_no = s.receipt_no, arrived_at = s.arrived_at, rolls_over = s.rolls_over, proposal = s.proposal
    FROM submission s
    WHERE s.application_id = review_case.application_id AND s.revision = review_case.application_revision
    """,
    """
    UPDATE review_case SET partner_confirmed_at = a.partner_confirmed_at, withdrawn_at = a.withdrawn_at
    FROM application a WHERE a.id = review_case.application_id
    """,
    """
    ALTER TABLE review_case ALTER COLUMN organisation_id SET NOT NULL, ALTER COLUMN contact_id SET NOT NULL,
        ALTER COLUMN receipt_no SET NOT NULL, ALTER COLUMN arrived_at SET NOT NULL,
        ALTER COLUMN rolls_over SET NOT NULL, ALTER COLUMN proposal SET NOT NULL
    """,
    "CREATE INDEX ix_review_case_order ON review_case (arrived_at, id)",
    "CREATE INDEX ix_review_case_organisation ON review_case (organisation_id)",
    """
    ALTER TABLE evaluation_scope ADD CONSTRAINT fk_evaluation_scope_call_id
        FOREIGN KEY (call_id) REFERENCES call (id)
    """,
    "DROP TABLE submission",
    "DROP TABLE application",
)


def upgrade() -> None:
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    for statement in BACK:
        op.execute(statement)
