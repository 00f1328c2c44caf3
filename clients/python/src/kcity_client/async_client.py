"""The awaiting client."""

from collections.abc import AsyncIterator, Awaitable, Callable
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import httpx

from kcity_client._async_operations import AsyncOperations
from kcity_client._call import Call
from kcity_client._drivers import AsyncDriver
from kcity_client._exchange import Answer, Conversation, exchange
from kcity_client._lists_and_edits import Page, etag_of, first, kept_answers
from kcity_client.errors import KCityError
from kcity_client.models import KeptAnswer
from kcity_client.problems import NotFound, StaleVersion
from kcity_client.retries import Retries
from kcity_client.tokens import TokenSource

R = TypeVar("R")
T = TypeVar("T")
P = ParamSpec("P")
TIMEOUT_SECONDS = 30.0


class AsyncKCity(AsyncOperations):
    """The K-City Network, awaiting. Close it, or use it as a context; it may be shared by tasks.

    ``origin``: the front door, without a path. ``token``: a string, ``ClientCredentials``, or a callback.
    ``timeout``: seconds without a sign of life that end an attempt. ``check_digests``: whether what the service stored
    is compared with what was sent; off only with the mock, which stores nothing. ``http``: an ``httpx.AsyncClient`` of your own (proxies, certificates), which
    you close. Cancelling the task ends a call at once, also while it waits for its next attempt.
    """

    def __init__(
        self,
        origin: str,
        *,
        token: TokenSource = None,
        retries: Retries | None = None,
        timeout: float = TIMEOUT_SECONDS,
        check_digests: bool = True,
        http: httpx.AsyncClient | None = None,
    ) -> None:
        self._http = http or httpx.AsyncClient()
        self._http_is_ours = http is None
        self._driver = AsyncDriver(self._http)
        self._talk = Conversation(origin.rstrip("/"), token, retries or Retries(), timeout, check_digests)

    async def call(self, call: Call[T]) -> Answer[T]:
        """Do one call; the methods named after operations do this. Raises ``KCityError``."""
        return await self._driver.run(exchange(call, self._talk))

    async def pages(
        self, list_: Callable[P, Awaitable[Answer[Page[T]]]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[Page[T]]:
        """Every page of a list: ``kcity.pages(kcity.list_applications, track="planning")``."""
        while True:
            page = (await list_(*args, **kwargs)).data
            yield page
            if page.next_cursor is None:
                return
            kwargs["cursor"] = page.next_cursor

    async def items(
        self, list_: Callable[P, Awaitable[Answer[Page[T]]]], *args: P.args, **kwargs: P.kwargs
    ) -> AsyncIterator[T]:
        """Every item of a list, page after page, each asked for when it is needed."""
        async for page in self.pages(list_, *args, **kwargs):
            for item in page.items:
                yield item

    async def edit(
        self, read: Callable[[], Awaitable[Answer[R]]], change: Callable[[R, str], Awaitable[Answer[T]]]
    ) -> Answer[T]:
        """Read, change, and once more where somebody was faster: ``change(data, etag)`` sends the ``if_match``.

        Raises ``problems.StaleVersion`` when somebody was faster twice.
        """
        before = await read()
        try:
            return await change(before.data, etag_of(before))
        except StaleVersion:
            before = await read()
        return await change(before.data, etag_of(before))

    async def look_up(
        self, act: KCityError | Answer[Any] | str, service: str | None = None
    ) -> KeptAnswer | None:
        """What became of an act, by its idempotency key; None: nothing (yet), so repeat it with the same key.

        ``act``: the error that left you in doubt, or a key with the name of its service.
        """
        try:
            return first((await self.call(kept_answers(act, service))).data)
        except NotFound:
            return None

    async def close(self) -> None:
        """Give the connections back."""
        if self._http_is_ours:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
