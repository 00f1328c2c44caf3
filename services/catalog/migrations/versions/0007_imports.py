"""Files that change the catalogue, and in the history of entries what a change was taken from."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE project_history ADD COLUMN source text, ADD COLUMN import_id uuid",
    """
    CREATE TABLE project_import (
        id uuid NOT NULL,
        created_at timestamptz NOT NULL,
        created_by text NOT NULL,
        file_name text NOT NULL,
        media_type text NOT NULL,
        size_bytes integer NOT NULL,
        sha256 text NOT NULL,
        source text,
        rows integer NOT NULL,
        changes jsonb NOT NULL,
        faults jsonb NOT NULL,
        applied_at timestamptz,
        applied_by text,
        CONSTRAINT pk_project_import PRIMARY KEY (id),
        CONSTRAINT ck_project_import_applied_whole CHECK (num_nonnulls(applied_at, applied_by) IN (0, 2)),
        CONSTRAINT ck_project_import_applied_faultless CHECK (applied_at IS NULL OR faults = '[]')
    )
    """,
)
DOWNGRADE = (
    "DROP TABLE project_import",
    "ALTER TABLE project_history DROP COLUMN import_id, DROP COLUMN source",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
