"""The copy of an application no longer remembers which confirmation its partner was asked for: the messages do."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

REMEMBER = """
    UPDATE application SET confirmation_id = CAST(asked.variables ->> 'confirmation_id' AS uuid)
    FROM (
        SELECT DISTINCT ON (application_id) application_id, variables FROM message
        WHERE template = 'partner_confirmation_request' ORDER BY application_id, id DESC
    ) asked
    WHERE asked.application_id = application.id
"""


def upgrade() -> None:
    # before the first release: no older process runs beside this revision
    op.execute("-- squawk-ignore ban-drop-column\nALTER TABLE application DROP COLUMN confirmation_id")


def downgrade() -> None:
    op.execute("ALTER TABLE application ADD COLUMN confirmation_id uuid")
    op.execute(REMEMBER)
