"""Alembic's entry for notification."""

from shared.database.alembic_env import run_migrations

run_migrations()
