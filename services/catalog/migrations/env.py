"""Alembic's entry for catalog."""

from shared.database.alembic_env import run_migrations

run_migrations()
