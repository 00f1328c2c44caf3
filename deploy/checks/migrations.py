"""Migrations of every service on a real, empty PostgreSQL: up, no difference to the tables, squawk, down.

``python -m deploy.checks.migrations``
"""

import asyncio
import importlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sqlalchemy import Connection, event, inspect
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from deploy.local.ports import free_port
from deploy.local.postgres import EmbeddedPostgres
from shared.database.connection import engine_url
from shared.database.migrate import downgrade, upgrade
from shared.settings import SERVICES, ServiceName
from shared.testing.migrations import differences

SQUAWK = Path(sys.executable).with_name("squawk")
# each rule left out, with its reason
LEFT_OUT = (
    "prefer-robust-stmts",  # each migration runs in one transaction: it happens wholly or not at all
    "require-timeout-settings",  # set by the job's role, not by each file
    "require-concurrent-index-creation",  # the first revisions index tables that they create, still empty
    "constraint-missing-not-valid",  # likewise: nothing is there to validate
    "adding-foreign-key-constraint",  # likewise
    "ban-drop-table",  # only the way down drops
    "prefer-bigint-over-int",  # steps, tries and versions stay small; ids that grow are bigint
)
DDL = ("CREATE", "ALTER", "DROP", "COMMENT", "-- SQUAWK-IGNORE")
"""A statement that breaks a rule for a reason begins with ``-- squawk-ignore <rule>``, in its migration."""


def statements_of(connection: Connection, service: ServiceName) -> list[str]:
    """Upgrade to the newest revision and return the DDL that ran."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(DDL) and "alembic_version" not in statement:
            seen.append(statement.strip())

    event.listen(connection, "before_cursor_execute", note)
    upgrade(connection, service, rehearsal=False)
    event.remove(connection, "before_cursor_execute", note)
    return seen


def leftovers(connection: Connection, service: ServiceName) -> list[str]:
    """Tables that are still there after the way down."""
    downgrade(connection, service)
    return [name for name in inspect(connection).get_table_names() if name != "alembic_version"]


def squawk(statements: list[str], service: ServiceName, folder: Path) -> str:
    """What squawk says of the DDL, empty when it is content."""
    file = folder / f"{service}.sql"
    file.write_text(";\n".join(statements) + ";\n")
    done = subprocess.run(
        [str(SQUAWK), "--assume-in-transaction", *(f"--exclude={rule}" for rule in LEFT_OUT), str(file)],
        check=False,
        capture_output=True,
        text=True,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


async def check(service: ServiceName, url: str, folder: Path) -> list[str]:
    """All complaints about one service's migrations."""
    engine = create_async_engine(engine_url(url), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            statements = await connection.run_sync(statements_of, service)
        async with engine.connect() as connection:
            complaints = await connection.run_sync(
                differences, importlib.import_module(f"services.{service}.tables").metadata
            )
        async with engine.begin() as connection:
            complaints += [
                f"still there after the way down: {name}"
                for name in await connection.run_sync(leftovers, service)
            ]
    finally:
        await engine.dispose()
    if not statements:
        complaints.append("the migration ran no DDL")
    if said := squawk(statements, service, folder):
        complaints.append(said)
    return [f"{service}: {complaint}" for complaint in complaints]


def main() -> None:
    """Check all four and exit 1 on any complaint."""
    folder = Path(tempfile.mkdtemp(prefix="kcity-migrations-"))
    folder.chmod(0o755)
    try:
        with EmbeddedPostgres(folder / "postgres", free_port(), fast=True) as server:
            complaints = [
                complaint
                for service in SERVICES
                for complaint in asyncio.run(check(service, server.ensure_service(service, "check"), folder))
            ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(complaints) or "migrations: up, same as the tables, squawk content, down – all four")
    sys.exit(bool(complaints))


if __name__ == "__main__":
    main()
