"""Alembic's environment for notification."""

from services.notification.tables import metadata
from shared.database.alembic_env import run_migrations

run_migrations(metadata)
