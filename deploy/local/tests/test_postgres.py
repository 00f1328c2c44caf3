"""The embedded PostgreSQL: isolation, kills, leftovers."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from deploy.local.ports import free_port
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.running import end, working_in


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedPostgres]:
    """A running server; tmp_path is closed to other accounts, as root's home would be."""
    server = EmbeddedPostgres(tmp_path / "postgres", free_port(), fast=True)
    with server:
        yield server
    end(lambda: working_in(server.data, "postgres"), signal.SIGKILL)


def write_row(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('서울')")


def rows(url: str) -> list[tuple[str, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


def start_and_kill_the_parent(server: EmbeddedPostgres, before: str = "") -> None:
    """Start the server from another process, and kill that process once the server is up."""
    code = f"""
import time
from pathlib import Path
from deploy.local.postgres import EmbeddedPostgres
{before}
EmbeddedPostgres(Path({str(server.folder)!r}), {server.port}, fast=True).start()
print("up", flush=True)
time.sleep(600)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        parent.kill()


class TestRoles:
    def test_a_role_reaches_its_own_database_and_no_other(self, server: EmbeddedPostgres) -> None:
        intake = server.ensure_service("intake", "secret-1")
        server.ensure_service("review", "secret-2")
        write_row(intake)
        for foreign in ("review", "postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(server.url_of("intake", "secret-1", foreign))

    def test_a_wrong_password_is_refused(self, server: EmbeddedPostgres) -> None:
        server.ensure_service("intake", "secret-1")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.url_of("intake", "wrong", "intake"))

    def test_asking_again_keeps_the_data_and_takes_the_new_password(self, server: EmbeddedPostgres) -> None:
        write_row(server.ensure_service("intake", "secret-1"))
        assert rows(server.ensure_service("intake", "secret-2")) == [("서울",)]

    def test_a_role_cannot_make_roles_or_databases(self, server: EmbeddedPostgres) -> None:
        url = server.ensure_service("intake", "secret-1")
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in ("CREATE ROLE other", "CREATE DATABASE other"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)


class TestCluster:
    def test_knows_the_case_of_every_script(self, server: EmbeddedPostgres) -> None:
        with psycopg.connect(server.superuser_url) as connection:
            assert connection.execute("SELECT upper('straße'), lower('ÅΣ')").fetchone() == ("STRASSE", "åς")

    def test_does_not_run_as_root_and_keeps_its_folder_closed(self, server: EmbeddedPostgres) -> None:
        assert server.pid is not None
        assert psutil.Process(server.pid).uids().effective != 0
        assert server.folder.stat().st_mode & 0o077 == 0

    def test_listens_on_loopback_alone(self, server: EmbeddedPostgres) -> None:
        assert server.pid is not None
        listening = [
            c.laddr.ip for c in psutil.Process(server.pid).net_connections("all") if c.status == "LISTEN"
        ]
        assert listening == ["127.0.0.1"]


class TestAfterAKill:
    def test_comes_back_with_every_commit(self, tmp_path: Path) -> None:
        with EmbeddedPostgres(tmp_path / "postgres", free_port()) as server:
            url = server.ensure_service("intake", "secret-1")
            write_row(url)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            server.start()
            assert rows(url) == [("서울",)]

    def test_starts_beside_a_stale_pid_file_that_names_a_living_stranger(
        self, server: EmbeddedPostgres
    ) -> None:
        pid_file = server.data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        server.stop()
        with subprocess.Popen(["sleep", "600"], user=server.data.stat().st_uid, cwd="/") as stranger:
            pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
            server.start()
            assert stranger.poll() is None
            stranger.kill()

    def test_ends_an_orphan_on_the_same_data_and_starts(self, scratch: Path) -> None:
        no_death_signal = "from deploy.local import account; account._libc = lambda: None"
        heir = EmbeddedPostgres(scratch / "orphaned", free_port(), fast=True)
        start_and_kill_the_parent(heir, no_death_signal)
        orphans = {process.pid for process in working_in(heir.data, "postgres")}
        assert orphans
        with heir:
            assert orphans.isdisjoint(process.pid for process in working_in(heir.data, "postgres"))

    def test_goes_down_with_its_parent(self, tmp_path: Path) -> None:
        server = EmbeddedPostgres(tmp_path / "postgres", free_port(), fast=True)
        start_and_kill_the_parent(server)
        deadline = time.monotonic() + 30
        while working_in(server.data, "postgres") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not working_in(server.data, "postgres")
