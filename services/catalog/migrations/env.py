"""Alembic's entry: the tables of this service."""

from services.catalog.tables import metadata
from shared.database.alembic_env import run_migrations

run_migrations(metadata)
