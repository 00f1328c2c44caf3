"""The migrations that came with this code."""

from functools import lru_cache
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory

from shared.settings import ServiceName

SERVICES_FOLDER = Path(__file__).resolve().parent.parent.parent / "services"


def migrations_config(service: ServiceName) -> Config:
    """Alembic's settings for one service."""
    config = Config()
    config.set_main_option("script_location", str(SERVICES_FOLDER / service / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache
def newest_revision(service: ServiceName) -> str | None:
    """The newest migration that came with this code."""
    return ScriptDirectory.from_config(migrations_config(service)).get_current_head()
