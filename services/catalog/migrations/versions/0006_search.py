"""What search goes by: the terms of a project. The worker derives them at its next start."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

UPGRADE = (
    """
    ALTER TABLE project
        ADD COLUMN title_terms text[] NOT NULL DEFAULT '{}',
        ADD COLUMN place_terms text[] NOT NULL DEFAULT '{}',
        ADD COLUMN search_terms text[] NOT NULL DEFAULT '{}'
    """,
    """
    -- squawk-ignore require-concurrent-index-creation
    CREATE INDEX ix_project_search_terms ON project USING gin (search_terms)
    """,
    "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ix_project_call_id ON project (call_id)",
)
DOWNGRADE = (
    "DROP INDEX ix_project_call_id",
    "DROP INDEX ix_project_search_terms",
    """
    ALTER TABLE project
        DROP COLUMN search_terms,
        DROP COLUMN place_terms,
        DROP COLUMN title_terms
    """,
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
