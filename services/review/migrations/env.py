"""Alembic's entry point for review."""

from services.review.tables import metadata
from shared.database.alembic_env import run_migrations

run_migrations(metadata)
