"""The outermost layer of an API process: arrival stamp, request id, access log, metrics, safe headers.

Plain ASGI, around everything else (error pages too): a `BaseHTTPMiddleware` costs 40 % of the throughput.
"""

import asyncio
import contextlib
import re
import time
from functools import lru_cache

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.clock.arrival import Arrival
from shared.clock.authority import AuthorityClock, ClockNotMeasured
from shared.errors import Unavailable
from shared.http.deprecation import announcing_headers
from shared.http.problems import (
    BODY_TOO_SLOW,
    CONTENT_TOO_LARGE,
    HEADERS_TOO_LARGE,
    MALFORMED_REQUEST,
    ProblemType,
    type_template,
)
from shared.http.refusal import send_problem
from shared.ids import new_uuid_text
from shared.telemetry.metrics import histogram

log = structlog.get_logger()

REQUESTS = histogram(
    "http_request_duration_seconds", "Time to answer, by route template", ("method", "route", "status")
)
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_UNLOGGED = frozenset({"/health", "/ready", "/metrics"})
MOST_HEAD_BYTES = 16 * 1024
"""Of path, query and headers together: beyond any token we issue, and less than what a server could be filled with."""
LONGEST_SILENCE_SECONDS = 15.0
"""Between two pieces of a body; less than the front door's, so that the client is told."""
LEAST_BYTES_PER_SECOND = 4096
"""Of a whole body, after its first silence: less is a client that holds a request open, not a slow line."""
AWAITED_BYTES, AWAITED_SECONDS = 256 * 1024, 2.0
"""Of a body whose request is refused by its head: that much, and so long, is taken before the refusal goes out."""
_ONCE = frozenset({b"host", b"content-type", b"content-length", b"idempotency-key"})
"""Headers that may stand once: of two, two programs on the way could each believe another one."""
_TELLS_OF_BODY = frozenset({b"content-length", b"transfer-encoding"})
FIRST_REFUSAL = 400
_REQUEST_ID, _POLICY = b"x-request-id", b"content-security-policy"
_JSON_POLICY = b"default-src 'none'; frame-ancestors 'none'"
_SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)
_observer = lru_cache(4096)(REQUESTS.labels)


class Edge:
    """Wraps the whole application; see the module."""

    def __init__(self, app: ASGIApp, application: Starlette, public_url: str) -> None:
        self._app = app
        self._application = application
        self._types = type_template(public_url)
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, stamped first, answered and logged last."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        arrival = _stamp(getattr(self._application.state, "clock", None))
        request_id = _request_id(scope)
        scope.setdefault("state", {}).update(arrival=arrival, request_id=request_id)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        exchange = _Exchange(scope, send, request_id, self._types, self._public_url)
        exchange.body = _Body(receive, exchange)
        try:
            if fault := _fault_of_head(scope):
                await exchange.refuse(fault)
            else:
                await self._app(scope, exchange.body.receive, exchange.send)
        except Exception:
            # already logged and answered as a problem by the application's last error handler
            if not exchange.complete:
                raise
        finally:
            exchange.observe()
            structlog.contextvars.clear_contextvars()


class _Exchange:
    """One request and its answer on the way out."""

    __slots__ = (
        "_began",
        "_public_url",
        "_replaced",
        "_request_id",
        "_scope",
        "_send",
        "_types",
        "body",
        "complete",
        "status",
    )

    def __init__(self, scope: Scope, send: Send, request_id: str, types: str, public_url: str) -> None:
        self._scope = scope
        self._send = send
        self._request_id = request_id
        self._types = types
        self._public_url = public_url
        self._began = time.perf_counter()
        self._replaced = False
        self.body: _Body | None = None
        self.status = 500
        self.complete = False

    async def send(self, message: Message) -> None:
        if self._replaced:
            return
        if message["type"] == "http.response.start":
            if _is_plain_413(message):
                await self.refuse(CONTENT_TOO_LARGE)
                return
            self.status = message["status"]
            if self.body is not None and self.status >= FIRST_REFUSAL and _awaits_body(self._scope):
                await self.body.drain()
            _add_headers(message, self._request_id)
            for name, value in announcing_headers(self._scope, self._public_url):
                message["headers"].append((name.lower().encode(), value.encode("latin-1")))
        await self._send(message)
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.complete = True

    async def refuse(self, kind: ProblemType, *headers: tuple[bytes, bytes]) -> None:
        """Answer with a problem instead of the application, whose further messages go nowhere."""
        await send_problem(kind, self._scope, self.send, self._types, headers)
        self._replaced = True

    def observe(self) -> None:
        """Count and log the exchange, by route template: addresses and ids stay out."""
        seconds = time.perf_counter() - self._began
        route = route_template(self._scope)
        method = self._scope["method"] if self._scope["method"] in _METHODS else "OTHER"
        _observer(method, route, str(self.status)).observe(seconds)
        if route not in _UNLOGGED:
            milliseconds = round(seconds * 1000, 2)
            log.info(
                "http.request", method=method, route=route, status=self.status, milliseconds=milliseconds
            )


