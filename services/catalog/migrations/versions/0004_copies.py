"""A project names its call without a foreign key: the copy of the calls can be emptied and rebuilt."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # no guarantee is lost: a copy's rows come by events, in any order
    op.execute("-- squawk-ignore ban-drop-constraint\nALTER TABLE project DROP CONSTRAINT fk_project_call_id")


def downgrade() -> None:
    op.execute(
        "ALTER TABLE project ADD CONSTRAINT fk_project_call_id FOREIGN KEY (call_id) REFERENCES call (id)"
    )
