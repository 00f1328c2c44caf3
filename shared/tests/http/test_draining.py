"""A server that ends breaks no request: real sockets, real connections."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Self

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from shared.handover import LISTEN_FD, NOTIFY_SOCKET, READY, inherited_socket
from shared.http.draining import QuietServer

TIMEOUT = 30


class App:
    """Answers its name; ``/slow`` when ``go`` is set; ``/begun`` has begun its answer before."""

    def __init__(self, name: str = "one") -> None:
        self.name = name.encode()
        self.ready = True
        self.go = asyncio.Event()
        self.arrived = asyncio.Event()

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        start = {
            "type": "http.response.start",
            "status": 200 if self.ready or scope["path"] != "/ready" else 503,
            "headers": [(b"content-length", str(len(self.name)).encode())],
        }
        if scope["path"] == "/begun":
            await send(start)
        self.arrived.set()
        if scope["path"] in {"/slow", "/begun"}:
            await self.go.wait()
        if scope["path"] != "/begun":
            await send(start)
        await send({"type": "http.response.body", "body": self.name})


class Client:
    """One keep-alive connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def send(self, path: str) -> None:
        self._writer.write(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode())

    async def answer(self) -> tuple[str, bytes]:
        """Head and body; both empty when the connection was closed."""
        async with asyncio.timeout(TIMEOUT):
            try:
                head = (await self._reader.readuntil(b"\r\n\r\n")).decode().lower()
            except asyncio.IncompleteReadError:
                return "", b""
            length = int(head.partition("content-length: ")[2].partition("\r")[0])
            return head, await self._reader.readexactly(length)

    async def ask(self, path: str = "/") -> tuple[str, bytes]:
        self.send(path)
        return await self.answer()

    async def closed(self) -> bool:
        async with asyncio.timeout(TIMEOUT):
            return await self._reader.read() == b""


@asynccontextmanager
async def client(port: int) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Client(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def listening() -> AsyncIterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as opened:
        yield opened


class Serving:
    """A server on a copy of ``listener``, as in a process of its own."""

    def __init__(
        self,
        app: App,
        listener: socket.socket,
        *,
        idle_seconds: float = 30.0,
        graceful_seconds: int = 30,
        accept_seconds: float = 0.0,
    ) -> None:
        async def is_ready() -> bool:
            return app.ready

        config = uvicorn.Config(
            app,
            http="httptools",
            lifespan="off",
            log_config=None,
            timeout_graceful_shutdown=graceful_seconds,
        )
        self.server = QuietServer(config, is_ready, idle_seconds=idle_seconds, accept_seconds=accept_seconds)
        self._copy = listener.dup()
        self.task = asyncio.create_task(self.server.serve(sockets=[self._copy]))

    async def __aenter__(self) -> Self:
        while not self.server.started:  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0.01)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.should_exit = self.server.force_exit = True
        await self.task

    async def begin_to_end(self) -> None:
        """Return when it accepts no more."""
        self.server.should_exit = True
        while self._copy.fileno() >= 0:  # noqa: ASYNC110 - uvicorn tells nobody
            await asyncio.sleep(0.01)

    async def ended(self) -> bool:
        async with asyncio.timeout(TIMEOUT):
            await asyncio.shield(self.task)
        return True


