"""A project that was announced can be given up, and says so."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UPGRADE = (
    # the table is of some dozen rows, and nobody is kept waiting for the look at them; the APIs are relieved before the
    # workers, so that whoever reads knows the new stage before anybody writes it
    "-- squawk-ignore ban-drop-constraint\nALTER TABLE project DROP CONSTRAINT ck_project_stage",
    """
    -- squawk-ignore constraint-missing-not-valid
    ALTER TABLE project
        ADD CONSTRAINT ck_project_stage
            CHECK (stage IN ('selected', 'agreed', 'under_way', 'completed', 'withdrawn'))
    """,
)
DOWNGRADE = (
    "UPDATE project SET stage = 'selected' WHERE stage = 'withdrawn'",
    """
    ALTER TABLE project
        DROP CONSTRAINT ck_project_stage,
        ADD CONSTRAINT ck_project_stage CHECK (stage IN ('selected', 'agreed', 'under_way', 'completed'))
    """,
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
