"""One test for both clients: the blocking and the awaiting one, on one scripted server."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

import httpx
from kcity_client import (
    AsyncKCity,
    KCity,
    Retries,
)
from kcity_client.tokens import TokenSource

from clients.python.tests.scripted import Script, answer

T = TypeVar("T")
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here speaks TLS; reading the machine's certificates for each client is what takes long."""
APPLICATION = UUID("01946d2a-8c00-7000-8000-000000000002")
QUICK = Retries(attempts=3, first_pause=0.001, longest_pause=0.002)
TIME = answer(
    200, {"now": "2025-03-11T08:30:00Z", "bound_ms": 1.4, "rehearsal": False, "time_zone": "Asia/Seoul"}
)
RECEIPT = answer(
    201,
    {
        "application_id": str(APPLICATION),
        "receipt_no": "KCN-2025-D-7F3K-9QX2",
        "call": "KCN-2025",
        "track": "demonstration",
        "revision": 7,
        "digest": "9f",
        "arrived_at": "2025-03-11T08:59:59.999Z",
        "clock_bound_ms": 2,
        "rehearsal": False,
        "signature": "e.e.e",
        "a_member_of_a_later_version": 1,
    },
    Location="/intake/v1/applications/01946d2a-8c00-7000-8000-000000000002/receipt",
)
Act = Callable[[Any], Any]


class Either:
    """Runs an act on the blocking or the awaiting client, so that one test holds for both."""

    def __init__(self, awaiting: bool) -> None:
        self.awaiting = awaiting
        self.pauses: list[float] = []

    def do(self, script: Script, act: Act, *, token: TokenSource = None, retries: Retries = QUICK) -> Any:
        """The result of ``act(client)``."""
        if self.awaiting:
            return asyncio.run(self._await(script.origin, act, token, retries))
        with httpx.Client(verify=NO_TLS, trust_env=False) as http:
            kcity = KCity(script.origin, token=token, retries=retries, http=http, sleep=self.pauses.append)
            return act(kcity)

    @staticmethod
    async def _await(
        origin: str, act: Callable[[Any], Awaitable[T]], token: TokenSource, retries: Retries
    ) -> T:
        async with httpx.AsyncClient(verify=NO_TLS, trust_env=False) as http:
            return await act(AsyncKCity(origin, token=token, retries=retries, http=http))


def submit(kcity: Any) -> Any:
    return kcity.submit_application(APPLICATION)
