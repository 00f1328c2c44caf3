"""What a run measures on: PostgreSQL that really syncs, the embedded broker, the issuer, and their databases.

Everything lies in a folder of the checkout (a system's temporary folder may be in memory, where syncing
costs nothing) and is gone afterwards.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from deploy.bench.processes import run_program
from deploy.local.keys import open_keys
from deploy.local.part import Part
from deploy.local.ports import free_offset
from deploy.local.program import ROOT
from deploy.local.stack import UNLIMITED, Stack
from deploy.local.supervisor import Job
from shared.commands import migrate_command
from shared.database.revisions import create_shared_v1, create_shared_v2
from shared.ids import new_uuid
from shared.settings import ServiceName


@dataclass(frozen=True, slots=True)
class Installation:
    """The parts of one run, all up."""

    stack: Stack
    folder: Path

    def environment(self, database_url: str | None = None) -> dict[str, str]:
        """What intake's processes are told; ``database_url`` names another database than intake's."""
        environment = self.stack.environment("intake") | {"KCITY_LOG_LEVEL": "INFO"} | UNLIMITED
        return environment | ({"KCITY_DATABASE_URL": database_url} if database_url else {})

    @property
    def intake_url(self) -> str:
        """Address of intake's database."""
        return self.stack.database_url("intake")

    @property
    def postmaster_pid(self) -> int:
        """The server process of PostgreSQL."""
        return _pid(self.stack.postgres)

    def fresh_database(self, name: str) -> str:
        """Address of a new database with the shared tables alone, as both ends of a delivery."""
        url = self.empty_database(name)
        with psycopg.connect(url) as connection:
            for create in (create_shared_v1, create_shared_v2):
                create(_Statements(connection))
            connection.execute("INSERT INTO database_timeline (timeline) VALUES (1)")
            connection.execute("INSERT INTO installation (kind) VALUES ('rehearsal')")
        return url

    def empty_database(self, name: str) -> str:
        """Address of a new database with nothing in it."""
        if self.stack.postgres is None:
            raise LookupError("the run has its own server")
        return self.stack.postgres.ensure_service(name, new_uuid().hex)

    def migrate_intake(self, database_url: str | None = None) -> None:
        """Intake's own tables, marked as a rehearsal, so that the clock can be stepped into a window."""
        self.migrate("intake", self.environment(database_url))

    def migrate(self, service: ServiceName, environment: Mapping[str, str]) -> None:
        """A service's own tables, in a rehearsal database."""
        argv = migrate_command(service, rehearsal=True, python=sys.executable)
        run_program(f"{service}-migrate", argv, environment, self.folder)

    def provision(self) -> None:
        """Every topic."""
        job: Job = self.stack.topics()
        run_program(job.name, job.program.argv, job.program.environment, self.folder)


class _Statements:
    """Runs the frozen DDL over psycopg."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]") -> None:
        self._connection = connection

    def execute(self, sqltext: str) -> None:
        """Run one statement."""
        self._connection.execute(sqltext.encode())


@contextmanager
def installed() -> Iterator[Installation]:
    """Everything up for one run; stopped and removed at its end, however it ends."""
    (ROOT / ".local").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / ".local"))
    folder.chmod(0o755)  # PostgreSQL runs under another account when we are root
    try:
        stack = Stack(folder, free_offset(), {}, open_keys(folder / "keys"))
        with ExitStack() as parts:
            for part in (stack.postgres, stack.broker, stack.issuer):
                parts.enter_context(_required(part))
            stack.make_databases()
            installation = Installation(stack, folder)
            installation.provision()
            yield installation
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _required(part: Part | None) -> Part:
    if part is None:
        raise LookupError("the run brings all its parts")
    return part


def _pid(part: Part | None) -> int:
    pid = _required(part).pid
    if pid is None:
        raise LookupError("the part does not run")
    return pid
