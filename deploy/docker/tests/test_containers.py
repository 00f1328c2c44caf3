"""The small programs that run in containers, run here for real."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from deploy.docker.image import ROOT
from deploy.docker.make_receipt_key import make
from deploy.local.ports import free_port
from deploy.local.postgres import BINARIES, EmbeddedPostgres
from shared.settings import SERVICES
from shared.signing import ReceiptSigner, verify

SCRIPT = ROOT / "deploy/docker/create-databases.sh"
PASSWORDS: dict[str, str] = {service: f'it\'s {service}; "quoted" $HOME' for service in SERVICES}


@pytest.fixture(scope="module")
def server(scratch: Path) -> Iterator[EmbeddedPostgres]:
    """A server of its own, as the image has it after its first start."""
    with EmbeddedPostgres(scratch / "containers-postgres", free_port(), fast=True) as server:
        subprocess.run(["bash", str(SCRIPT)], check=True, env=environment(server), timeout=60)
        yield server


def environment(server: EmbeddedPostgres) -> dict[str, str]:
    address = conninfo_to_dict(server.superuser_url)
    return {
        "PATH": f"{BINARIES}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.port),
        "PGPASSWORD": str(address["password"]),
        "POSTGRES_USER": str(address["user"]),
        **{f"KCITY_{service.upper()}_DATABASE_PASSWORD": word for service, word in PASSWORDS.items()},
    }


def connect(server: EmbeddedPostgres, role: str, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host="127.0.0.1", port=server.port, user=role, password=PASSWORDS[role], dbname=database
    )


class TestCreateDatabases:
    @pytest.mark.parametrize("service", SERVICES)
    def test_each_service_may_create_tables_in_its_own_database(
        self, server: EmbeddedPostgres, service: str
    ) -> None:
        with connect(server, service, service) as connection:
            connection.execute("CREATE TABLE mine (id int)")
            connection.rollback()

    @pytest.mark.parametrize("service", SERVICES)
    def test_no_service_may_connect_to_another_database(self, server: EmbeddedPostgres, service: str) -> None:
        for other in {*SERVICES, "postgres", "template1"} - {service}:
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                connect(server, service, other)

    def test_passwords_are_kept_as_scram_verifiers(self, server: EmbeddedPostgres) -> None:
        with psycopg.connect(server.superuser_url) as connection:
            rows = connection.execute(
                "SELECT rolpassword FROM pg_authid WHERE rolname = ANY(%s)", [list(SERVICES)]
            ).fetchall()
        assert len(rows) == len(SERVICES)
        assert all(verifier.startswith("SCRAM-SHA-256$") for (verifier,) in rows)


class TestMakeReceiptKey:
    def test_makes_a_rehearsal_key_that_signs_and_that_only_its_owner_reads(self, tmp_path: Path) -> None:
        file = tmp_path / "receipt.jwk"
        make(file)
        signer = ReceiptSigner.from_jwk_file(file)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert signer.key_id.startswith("rehearsal-")
        assert verify(signer.sign({"receipt_no": "one"}), signer.public_jwks) == {"receipt_no": "one"}

    def test_keeps_the_key_that_is_there(self, tmp_path: Path) -> None:
        file = tmp_path / "receipt.jwk"
        make(file)
        first = file.read_bytes()
        make(file)
        assert file.read_bytes() == first
