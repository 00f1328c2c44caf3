"""The whole order of ``make run`` with real parts, and dummies where the services stand."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from rich.console import Console

from deploy.local.ledger import MARK
from deploy.local.ports import free_offset
from deploy.local.program import Program
from deploy.local.run import FAILED, Wishes, run
from deploy.local.running import marked, working_in
from deploy.local.stack import PortTaken, Stack, without_password
from deploy.local.supervisor import Job, Service, StackFailed
from deploy.local.tests.dummy_stack import dummy
from shared.settings import SERVICES

REHEARSE = """
import json, sys, urllib.request
out, verdict, url = sys.argv[1:]
assert urllib.request.urlopen(url + "/health").status == 200
assert urllib.request.urlopen(url + "/catalog/v1/projects").status == 200
open(out, "w").write(json.dumps({"ok": verdict == "good"}))
"""


@dataclass(frozen=True)
class StackOfDummies(Stack):
    """Real parts and front door; a dummy behind each API; jobs that do nothing."""

    verdict: str = "good"

    def migrations(self) -> list[Job]:
        return [Job("migrate", Program((sys.executable, "-c", "")))]

    def topics(self) -> Job:
        return Job("topics", Program((sys.executable, "-c", "")))

    def apis(self) -> list[Service]:
        return [dummy(f"{service}-api", self.api_port(service)) for service in SERVICES]

    def workers(self) -> list[Service]:
        return []

    def rehearsal(self) -> Job:
        argv = (sys.executable, "-c", REHEARSE, str(self.rehearsal_file), self.verdict, self.front_door.url)
        return Job("rehearsal", Program(argv, inherits_terminal=True))


def stack_in(folder: Path) -> StackOfDummies:
    """A stack beside others: every port is its usual one plus an offset at which all are free."""
    return StackOfDummies.from_environment(
        {"KCITY_LOCAL_FOLDER": str(folder), "KCITY_PORT_OFFSET": str(free_offset())}
    )


def console() -> Console:
    return Console(file=io.StringIO(), width=120)


class TestRunOnce:
    async def test_comes_up_from_nothing_rehearses_and_leaves_nothing_running(self, tmp_path: Path) -> None:
        screen = console()
        stack = stack_in(tmp_path)
        assert await run(stack, Wishes(once=True, rehearse=True), screen) == 0
        assert not marked(MARK, str(tmp_path))
        assert isinstance(screen.file, io.StringIO)
        shown = screen.file.getvalue()
        assert stack.front_door.url in shown
        assert stack.keys.database_passwords["intake"] not in shown

    async def test_comes_up_again_on_the_same_folder_with_its_databases(self, tmp_path: Path) -> None:
        stack = stack_in(tmp_path)
        wishes = Wishes(once=True, rehearse=False)
        assert await run(stack, wishes, console()) == 0
        assert stack.postgres is not None
        with stack.postgres, psycopg.connect(stack.database_url("intake")) as connection:
            connection.execute("CREATE TABLE kept ()")
        assert await run(stack, wishes, console()) == 0
        with stack.postgres, psycopg.connect(stack.database_url("intake")) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)

    async def test_fails_when_the_rehearsal_found_something(self, tmp_path: Path) -> None:
        base = stack_in(tmp_path)
        stack = StackOfDummies(base.folder, base.offset, base.given, base.keys, verdict="bad")
        assert await run(stack, Wishes(once=True, rehearse=True), console()) == FAILED
        assert json.loads(stack.rehearsal_file.read_text()) == {"ok": False}

    async def test_names_the_job_that_failed_and_ends_the_parts(self, tmp_path: Path) -> None:
        class Broken(StackOfDummies):
            def topics(self) -> Job:
                return Job("topics", Program((sys.executable, "-c", "raise SystemExit('no broker')")))

        base = stack_in(tmp_path)
        with pytest.raises(StackFailed, match=r"topics ended with 1(.|\n)*no broker"):
            await run(Broken(base.folder, base.offset, base.given, base.keys), Wishes(True, True), console())
        assert not marked(MARK, str(tmp_path))


STAY_UP = """
import asyncio, sys
from pathlib import Path
from deploy.local.lifetime import run_to_the_end
from deploy.local.run import Wishes, run
from deploy.local.tests.test_run import StackOfDummies
from rich.console import Console
stack = StackOfDummies.from_environment()
sys.exit(run_to_the_end(run(stack, Wishes(once=False, rehearse=False), Console())))
"""


def stay_up(stack: Stack) -> "subprocess.Popen[str]":
    """The stack in a process of its own, up when this returns."""
    environment = {"KCITY_LOCAL_FOLDER": str(stack.folder), "KCITY_PORT_OFFSET": str(stack.offset)}
    argv = [sys.executable, "-c", STAY_UP]
    process = subprocess.Popen(argv, env=os.environ | environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any("Everything is up" in line for line in iter(process.stdout.readline, ""))
    return process


class TestRunThatStays:
    def test_is_killed_comes_back_on_the_same_folder_and_ends_by_ctrl_c(self, tmp_path: Path) -> None:
        stack = stack_in(tmp_path)
        with stay_up(stack) as killed:
            killed.kill()
        with stay_up(stack) as heir:
            heir.send_signal(signal.SIGINT)
            assert heir.wait(60) == 130
        assert not marked(MARK, str(tmp_path))
        assert stack.postgres is not None
        assert not working_in(stack.postgres.data, "postgres")


class TestStack:
    def test_uses_given_addresses_instead_of_parts(self, tmp_path: Path) -> None:
        databases = {
            f"KCITY_{service.upper()}_DATABASE_URL": f"postgresql://u:p@db/{service}" for service in SERVICES
        }
        elsewhere = {
            "KCITY_KAFKA_BOOTSTRAP": "kafka:9092",
            "KCITY_KAFKA_REPLICATION": "3",
            "KCITY_SMTP_URL": "smtp://u:p@relay:25",
            "KCITY_ISSUER_URL": "https://issuer.example",
        }
        stack = Stack.from_environment({"KCITY_LOCAL_FOLDER": str(tmp_path), **databases, **elsewhere})
        assert stack.parts == []
        environment = stack.environment("review")
        assert environment.items() >= elsewhere.items()
        assert environment["KCITY_DATABASE_URL"] == "postgresql://u:p@db/review"
        assert "KCITY_KAFKA_IDEMPOTENT_PRODUCER" not in environment
        assert not any("--rehearsal" in job.program.argv for job in stack.migrations())
        assert not any(":p@" in address for _, address in stack.addresses())

    def test_marks_embedded_databases_as_rehearsals(self, tmp_path: Path) -> None:
        stack = stack_in(tmp_path)
        assert [job.program.argv[-1] for job in Stack.migrations(stack)] == ["--rehearsal"] * 4
        assert stack.environment("intake")["KCITY_KAFKA_IDEMPOTENT_PRODUCER"] == "false"

    def test_has_a_port_of_its_own_for_everything(self, tmp_path: Path) -> None:
        ports = list(stack_in(tmp_path).ports())
        assert len(set(ports)) == len(ports) == 13

    def test_names_the_port_that_is_taken(self, tmp_path: Path) -> None:
        stack = stack_in(tmp_path)
        with (
            socket.create_server(("127.0.0.1", stack.front_door.port)),
            pytest.raises(PortTaken, match=str(stack.front_door.port)),
        ):
            stack.check_ports()

    def test_shows_an_address_without_its_password(self) -> None:
        assert (
            without_password("postgresql://intake:secret@127.0.0.1:5/intake")
            == "postgresql://intake@127.0.0.1:5/intake"
        )
        assert without_password("smtp://127.0.0.1:25") == "smtp://127.0.0.1:25"
