"""The pytest plugin of the test kit: real PostgreSQL, real brokers, migrated databases, a steppable clock."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from deploy.kafka.server import KafkaServer
from deploy.local.broker import EmbeddedBroker
from deploy.local.issuer import Issuer, mint
from deploy.local.keys import load_key
from deploy.local.ports import free_port
from deploy.local.postgres import EmbeddedPostgres
from deploy.local.smtp_sink import SmtpSink
from shared.bus.connection import BusAddress
from shared.database.migrate import migrate
from shared.ids import new_uuid
from shared.settings import ServiceName

hypothesis_settings.register_profile("house", deadline=None)  # no test judges by time
hypothesis_settings.load_profile("house")

TokenFor = Callable[..., str]
DatabaseOf = Callable[[ServiceName], Awaitable[str]]


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A folder that the unprivileged account of the embedded parts can enter."""
    folder = Path(tempfile.mkdtemp(prefix="kcity-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(scratch: Path) -> Iterator[EmbeddedPostgres]:
    """One PostgreSQL server for the whole session, without fsync."""
    with EmbeddedPostgres(scratch / "postgres", free_port(), fast=True) as server:
        yield server


@pytest.fixture(scope="session")
def bus(scratch: Path) -> Iterator[BusAddress]:
    """The broker under test: embedded, or Apache Kafka with ``KCITY_TEST_BROKER=kafka``."""
    if os.environ.get("KCITY_TEST_BROKER", "embedded") == "kafka":
        kafka = KafkaServer(scratch / "kafka", free_port())
        kafka.start()
        try:
            yield BusAddress(
                kafka.bootstrap, idempotent_producer=True, session_timeout_ms=6_000, replication=1
            )
        finally:
            kafka.stop()
        return
    with EmbeddedBroker(free_port(), scratch / "broker") as broker:
        yield embedded_address(broker)


@pytest.fixture
def own_broker() -> Iterator[EmbeddedBroker]:
    """An embedded broker for one test, which may kill it."""
    with EmbeddedBroker(free_port()) as broker:
        yield broker


def embedded_address(broker: EmbeddedBroker) -> BusAddress:
    """How to talk to the embedded broker."""
    return BusAddress(
        broker.bootstrap,
        idempotent_producer=False,
        session_timeout_ms=6_000,
        replication=1,
        create_topics=True,
        fetch_max_wait_ms=10,
    )


@pytest.fixture
def empty_database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a fresh, empty database; it is dropped afterwards."""
    name = f"t{new_uuid().hex}"
    yield postgres.ensure_service(name, "test-password")
    _drop(postgres, name)


@pytest.fixture(scope="session")
def templates() -> dict[ServiceName, str]:
    """Migrated template databases, made when first needed."""
    return {}


@pytest.fixture
async def database_of(
    postgres: EmbeddedPostgres, templates: dict[ServiceName, str]
) -> AsyncIterator[DatabaseOf]:
    """Gives the address of a fresh, migrated rehearsal database of a service; dropped after the test."""
    async with _cloning(postgres, templates) as clone:
        yield clone


@pytest.fixture(scope="module")
async def lasting_database_of(
    postgres: EmbeddedPostgres, templates: dict[ServiceName, str]
) -> AsyncIterator[DatabaseOf]:
    """As ``database_of``, for databases that all tests of a module share."""
    async with _cloning(postgres, templates) as clone:
        yield clone


@pytest.fixture
def smtp_sink(tmp_path: Path) -> Iterator[SmtpSink]:
    """A real SMTP server that keeps what it gets."""
    with SmtpSink(tmp_path / "mail", free_port()) as sink:
        yield sink


@pytest.fixture(scope="session")
def issuer(scratch: Path) -> Iterator[Issuer]:
    """A real OpenID Connect issuer in a process of its own."""
    with Issuer(scratch / "issuer", free_port()) as running:
        yield running


@pytest.fixture(scope="session")
def token_for(issuer: Issuer) -> TokenFor:
    """Mints a token of ``issuer``: ``token_for("applicant", subject=…, organisation_id=…, tracks=…)``."""
    key = load_key(issuer.key_file, kid_prefix="local-")

    def mint_for(*roles: str, subject: str | None = None, **claims: Any) -> str:
        return mint(key, issuer.url, subject=subject or str(new_uuid()), roles=roles, **claims)

    return mint_for


@asynccontextmanager
async def _cloning(
    postgres: EmbeddedPostgres, templates: dict[ServiceName, str]
) -> AsyncIterator[DatabaseOf]:
    made: list[str] = []

    async def clone(service: ServiceName) -> str:
        if service not in templates:
            templates[service] = f"template_{service}_{new_uuid().hex[-8:]}"
            url = postgres.ensure_service(templates[service], "test-password")
            await migrate(service, url, rehearsal=True)
        name = f"{service}_{new_uuid().hex}"
        made.append(name)
        return _clone(postgres, templates[service], name)

    yield clone
    for name in made:
        _drop(postgres, name)


def _clone(postgres: EmbeddedPostgres, template: str, name: str) -> str:
    with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template), sql.Identifier(template)
            )
        )
    return postgres.url_of(template, "test-password", name)


def _drop(postgres: EmbeddedPostgres, name: str) -> None:
    with psycopg.connect(postgres.superuser_url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
