"""A real front door before a real API server: the house's own application, with a few routes of each kind."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from deploy.local.front_door import FrontDoor
from deploy.local.ports import free_port
from shared.auth.dependencies import PUBLIC
from shared.http.application import create_application
from shared.http.draining import QuietServer
from shared.http.schema import Schema
from shared.settings import Profile, Settings
from shared.testing.issuer import TokenIssuer


class Note(Schema):
    text: str


notes = APIRouter(prefix="/v1", dependencies=[PUBLIC])


@notes.get("/notes")
async def list_notes(request: Request) -> dict[str, Any]:
    """Whom it thinks it talks to."""
    return {
        "client": request.client.host if request.client else None,
        "scheme": request.url.scheme,
        "host": request.headers.get("host"),
        "prefix": request.headers.get("x-forwarded-prefix"),
        "request_id": request.state.request_id,
    }


@notes.get("/notes/long")
async def read_long_note() -> str:
    return "smart city " * 1000


@notes.post("/notes", status_code=201)
async def add_note(note: Note, response: Response) -> int:
    response.headers["Location"] = note.text if "/" in note.text else "/v1/notes/long"
    return len(note.text)


@notes.post("/applications/{application_id}/documents", status_code=201, max_body_size=200_000_000)
async def upload(application_id: str, request: Request) -> dict[str, Any]:
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
    return {"application": application_id, "length": length}


@dataclass
class Api:
    """The API behind the door, and the heads of all requests that came to it."""

    port: int
    heads: list[tuple[str, str]] = field(default_factory=list)


def _application() -> FastAPI:
    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with TokenIssuer().verifier() as tokens:
            yield {"tokens": tokens}

    settings = Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=TokenIssuer.url,
        public_url="https://k-city.example",
    )
    return create_application(
        settings=settings, title="Notes", description="Notes", routers=[notes], open_resources=resources
    )


@pytest.fixture(scope="package")
def api() -> Iterator[Api]:
    """Our server, on a thread of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        told = Api(listener.getsockname()[1])
        app = _application()
        started, ended = threading.Event(), threading.Event()

        async def serve() -> None:
            config = uvicorn.Config(
                _noting(app, told), http="httptools", access_log=False, server_header=False, log_level="error"
            )
            config.load()

            async def is_ready() -> bool:
                return True

            server = QuietServer(config, is_ready, idle_seconds=0)
            serving = asyncio.create_task(server.serve(sockets=[listener]))
            while not server.started:  # noqa: ASYNC110 - uvicorn sets a flag
                await asyncio.sleep(0.01)
            started.set()
            await asyncio.to_thread(ended.wait)
            server.should_exit = True
            await serving

        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        assert started.wait(20)
        yield told
        ended.set()
        thread.join(20)


def _noting(app: ASGIApp, told: Api) -> ASGIApp:
    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            told.heads.append((scope["method"], scope["raw_path"].decode()))
        await app(scope, receive, send)

    return noting


@pytest.fixture(scope="package")
def door(api: Api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """Caddy with our configuration; only intake is there, review refuses connections."""
    upstreams = {"intake": f"127.0.0.1:{api.port}", "review": f"127.0.0.1:{free_port()}"}
    folder: Path = tmp_path_factory.mktemp("front-door")
    told = {"KCITY_BODY_LIMIT": "3MB"}
    with ImpatientDoor(folder, free_port(), upstreams, "https://k-city.example", told) as door:
        yield door


class ImpatientDoor(FrontDoor):
    """The front door with some settings of a test."""

    def __init__(
        self, folder: Path, port: int, upstreams: Mapping[str, str], public_url: str, told: Mapping[str, str]
    ) -> None:
        super().__init__(folder, port, upstreams, public_url)
        self._told = told

    def environment(self) -> dict[str, str]:
        """What it is told, and what the test says."""
        return super().environment() | dict(self._told)


def in_pieces(port: int, *pieces: bytes, pause_seconds: float = 0.2) -> bytes:
    """All that comes back when the pieces are sent one after the other, as over a slow line."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        answer = b""
        for piece in pieces:
            with contextlib.suppress(ConnectionError):
                connection.sendall(piece)
            time.sleep(pause_seconds)
        connection.settimeout(5)
        with contextlib.suppress(TimeoutError, ConnectionError):
            while chunk := connection.recv(65536):
                answer += chunk
        return answer


def raw(port: int, content: bytes, *, seconds: float = 15.0) -> bytes:
    """All that comes back on one connection until the other side closes it, or nothing comes for a second."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as connection:
        with contextlib.suppress(ConnectionError):  # it may answer, and close, before it has read everything
            connection.sendall(content)
        answer = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            while chunk := connection.recv(65536):
                answer += chunk
                connection.settimeout(1.0)
        return answer
