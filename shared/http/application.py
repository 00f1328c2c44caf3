"""One way to build every service's API: errors, limits, health, metrics, traces, documentation."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from opentelemetry.sdk.trace import TracerProvider
from pydantic import Field
from sqlalchemy import text
from starlette.types import ASGIApp

from shared.auth.dependencies import PUBLIC, rules_of
from shared.auth.endpoints import identity_router
from shared.auth.verifier import TokenVerifier
from shared.clock.arrival import Arrival
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.operations.router import delivery_router
from shared.http.contract import Contract, describe
from shared.http.documentation import serve_documentation
from shared.http.edge import Edge, arrival_of
from shared.http.failures import answer_with_problems
from shared.http.json_body import read_strictly
from shared.http.methods import Methods
from shared.http.open_reading import OpenReading
from shared.http.problems import type_template
from shared.http.schema import Schema
from shared.limits import Limiter, open_windows
from shared.settings import ServiceName, Settings
from shared.telemetry.logs import configure_logging
from shared.telemetry.metrics import exposition
from shared.telemetry.traces import open_tracing

log = structlog.get_logger()

Resources = Callable[[FastAPI], AbstractAsyncContextManager[Mapping[str, Any]]]
ReadinessCheck = Callable[[FastAPI], Awaitable[str | None]]
"""Gives the reason why the process should get no requests now, or None."""

MOST_BODY_BYTES = 1024 * 1024
API_VERSION = "1.1.0"
_CHECK_SECONDS = 3


class Application(FastAPI):
    """FastAPI inside the edge, with our OpenAPI document."""

    def __init__(
        self,
        settings: Settings,
        contract: Callable[[], Contract],
        open_reading: Sequence[str],
        around: Callable[[ASGIApp], ASGIApp] | None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self._settings = settings
        self._open_reading = open_reading
        self._contract = contract
        self._around = around
        self._described: dict[str, Any] | None = None

    def build_middleware_stack(self) -> ASGIApp:
        """The edge around everything, so that error answers pass through it too."""
        public_url = self._settings.public_url
        methods = Methods(super().build_middleware_stack(), self)
        limiter = Limiter(methods, self, self._settings, type_template(public_url))
        edge = Edge(OpenReading(limiter, self._open_reading), self, public_url)
        return edge if self._around is None else self._around(edge)

    def openapi(self) -> dict[str, Any]:
        """The document with all that the contract says of it, put together when it is first asked for."""
        if self._described is None:
            self._described = describe(super().openapi(), self._contract(), rules_of(self))
        return self._described


def create_application(
    *,
    settings: Settings,
    title: str,
    description: str,
    routers: Sequence[APIRouter],
    open_resources: Resources,
    readiness: Sequence[ReadinessCheck] = (),
    contract: Callable[[], Contract] = Contract,
    tracing: TracerProvider | None = None,
    open_reading: Sequence[str] = (),
    around: Callable[[ASGIApp], ASGIApp] | None = None,
) -> FastAPI:
    """The API of one process. Each resource becomes ``app.state.<name>``; ``database`` and ``clock`` are expected.

    ``tokens`` (a ``TokenVerifier`` for the settings' issuer) and ``windows`` (where requests are counted) are
    opened here unless a resource has that name.
    ``open_reading``: where the paths begin that pages of any origin may read.
    ``around``: wraps everything, the edge too; it sees each answer as it goes out.
    A body may have 1 MiB; a route raises that with its ``max_body_size``. ``tracing`` replaces the settings'
    tracer provider (tests).
    """
    configure_logging(settings.log_level)
    provider = tracing or open_tracing(settings)
    app = Application(
        settings,
        contract,
        open_reading,
        around,
        title=title,
        description=description,
        version=API_VERSION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=MOST_BODY_BYTES,
        lifespan=_lifespan(settings, open_resources, provider),
        telemetry={
            "tracer_provider": provider,
            "tracing": provider is not None,
            "metrics": False,  # Prometheus by route template, in the edge
            "logs": False,  # they would carry exception texts
            "operation_spans": False,
            "auto_configure": False,
        },
    )
    answer_with_problems(app, settings.public_url)
    for router in (
        _operations_router(settings.service, readiness),
        identity_router(),
        *routers,
        delivery_router(settings.service),
    ):
        read_strictly(router)
        app.include_router(router)
    serve_documentation(app)
    return app


async def arrival(request: Request) -> Arrival:
    """When the request arrived, by the authority clock, before anything else was done with it."""
    return arrival_of(request)


ArrivalDep = Annotated[Arrival, Depends(arrival)]


class Health(Schema):
    """The process is alive."""

    status: str = Field(examples=["ok"])
    service: ServiceName = Field(examples=["intake"])
    rehearsal: bool = Field(description="Whether this is a rehearsal, whose clock can be stepped")


class Readiness(Schema):
    """Whether the process should get requests, and if not, why."""

    ready: bool = Field(examples=[True])
    reasons: list[str] = Field(examples=[[]])


def _lifespan(
    settings: Settings, open_resources: Resources, provider: TracerProvider | None
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            if provider is not None:
                stack.callback(provider.shutdown)
            resources = dict(await stack.enter_async_context(open_resources(app)))
            if "tokens" not in resources:
                verifier = TokenVerifier(
                    settings.issuer_url, settings.audience, now=_real_time(resources["clock"])
                )
                resources["tokens"] = await stack.enter_async_context(verifier)
            if "windows" not in resources:
                address = None if settings.valkey_url is None else settings.valkey_url.get_secret_value()
                windows = open_windows(address)
                resources["windows"] = await stack.enter_async_context(windows)
            for name, resource in resources.items():
                setattr(app.state, name, resource)
            yield

    return lifespan


def _real_time(clock: AuthorityClock) -> Callable[[], float]:
    """Seconds since 1970 by the authority clock: tokens do not suffer from a host's clock that is off."""

    def seconds() -> float:
        return clock.technical().at.timestamp()

    return seconds


def _operations_router(service: ServiceName, readiness: Sequence[ReadinessCheck]) -> APIRouter:
    router = APIRouter(tags=["operations"], dependencies=[PUBLIC])

    @router.get("/health", operation_id="getHealth", summary="Ask whether the process is alive")
    async def get_health(request: Request) -> Health:
        """Answers as long as the process runs, whatever it needs is down; says whether this is a rehearsal."""
        clock: AuthorityClock | None = getattr(request.app.state, "clock", None)
        return Health(status="ok", service=service, rehearsal=clock is not None and clock.rehearsal)

    @router.get(
        "/ready",
        operation_id="getReadiness",
        summary="Ask whether the process should get requests",
        responses={503: {"model": Readiness, "description": "Not now; the reasons say why"}},
    )
    async def get_readiness(request: Request, response: Response) -> Readiness:
        """503 with the reasons while the database, the clock or another part that it needs is not there."""
        reasons = await _reasons(request.app, (_database_answers, _clock_is_sharp, *readiness))
        response.status_code = 503 if reasons else 200
        return Readiness(ready=not reasons, reasons=reasons)

    @router.get("/metrics", include_in_schema=False)
    async def get_metrics() -> Response:
        content, media_type = exposition()
        return Response(content, media_type=media_type)

    return router


async def _reasons(app: FastAPI, checks: Sequence[ReadinessCheck]) -> list[str]:
    answers = await asyncio.gather(*(_checked(app, check) for check in checks))
    return [reason for reason in answers if reason is not None]


async def _checked(app: FastAPI, check: ReadinessCheck) -> str | None:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            return await check(app)
    except Exception as error:
        log.warning("http.not_ready", exc_info=error)
        return f"{check.__name__.strip('_').replace('_', ' ')}: no ({type(error).__name__})"


async def _database_answers(app: FastAPI) -> str | None:
    database: Database | None = getattr(app.state, "database", None)
    if database is None:
        return "the database is not open"
    async with database.engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    return None


async def _clock_is_sharp(app: FastAPI) -> str | None:
    clock: AuthorityClock | None = getattr(app.state, "clock", None)
    return "the clock is not open" if clock is None else clock.why_not_ready()


@asynccontextmanager
async def usual_resources(settings: Settings, process_name: str) -> AsyncIterator[dict[str, Any]]:
    """What every API process opens: ``database`` and a ``clock`` that keeps measuring. Merge your own with it.

    Raises what the database raises when it is down at the start: the process ends and is started again.
    Raises ``UnsafeSettings`` when the production profile meets a rehearsal database.
    """
    database = await Database.connect(
        settings.database_url.get_secret_value(),
        size=settings.database_pool_size,
        application_name=process_name,
    )
    clock = AuthorityClock(database, process_name)
    try:
        await clock.open()
        settings.accept_installation(rehearsal=clock.rehearsal)
        measuring = asyncio.create_task(clock.run(), name="clock")
        try:
            yield {"database": database, "clock": clock}
        finally:
            measuring.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await measuring
    finally:
        await database.close()
