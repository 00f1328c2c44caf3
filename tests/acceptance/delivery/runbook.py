"""The commands of ``docs/runbooks/restore-a-database.md``, executed as they stand there."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.postgres import BINARIES, EmbeddedPostgres
from deploy.local.program import Program

RUNBOOK = Path(__file__).resolve().parents[3] / "docs" / "runbooks" / "restore-a-database.md"
BLOCK = re.compile(r"<!-- block: (?P<name>\w+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)
BLOCKS = {found["name"]: found["text"] for found in BLOCK.finditer(RUNBOOK.read_text())}


class ArchivingPostgres(EmbeddedPostgres):
    """A server of its own, set up as the runbook says."""

    def __init__(self, folder: Path, port: int) -> None:
        super().__init__(folder, port, fast=True)
        self.archive = self.folder / "archive"
        self.backups = self.folder / "backups"

    def prepare(self) -> None:
        super().prepare()
        for place in (self.archive, self.backups):
            place.mkdir(exist_ok=True)
            self._give_away(place, 0o700)

    def program(self) -> Program:
        lines = BLOCKS["settings"].replace("$ARCHIVE", str(self.archive)).splitlines()
        pairs = (line.split(" = ", 1) for line in lines)
        options = [part for name, value in pairs for part in ("-c", f"{name}={value.strip(chr(39))}")]
        usual = super().program()
        return Program((*usual.argv, *options), account=usual.account, stop_signal=usual.stop_signal)

    def shell(self, block: str) -> str:
        """Execute a block as the account that the server runs as; what it printed."""
        environment = {
            "PATH": f"{BINARIES}:{os.environ['PATH']}",
            "SUPERUSER_URL": self.superuser_url,
            "PGDATA": str(self.data),
            "ARCHIVE": str(self.archive),
            "BACKUPS": str(self.backups),
        }
        return _run(block, environment, self._account_program())

    def _account_program(self) -> Program:
        return Program(("sh",), account=self._account)

    def kill(self) -> None:
        """kill -9, and the disk is gone."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None
        self.end_leftover()
        self.data.rename(self.folder / "unreadable")


@dataclass(frozen=True, slots=True)
class Recovered:
    """How the recovery ended."""

    code: int
    printed: str


def recover(service: str, environment: Mapping[str, str], *options: str) -> Recovered:
    """The runbook's block ``recover``, with the environment of the service."""
    command = BLOCKS["recover"].replace("python ", f"{sys.executable} ").strip()
    ended = subprocess.run(
        ["/bin/sh", "-euc", " ".join([command, *options])],
        env={**os.environ, **environment, "SERVICE": service},
        cwd=RUNBOOK.parents[2],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Recovered(ended.returncode, ended.stdout + ended.stderr)


def _run(block: str, environment: Mapping[str, str], account: Program) -> str:
    arguments = account.spawn_arguments(None, environment)
    arguments |= {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "cwd": "/"}
    process = subprocess.Popen(["/bin/sh", "-euc", BLOCKS[block]], **arguments)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode == 0, printed.decode()
    return str(printed.decode())
