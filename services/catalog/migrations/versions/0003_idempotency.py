"""Kept answers: catalog's operators act, too, and may repeat it."""

from alembic import op

from shared.idempotency_revisions import create_v1, drop_v1

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_v1(op)


def downgrade() -> None:
    drop_v1(op)
