"""What every service's ``migrations/env.py`` does.

No tables are named: revisions are written by hand, and tests compare what they make with the tables of the code.
"""

from alembic import context
from sqlalchemy import Connection


def run_migrations() -> None:
    """Run within the connection that ``shared.database.migrate`` or a test put into the configuration."""
    connection: Connection = context.config.attributes["connection"]
    context.configure(connection=connection)
    with context.begin_transaction():
        context.run_migrations()
