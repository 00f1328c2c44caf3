"""A service that sells tram tickets, each at most once."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request
from sqlalchemy import MetaData, text

from shared.auth.caller import Role
from shared.auth.dependencies import allow
from shared.auth.rules import Access
from shared.database.connection import Database
from shared.database.tables import NAMING
from shared.errors import DomainError
from shared.http.application import create_application
from shared.http.problems import problems
from shared.http.schema import Schema
from shared.idempotency.act import ActDep, KeyReused, TwinInFlight
from shared.idempotency.lookup import idempotency_router
from shared.idempotency.store import add_idempotency_table
from shared.idempotency_revisions import create_v1
from shared.ids import new_uuid
from shared.settings import Profile, Settings
from shared.testing.issuer import TokenIssuer

METADATA = MetaData(naming_convention=NAMING)
add_idempotency_table(METADATA)


class NoSuchLine(DomainError):
    """There is no such line, so there is no ticket."""


class TicketIn(Schema):
    """A ticket to buy."""

    line: int
    name: str = ""


class TicketOut(Schema):
    """A ticket."""

    id: UUID
    line: int


router = APIRouter(prefix="/v1", dependencies=[allow(Access.known())])


@router.post(
    "/lines/{kind}/tickets",
    operation_id="buyTicket",
    status_code=201,
    responses=problems(TwinInFlight, KeyReused),
)
async def buy_ticket(kind: str, ticket: TicketIn, act: ActDep, request: Request) -> TicketOut:
    async with act.once(request.app.state.database) as once:
        if once.kept is None:
            if ticket.line > 9:
                raise NoSuchLine("Lines go up to 9.")
            bought = await once.tx.scalar(
                text("INSERT INTO ticket (line) VALUES (:line) RETURNING id"), {"line": ticket.line}
            )
            if kind == "forgetful":
                return TicketOut(id=bought, line=ticket.line)
            await once.keep(status=201, reference=str(bought), for_good=kind == "lasting")
            return TicketOut(id=bought, line=ticket.line)
        row = (
            await once.tx.execute(
                text("SELECT id, line FROM ticket WHERE id = :id"), {"id": UUID(once.kept.reference)}
            )
        ).one()
        return TicketOut(id=row.id, line=row.line)


class _Op:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sqltext: str) -> None:
        self._connection.exec_driver_sql(sqltext)


@pytest.fixture
async def database(empty_database_url: str) -> AsyncIterator[Database]:
    database = await Database.connect(empty_database_url, any_timeline=True)
    async with database.transaction() as tx:
        await tx.run_sync(lambda connection: create_v1(_Op(connection)))
        await tx.execute(
            text("CREATE TABLE ticket (id uuid PRIMARY KEY DEFAULT uuidv7(), line int NOT NULL)")
        )
    yield database
    await database.close()


@pytest.fixture
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture
async def client(database: Database, issuer: TokenIssuer) -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def open_resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with issuer.verifier() as tokens:
            yield {"database": database, "tokens": tokens}

    settings = Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url="postgresql://unused",
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=issuer.url,
    )
    app = create_application(
        settings=settings,
        title="Tickets",
        description="",
        routers=[router, idempotency_router()],
        open_resources=open_resources,
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://intake",
            headers=issuer.header("buyer", Role.OPERATOR),
        ) as client,
    ):
        yield client


@pytest.fixture
def key() -> str:
    return str(new_uuid())
