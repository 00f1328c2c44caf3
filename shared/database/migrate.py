"""Bring a service's database to the newest revision: ``python -m shared.database.migrate intake [--rehearsal]``.

The first run marks the database as live or as a rehearsal, for good; a later run with the other mark is refused.
A database that was restored is recovered then, so that nobody can forget it (``shared.delivery.recovery``).
"""

import argparse
import asyncio
import os
import sys
from typing import get_args

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.database.connection import engine_url
from shared.database.migrations import migrations_config
from shared.database.timeline import PRESENT_TIMELINE
from shared.delivery.recovery.__main__ import recover_and_tell
from shared.settings import ServiceName

FIRST_TIMELINE = (
    "INSERT INTO database_timeline (timeline) SELECT at FROM (SELECT "  # noqa: S608 - a constant
    + PRESENT_TIMELINE
    + " AS at) present WHERE NOT EXISTS (SELECT FROM database_timeline) AND (:brand_new OR at = 1)"
)


class WrongMark(Exception):
    """The database was marked otherwise at its creation."""

    def __init__(self, marked: str, wanted: str) -> None:
        super().__init__(
            f"this database was marked '{marked}' when it was created and stays so; '{wanted}' was asked. "
            f"Use another database{' or drop --rehearsal' if wanted == 'rehearsal' else ', or add --rehearsal'}."
        )


def alembic_config(service: ServiceName, connection: Connection) -> Config:
    """Alembic's settings for one service, on an open connection."""
    config = migrations_config(service)
    config.attributes["connection"] = connection
    return config


def mark(connection: Connection, kind: str) -> None:
    """Mark the database once; raise ``WrongMark`` if it already carries the other mark."""
    made = connection.execute(
        text("INSERT INTO installation (kind) VALUES (:kind) ON CONFLICT DO NOTHING"), {"kind": kind}
    )
    know_first_timeline(connection, brand_new=made.rowcount == 1)
    marked = connection.scalar(text("SELECT kind FROM installation"))
    if marked != kind:
        raise WrongMark(str(marked), kind)


def know_first_timeline(connection: Connection, *, brand_new: bool) -> None:
    """Write the present time line down when it must be the first: a new database has forgotten nothing.

    Neither has one that is older than the table of time lines, if its server was never restored or promoted.
    """
    connection.execute(text(FIRST_TIMELINE), {"brand_new": brand_new})


def upgrade(connection: Connection, service: ServiceName, *, rehearsal: bool) -> None:
    """Upgrade to the newest revision and mark the database; two at once wait for each other."""
    connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('kcity-migrate'))"))
    command.upgrade(alembic_config(service, connection), "head")
    mark(connection, "rehearsal" if rehearsal else "live")


def downgrade(connection: Connection, service: ServiceName) -> None:
    """Take every revision back: the database is empty afterwards."""
    command.downgrade(alembic_config(service, connection), "base")


async def migrate(service: ServiceName, url: str, *, rehearsal: bool = False, down: bool = False) -> None:
    """Upgrade (or take down) the database at ``url`` in one transaction."""
    engine = create_async_engine(engine_url(url), poolclass=NullPool)
    async with engine.begin() as connection:
        if down:
            await connection.run_sync(downgrade, service)
        else:
            await connection.run_sync(lambda sync: upgrade(sync, service, rehearsal=rehearsal))
    await engine.dispose()


def main() -> None:
    """Parse the command line and migrate the database of ``KCITY_DATABASE_URL``."""
    parser = argparse.ArgumentParser(prog="python -m shared.database.migrate", description=__doc__)
    parser.add_argument("service", choices=get_args(ServiceName))
    parser.add_argument(
        "--rehearsal", action="store_true", help="mark a new database as a rehearsal, for good"
    )
    parser.add_argument("--downgrade", action="store_true", help="take every revision back")
    chosen = parser.parse_args()
    try:
        asyncio.run(
            migrate(
                chosen.service,
                os.environ["KCITY_DATABASE_URL"],
                rehearsal=chosen.rehearsal,
                down=chosen.downgrade,
            )
        )
    except (KeyError, WrongMark) as error:
        sys.exit(f"migrate {chosen.service}: {error}")
    if not chosen.downgrade:
        sys.exit(recover_and_tell(chosen.service))


if __name__ == "__main__":
    main()
