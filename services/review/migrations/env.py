"""Alembic's entry for review."""

from shared.database.alembic_env import run_migrations

run_migrations()
