"""A small service that exists in these tests only: trams, with everything an API does."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, FastAPI, Request, Response
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic import Field
from sqlalchemy import text

from shared.auth.caller import Role
from shared.auth.dependencies import PUBLIC, CallerDep, allow
from shared.auth.rules import Access
from shared.database.connection import Database
from shared.database.revisions import create_shared_v1, create_shared_v2
from shared.errors import DomainError, Invalid, NotFound, Violation
from shared.http.application import ArrivalDep, create_application, usual_resources
from shared.http.problems import problems
from shared.http.schema import Schema
from shared.idempotency_revisions import create_v1
from shared.settings import Profile, Settings
from shared.telemetry.traces import traceparent_now, tracer_provider
from shared.testing.issuer import TokenIssuer


class TramFull(DomainError):
    """Nobody else fits into the tram."""

    title = "The tram is full"

    def __init__(self) -> None:
        super().__init__(
            "Take the next one.", retry_after_seconds=300, facts={"seats": 60, "title": "ignored"}
        )


class Line(Schema):
    """A line."""

    number: int = Field(ge=1, examples=[2])
    colour: str = Field(examples=["green"])


class TramIn(Schema):
    """A tram to add."""

    name: str = Field(max_length=20, examples=["Tram 5"])
    line: Line


class TramOut(Schema):
    """A tram."""

    name: str = Field(examples=["Tram 5"])


class ArrivalOut(Schema):
    """When the request came."""

    at: str
    bound_ms: float


trams = APIRouter(prefix="/v1/trams", tags=["trams"], dependencies=[PUBLIC])


@trams.post(
    "", operation_id="addTram", summary="Add a tram", status_code=201, responses=problems(TramFull, Invalid)
)
async def add_tram(tram: TramIn) -> TramOut:
    if tram.name == "full":
        raise TramFull
    if tram.name == "odd":
        violation = Violation("/body/name", "odd", "A name must be even")
        raise Invalid("It is odd.", violations=[violation])
    return TramOut(name=tram.name)


@trams.post("/cargo", operation_id="loadCargo", summary="Load cargo", max_body_size=3_000_000)
async def load_cargo(request: Request) -> int:
    return len(await request.body())


@trams.get("/arrival", operation_id="getArrival", summary="When this came")
async def get_arrival(arrival: ArrivalDep) -> ArrivalOut:
    return ArrivalOut(at=arrival.at.isoformat(), bound_ms=arrival.bound.total_seconds() * 1000)


@trams.get("/cached", operation_id="getCached", summary="May be kept")
async def get_cached(response: Response) -> TramOut:
    response.headers["Cache-Control"] = "max-age=60"
    return TramOut(name="kept")


@trams.get("/trace", operation_id="getTrace", summary="In which trace this is")
async def get_trace() -> str | None:
    return traceparent_now()


@trams.get("/failures/{kind}", operation_id="fail", summary="Fails", include_in_schema=False)
async def fail(kind: str, request: Request) -> None:
    database: Database = request.app.state.database
    if kind == "bug":
        raise RuntimeError("the secret is 1234")
    if kind == "sql":
        async with database.transaction() as tx:
            await tx.execute(
                text("SELECT * FROM secret_table WHERE name = :name"), dict(request.query_params)
            )
    if kind == "terminated":
        async with database.transaction() as tx:
            await tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    if kind == "bare":
        async with database.pool.acquire() as connection:
            await connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    if kind == "deadlock":
        raise asyncpg.DeadlockDetectedError("made up: it takes two")
    if kind == "refused":
        await asyncpg.connect("postgresql://nobody@127.0.0.1:1/none", timeout=2)
    if kind == "file":
        raise FileNotFoundError("/etc/secret")
    if kind == "answer":
        raise TimeoutError


@trams.get("/{tram_id}", operation_id="getTram", summary="One tram", responses=problems(NotFound))
async def get_tram(tram_id: UUID, express: bool = False) -> TramOut:
    if express:
        raise NotFound("tram")
    return TramOut(name=str(tram_id))


@trams.delete("/{tram_id}", operation_id="removeTram", summary="Remove a tram", status_code=204)
async def remove_tram(tram_id: UUID) -> None:
    del tram_id


depots = APIRouter(prefix="/v1/depots", tags=["depots"])


@depots.get("/mine", operation_id="getMine", summary="Who I am", dependencies=[allow(Access.known())])
async def get_mine(caller: CallerDep) -> str:
    return caller.subject


@depots.get(
    "/keys",
    operation_id="getKeys",
    summary="For officers",
    dependencies=[allow(Access.to(Role.MINISTRY_OFFICER))],
)
async def get_keys(officer: CallerDep) -> str:
    return officer.subject


class _Op:
    """Alembic's ``op`` as far as the frozen DDL needs it."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, sqltext: str) -> None:
        self._connection.exec_driver_sql(sqltext)


@pytest.fixture
async def migrated_url(empty_database_url: str) -> str:
    """A rehearsal database with the shared tables and the idempotency keys."""
    database = await Database.connect(empty_database_url, any_timeline=True)
    async with database.transaction() as tx:
        await tx.run_sync(lambda connection: create_shared_v1(_Op(connection)))
        await tx.run_sync(lambda connection: create_v1(_Op(connection)))
        await tx.run_sync(lambda connection: create_shared_v2(_Op(connection)))
        await tx.execute(text("INSERT INTO installation (kind) VALUES ('rehearsal')"))
        await tx.execute(text("INSERT INTO database_timeline (timeline) VALUES (1)"))
    await database.close()
    return empty_database_url


@pytest.fixture
def superuser_url(postgres: Any) -> str:
    """The server's own address, for breaking things."""
    return str(postgres.superuser_url)


@pytest.fixture
def settings(migrated_url: str) -> Settings:
    return Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url=migrated_url,
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=TokenIssuer.url,
        public_url="https://k-city.example",
    )


@pytest.fixture
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
async def app(settings: Settings, issuer: TokenIssuer, spans: InMemorySpanExporter) -> AsyncIterator[FastAPI]:
    """The API of trams and depots, open, over a real database."""

    @asynccontextmanager
    async def open_resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with usual_resources(settings, "trams-api") as usual, issuer.verifier() as tokens:
            yield {**usual, "tokens": tokens}

    provider = tracer_provider("intake", ratio=1)
    provider.add_span_processor(SimpleSpanProcessor(spans))
    app = create_application(
        settings=settings,
        title="Trams",
        description="Trams of a city",
        routers=[trams, depots],
        open_resources=open_resources,
        tracing=provider,
    )
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://intake") as client:
        yield client
