"""Alembic's entry for intake."""

from shared.database.alembic_env import run_migrations

run_migrations()
