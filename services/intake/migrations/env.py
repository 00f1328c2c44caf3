"""Alembic's entry for intake."""

from services.intake.tables import metadata
from shared.database.alembic_env import run_migrations

run_migrations(metadata)
