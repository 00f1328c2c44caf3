"""An HTTP server that ends without breaking a request, and the ASGI side of it.

uvicorn closes idle keep-alive connections at once when it is told to end: a request that is on its way on one
of them at that moment is lost, and a front door may not send a POST again. Here a server that ends

1. stops accepting (a socket that it shares with its successor goes on in that one),
2. answers what is in flight and what still comes on open connections, each with ``Connection: close``,
3. closes connections that stayed idle for ``idle_seconds``, which is longer than any front door keeps one,
4. and is gone when none is left, at the latest after ``timeout_graceful_shutdown``.

Nothing of it costs anything before that: connections get another application only when the end begins.
"""

import asyncio
import contextlib
import logging
import socket
from collections.abc import Awaitable, Callable
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.handover import say_ready

log = logging.getLogger("uvicorn.error")

IDLE_SECONDS = 4.0
"""The front door drops its idle upstream connections after 2 s (``keepalive`` in the Caddyfile)."""
POLL_SECONDS = 0.05
NOT_READY = b'{"ready":false,"reasons":["draining"]}'
CLOSE = (b"connection", b"close")

IsReady = Callable[[], Awaitable[bool]]


class DrainingServer(uvicorn.Server):
    """One server. ``is_ready`` is asked until it holds, and then the supervisor is told.

    ``accept_seconds``: how long it goes on accepting after the signal, for whoever finds its address in a list
    that takes a moment to change (Kubernetes); its answers say ``Connection: close`` already.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        is_ready: IsReady,
        *,
        idle_seconds: float = IDLE_SECONDS,
        accept_seconds: float = 0.0,
    ) -> None:
        super().__init__(config)
        self._is_ready = is_ready
        self._idle_seconds = idle_seconds
        self._accept_seconds = accept_seconds
        self._telling: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, listen, and tell the supervisor as soon as it is ready."""
        await super().startup(sockets)
        if self.started:
            self._telling = asyncio.create_task(self._say_when_ready(), name="say ready")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Drain as the module says, then close what the application opened."""
        if self._telling is not None:
            self._telling.cancel()
        self._answer_and_close()
        await self._accept_on()
        for server in self.servers:
            server.close()
        for one in sockets or []:
            one.close()
        try:
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                await self._until_drained()
        except TimeoutError:
            log.error("Requests were still in flight after the time to drain; they are cut off")  # noqa: TRY400 - no traceback is needed
            for task in list(self.server_state.tasks):
                task.cancel()
        if not self.force_exit:
            await self.lifespan.shutdown()

    async def _say_when_ready(self) -> None:
        while not await self._is_ready():  # noqa: ASYNC110 - nobody tells when a database comes back
            await asyncio.sleep(POLL_SECONDS)
        say_ready()

    def _answer_and_close(self) -> None:
        self.config.loaded_app = answering_last(self.config.loaded_app)  # for connections that come yet
        for connection in self._connections():
            connection.app = answering_last(connection.app)
            if connection.cycle is not None and not connection.cycle.response_started:
                connection.cycle.keep_alive = False

    async def _accept_on(self) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._accept_seconds
        while loop.time() < until and not self.force_exit:  # noqa: ASYNC110 - uvicorn sets a flag
            await asyncio.sleep(POLL_SECONDS)

    async def _until_drained(self) -> None:
        loop = asyncio.get_running_loop()
        idle_until = loop.time() + self._idle_seconds
        while (self.server_state.connections or self.server_state.tasks) and not self.force_exit:
            if loop.time() > idle_until:
                for connection in self._connections():
                    if connection.cycle is None or connection.cycle.response_complete:
                        connection.transport.close()
            await asyncio.sleep(POLL_SECONDS)

    def _connections(self) -> list[Any]:
        """The open connections: uvicorn's HTTP protocols, whose ``app`` and ``cycle`` are read at each request."""
        return [one for one in self.server_state.connections if hasattr(one, "cycle")]


class QuietServer(DrainingServer):
    """Leaves the signals to the program it is a part of."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        """None is captured."""
        yield


def answering_last(app: ASGIApp) -> ASGIApp:
    """``app`` in a process that ends: each answer is the last of its connection, and it is not ready."""

    async def last(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), CLOSE]}
            await send(message)

        if scope["type"] == "http" and scope["path"] == "/ready":
            headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(NOT_READY))]
            await send_last({"type": "http.response.start", "status": 503, "headers": headers})
            await send_last({"type": "http.response.body", "body": NOT_READY})
        else:
            await app(scope, receive, send_last)

    return last


async def says_ready(app: ASGIApp) -> bool:
    """Whether ``app`` would answer ``GET /ready`` with anything but a failure, asked inside the process.

    Over the network another process that shares the socket might answer.
    """
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/ready",
        "raw_path": b"/ready",
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "client": None,
        "server": None,
        "state": {},
    }
    await app(scope, receive, send)
    return bool(statuses) and statuses[0] < 500  # noqa: PLR2004 - the 5xx class