class _Body:
    """The body on its way in: a client that falls silent, or lets it drip, holds no request open for ever."""

    __slots__ = ("_began", "_bytes", "_complete", "_exchange", "_receive")

    def __init__(self, receive: Receive, exchange: _Exchange) -> None:
        self._receive = receive
        self._exchange = exchange
        self._complete = False
        self._began = time.monotonic()
        self._bytes = 0

    async def receive(self) -> Message:
        """The next message; when the body is too slow 408, and the client counts as gone."""
        if self._complete:
            return await self._receive()
        try:
            async with asyncio.timeout(min(LONGEST_SILENCE_SECONDS, self._seconds_left())):
                message = await self._receive()
        except TimeoutError:
            self._complete = True
            await self._exchange.refuse(BODY_TOO_SLOW, (b"connection", b"close"))
            return {"type": "http.disconnect"}
        self._complete = not message.get("more_body", False)
        self._bytes += len(message.get("body", b""))
        return message

    async def drain(self) -> None:
        """Take what is still to come of a short body before a refusal goes out.

        A proxy that is answered before it has passed all of it on cannot use the client's connection again.
        """
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(AWAITED_SECONDS):
                while not self._complete and self._bytes < AWAITED_BYTES:
                    message = await self._receive()
                    self._complete = not message.get("more_body", False)
                    self._bytes += len(message.get("body", b""))

    def _seconds_left(self) -> float:
        """Until the least rate is missed by what came so far."""
        allowed = LONGEST_SILENCE_SECONDS + self._bytes / LEAST_BYTES_PER_SECOND
        return self._began + allowed - time.monotonic()


def _awaits_body(scope: Scope) -> bool:
    """Whether a body comes by itself: one that waits for our leave to come (``Expect``) is not asked for."""
    names = {name for name, _ in scope["headers"]}
    return bool(names & _TELLS_OF_BODY) and b"expect" not in names


def route_template(scope: Scope) -> str:
    """The path of the matched route with its placeholders and prefixes (``/v1/calls/{call_id}``), or ``unmatched``."""
    effective = scope.get("fastapi", {}).get("effective_route_context")
    if effective is not None:
        return str(effective.path_format)
    return str(getattr(scope.get("route"), "path_format", "unmatched"))


def arrival_of(request: Request) -> Arrival:
    """When this request arrived, by the authority clock. Raises ``Unavailable`` while the clock is not measured."""
    arrival = request.scope.get("state", {}).get("arrival")
    if not isinstance(arrival, Arrival):
        raise Unavailable
    return arrival


def _stamp(clock: AuthorityClock | None) -> Arrival | None:
    if clock is None:
        return None
    try:
        return clock.stamp()
    except ClockNotMeasured:
        return None


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_REQUEST_ID.fullmatch(text := value.decode("latin-1")):
            return str(text)
    return new_uuid_text()


def _fault_of_head(scope: Scope) -> ProblemType | None:
    """What is wrong with address and headers, whatever they ask for."""
    query = scope.get("query_string", b"")
    if "\0" in scope["path"] or b"%00" in query:
        return MALFORMED_REQUEST  # no text of the database can hold it
    size = len(scope.get("raw_path") or b"") + len(query)
    seen = set()
    for name, value in scope["headers"]:
        size += len(name) + len(value)
        if name in _ONCE:
            if name in seen:
                return MALFORMED_REQUEST
            seen.add(name)
    return HEADERS_TOO_LARGE if size > MOST_HEAD_BYTES else None


def _is_plain_413(message: Message) -> bool:
    """Whether Starlette's body limit answered by itself, in plain text."""
    plain = any(
        name == b"content-type" and value.startswith(b"text/plain") for name, value in message["headers"]
    )
    return bool(message["status"] == CONTENT_TOO_LARGE.status and plain)


def _add_headers(message: Message, request_id: str) -> None:
    """On the raw list: names in it are lower-case, and each request passes here."""
    present = dict(message.get("headers", ()))
    kept = [one for one in message.get("headers", ()) if one[0] != _REQUEST_ID]
    kept.append((_REQUEST_ID, request_id.encode("latin-1")))
    kept += [one for one in _SAFE if one[0] not in present]
    if b"json" in present.get(b"content-type", b"") and _POLICY not in present:
        kept.append((_POLICY, _JSON_POLICY))
    message["headers"] = kept
