"""What follows a selection: agreement, start and completion of the project."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CREATE = """
    CREATE TABLE implementation (
        case_id uuid NOT NULL,
        agreed_on date NOT NULL,
        started_on date,
        completed_on date,
        CONSTRAINT pk_implementation PRIMARY KEY (case_id),
        CONSTRAINT fk_implementation_case_id FOREIGN KEY (case_id) REFERENCES review_case (id),
        CONSTRAINT ck_implementation_started CHECK (started_on >= agreed_on),
        CONSTRAINT ck_implementation_completed CHECK (completed_on >= started_on),
        CONSTRAINT ck_implementation_in_order CHECK (completed_on IS NULL OR started_on IS NOT NULL)
    )
"""


def upgrade() -> None:
    op.execute(CREATE)


def downgrade() -> None:
    op.execute("DROP TABLE implementation")
