"""Refuses a client's requests beyond its limits, before anything is read or looked up for them.

Plain ASGI, inside the edge. A client is the subject of a valid token, else the address it comes from (of an
IPv6 address the first 64 bits: the rest is the client's to choose). What is answered tells where it stands:
``RateLimit`` and ``RateLimit-Policy`` (draft-ietf-httpapi-ratelimit-headers-10).

When the shared counter is down, submissions go on uncounted and all else is refused with 503: a deadline must
not depend on a counter, and a system without limits must not be open to everybody.
"""

import ipaddress
from functools import lru_cache
from typing import Any

import limits
import structlog
from fastapi import FastAPI
from limits import RateLimitItem
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.auth.identity import identify
from shared.errors import Unavailable
from shared.http.problems import RATE_LIMITED, ProblemType, problem_type
from shared.http.refusal import send_problem
from shared.limits.classes import Cost, Tariff
from shared.limits.windows import CounterDown, Standing, Windows
from shared.settings import Settings
from shared.telemetry.metrics import counter

log = structlog.get_logger()

LIMITED = counter("rate_limited", "Requests refused because their client sent too many", ("cost",))
UNCOUNTED = counter(
    "rate_limit_uncounted", "Requests that could not be counted, by what became of them", ("cost", "outcome")
)
_FREE = frozenset({"/health", "/ready", "/metrics"})
_NETWORK_BITS = 64


class RateLimitUnavailable(Unavailable):
    """Requests cannot be counted now, so only submissions are taken."""

    title = "Requests cannot be counted at the moment"


class Limiter:
    """Wraps an application. ``application.state`` has the ``windows`` and the ``tokens`` once it is open."""

    def __init__(self, app: ASGIApp, application: FastAPI, settings: Settings, types: str) -> None:
        self._app = app
        self._application = application
        self._types = types
        self._tariff = Tariff(application)
        self._limits: dict[Cost, RateLimitItem] = {
            cost: limits.parse(getattr(settings, f"rate_limit_{cost}")) for cost in Cost
        }
        self._policies = {
            cost: f'"{cost}";q={limit.amount};w={limit.get_expiry()}'.encode()
            for cost, limit in self._limits.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count one request and pass it on, or answer 429 or 503."""
        windows: Windows | None = getattr(self._application.state, "windows", None)
        if scope["type"] != "http" or windows is None or scope["path"] in _FREE:
            await self._app(scope, receive, send)
            return
        caller = await identify(scope, self._application.state.tokens)
        cost = self._tariff.cost_of(scope["method"], scope["path"], known=caller is not None)
        client = address_of(scope) if caller is None else f"subject:{caller.subject}"
        try:
            standing = await windows.count(self._limits[cost], cost, client)
        except CounterDown:
            await self._go_on_uncounted(cost, scope, receive, send)
            return
        headers = self._headers(cost, standing)
        if standing.exceeded:
            LIMITED.labels(cost).inc()
            await self._refuse(scope, send, RATE_LIMITED, standing.resets_in_seconds, headers)
        else:
            await self._app(scope, receive, _adding(send, headers))

    async def _go_on_uncounted(self, cost: Cost, scope: Scope, receive: Receive, send: Send) -> None:
        if cost is Cost.SUBMISSIONS:
            UNCOUNTED.labels(cost, "let_in").inc()
            await self._app(scope, receive, send)
        else:
            UNCOUNTED.labels(cost, "refused").inc()
            await self._refuse(scope, send, problem_type(RateLimitUnavailable), 2, [])

    async def _refuse(
        self,
        scope: Scope,
        send: Send,
        kind: ProblemType,
        seconds: int,
        headers: list[tuple[bytes, bytes]],
    ) -> None:
        more = [*headers, (b"retry-after", b"%d" % seconds)]
        await send_problem(kind, scope, send, self._types, more)

    def _headers(self, cost: Cost, standing: Standing) -> list[tuple[bytes, bytes]]:
        left = f'"{cost}";r={standing.remaining};t={standing.resets_in_seconds}'
        return [(b"ratelimit-policy", self._policies[cost]), (b"ratelimit", left.encode())]


def address_of(scope: Scope) -> str:
    """The network address of the client, as the front door says (uvicorn trusts nobody else's word)."""
    client: Any = scope.get("client")
    return _network(str(client[0]) if client else "unknown")


@lru_cache(maxsize=4096)
def _network(host: str) -> str:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return f"address:{host[:64]}"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return f"address:{address.ipv4_mapped}"
        network = ipaddress.ip_network((int(address) >> _NETWORK_BITS << _NETWORK_BITS, _NETWORK_BITS))
        return f"address:{network}"
    return f"address:{address}"


def _adding(send: Send, headers: list[tuple[bytes, bytes]]) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_with_headers
