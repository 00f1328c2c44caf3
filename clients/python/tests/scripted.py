"""A real HTTP server that answers as a test wrote down, and keeps what it was asked."""

import json
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar


@dataclass(frozen=True)
class Said:
    """One answer. ``lost``: the connection is reset instead, after the request was read."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    lost: bool = False


def answer(status: int, body: object, **headers: str) -> Said:
    """A JSON answer; header names with underscores for dashes."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(status, json.dumps(body).encode(), {"Content-Type": "application/json"} | named)


def problem(status: int, slug: str, facts: Mapping[str, Any] | None = None, **headers: str) -> Said:
    """A problem document."""
    body = {
        "type": f"https://k-city.example/problems/{slug}",
        "title": slug,
        "status": status,
        **(facts or {}),
    }
    return answer(status, body, Content_Type="application/problem+json", **headers)


LOST = Said(lost=True)


@dataclass(frozen=True)
class Asked:
    """One request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Script:
    """What will be said, in order, and what was asked. The last answer stays. ``first``: somebody asked."""

    says: list[Said]
    asked: list[Asked] = field(default_factory=list)
    origin: str = ""
    first: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Said:
        """The next answer."""
        return self.says.pop(0) if len(self.says) > 1 else self.says[0]


class _Handler(BaseHTTPRequestHandler):
    script: ClassVar[Script]
    protocol_version = "HTTP/1.1"

    def do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        heard = {name.lower(): value for name, value in self.headers.items()}
        self.script.asked.append(Asked(self.command, self.path, heard, body))
        self.script.first.set()
        said = self.script.next()
        if said.lost:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(said.status)
        for name, value in ({"Content-Length": str(len(said.body))} | dict(said.headers)).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815 - the names of http.server

    def log_message(self, *_: object) -> None:
        pass

    def finish(self) -> None:
        if not self.wfile.closed:
            try:
                super().finish()
            except OSError:
                return


@contextmanager
def scripted(*says: Said) -> Iterator[Script]:
    """Serve the answers on a free port of loopback."""
    script = Script(list(says))

    handler = type("Handler", (_Handler,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    script.origin = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