class TestDraining:
    async def test_a_request_in_flight_is_answered_and_its_connection_ends(self) -> None:
        app = App()
        async with listening() as listener, Serving(app, listener) as serving:
            async with client(listener.getsockname()[1]) as one:
                one.send("/slow")
                await app.arrived.wait()
                await serving.begin_to_end()
                app.go.set()
                head, body = await one.answer()
                assert body == b"one"
                assert "connection: close" in head
                assert await one.closed()
            assert await serving.ended()

    async def test_an_idle_connection_gets_one_more_answer(self) -> None:
        async with listening() as listener, Serving(App(), listener) as serving:
            async with client(listener.getsockname()[1]) as one:
                head, _ = await one.ask()
                assert "connection: close" not in head
                await serving.begin_to_end()
                head, body = await one.ask()
                assert (body, "connection: close" in head) == (b"one", True)
            assert await serving.ended()

    async def test_a_connection_whose_answer_had_begun_gets_one_more_answer(self) -> None:
        app = App()
        async with listening() as listener, Serving(app, listener) as serving:
            async with client(listener.getsockname()[1]) as one:
                one.send("/begun")
                await app.arrived.wait()
                await serving.begin_to_end()
                app.go.set()
                head, body = await one.answer()
                assert (body, "connection: close" in head) == (b"one", False)
                head, body = await one.ask()
                assert (body, "connection: close" in head) == (b"one", True)
            assert await serving.ended()

    async def test_says_on_open_connections_that_it_is_not_ready(self) -> None:
        async with (
            listening() as listener,
            Serving(App(), listener) as serving,
            client(listener.getsockname()[1]) as one,
        ):
            assert "200" in (await one.ask("/ready"))[0]
            await serving.begin_to_end()
            head, body = await one.ask("/ready")
            assert "503" in head
            assert b"draining" in body

    async def test_new_connections_go_to_the_successor_on_the_same_socket(self) -> None:
        async with (
            listening() as listener,
            Serving(App("old"), listener) as old,
            client(listener.getsockname()[1]) as kept_open,
        ):
            assert await kept_open.ask() == await kept_open.ask()
            await old.begin_to_end()
            async with Serving(App("new"), listener):
                for _ in range(20):
                    async with client(listener.getsockname()[1]) as one:
                        assert (await one.ask())[1] == b"new"
                assert (await kept_open.ask())[1] == b"old"

    async def test_a_connection_made_while_nobody_accepts_waits(self) -> None:
        async with listening() as listener:
            async with Serving(App("old"), listener) as old:
                await old.begin_to_end()
                assert await old.ended()
            async with client(listener.getsockname()[1]) as one:
                one.send("/")
                async with Serving(App("new"), listener):
                    assert (await one.answer())[1] == b"new"

    async def test_accepts_on_for_as_long_as_it_is_told(self) -> None:
        async with (
            listening() as listener,
            Serving(App(), listener, accept_seconds=60) as serving,
            client(listener.getsockname()[1]) as before,
        ):
            await before.ask()
            serving.server.should_exit = True
            while "503" not in (await before.ask("/ready"))[0]:  # noqa: ASYNC110 - uvicorn tells nobody
                await asyncio.sleep(0.01)
            async with client(listener.getsockname()[1]) as one:
                head, body = await one.ask()
                assert (body, "connection: close" in head) == (b"one", True)
            assert not serving.task.done()

    async def test_connections_that_stay_idle_are_closed_in_the_end(self) -> None:
        async with (
            listening() as listener,
            Serving(App(), listener, idle_seconds=0.2) as serving,
            client(listener.getsockname()[1]) as used,
            client(listener.getsockname()[1]) as unused,
        ):
            await used.ask()
            serving.server.should_exit = True
            assert await used.closed()
            assert await unused.closed()
            assert await serving.ended()

    async def test_what_takes_too_long_is_cut_off(self) -> None:
        app = App()
        async with (
            listening() as listener,
            Serving(app, listener, graceful_seconds=1) as serving,
            client(listener.getsockname()[1]) as one,
        ):
            one.send("/slow")
            await app.arrived.wait()
            serving.server.should_exit = True
            assert await serving.ended()
            assert not app.go.is_set()


class TestReadiness:
    async def test_is_told_to_the_supervisor_once_it_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        app, loop = App(), asyncio.get_running_loop()
        app.ready = False
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
            supervisor.setblocking(False)
            supervisor.bind(str(tmp_path / "s"))
            monkeypatch.setenv(NOTIFY_SOCKET, str(tmp_path / "s"))
            async with listening() as listener, Serving(app, listener):
                async with client(listener.getsockname()[1]) as one:
                    assert "503" in (await one.ask("/ready"))[0]
                with pytest.raises(BlockingIOError):
                    supervisor.recv(100)
                app.ready = True
                async with asyncio.timeout(TIMEOUT):
                    assert await loop.sock_recv(supervisor, 100) == READY


APP = """
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        while (message := await receive())["type"] != "lifespan.shutdown":
            await send({"type": message["type"] + ".complete"})
        print("closed", flush=True)
        await send({"type": "lifespan.shutdown.complete"})
    else:
        await send({"type": "http.response.start", "status": 204, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})

def create_app():
    return app
"""


class TestServeAsAProgram:
    async def test_serves_on_the_socket_it_is_handed_and_closes_on_sigterm(self, tmp_path: Path) -> None:
        (tmp_path / "served_for_a_test.py").write_text(APP)
        async with listening() as listener:
            port = listener.getsockname()[1]
            options = ("served_for_a_test:create_app", "--host", "127.0.0.1", "--port", "1")
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "shared.http.serve", *options),
                env={**os.environ, "PYTHONPATH": str(tmp_path), LISTEN_FD: str(listener.fileno())},
                pass_fds=[listener.fileno()],
                stdout=asyncio.subprocess.PIPE,
            )
            async with client(port) as one:
                assert "204" in (await one.ask())[0]
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(TIMEOUT):
                told, _ = await process.communicate()
            assert b"closed" in told

    def test_without_a_handed_socket_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(LISTEN_FD, raising=False)
        assert inherited_socket() is None
