"""The blocking client."""

import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import httpx

from kcity_client._call import Call
from kcity_client._drivers import Driver
from kcity_client._exchange import Answer, Conversation, exchange
from kcity_client._lists_and_edits import Page, etag_of, first, kept_answers
from kcity_client._sync_operations import Operations
from kcity_client.errors import KCityError
from kcity_client.models import KeptAnswer
from kcity_client.problems import NotFound, StaleVersion
from kcity_client.retries import Retries
from kcity_client.tokens import TokenSource

R = TypeVar("R")
T = TypeVar("T")
P = ParamSpec("P")
TIMEOUT_SECONDS = 30.0


class KCity(Operations):
    """The K-City Network, blocking. Close it, or use it as a context; it may be shared by threads.

    ``origin``: the front door, without a path. ``token``: a string, ``ClientCredentials``, or a callback.
    ``timeout``: seconds without a sign of life that end an attempt. ``check_digests``: whether what the service stored
    is compared with what was sent; off only with the mock, which stores nothing. ``http``: an ``httpx.Client`` of your own (proxies, certificates), which
    you close. ``sleep``: waits between attempts; raise from it to give up.
    """

    def __init__(
        self,
        origin: str,
        *,
        token: TokenSource = None,
        retries: Retries | None = None,
        timeout: float = TIMEOUT_SECONDS,
        check_digests: bool = True,
        http: httpx.Client | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._http = http or httpx.Client()
        self._http_is_ours = http is None
        self._driver = Driver(self._http, sleep)
        self._talk = Conversation(origin.rstrip("/"), token, retries or Retries(), timeout, check_digests)

    def call(self, call: Call[T]) -> Answer[T]:
        """Do one call; the methods named after operations do this. Raises ``KCityError``."""
        return self._driver.run(exchange(call, self._talk))

    def pages(
        self, list_: Callable[P, Answer[Page[T]]], *args: P.args, **kwargs: P.kwargs
    ) -> Iterator[Page[T]]:
        """Every page of a list: ``kcity.pages(kcity.list_applications, track="planning")``."""
        while True:
            page = list_(*args, **kwargs).data
            yield page
            if page.next_cursor is None:
                return
            kwargs["cursor"] = page.next_cursor

    def items(self, list_: Callable[P, Answer[Page[T]]], *args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
        """Every item of a list, page after page, each asked for when it is needed."""
        for page in self.pages(list_, *args, **kwargs):
            yield from page.items

    def edit(self, read: Callable[[], Answer[R]], change: Callable[[R, str], Answer[T]]) -> Answer[T]:
        """Read, change, and once more where somebody was faster: ``change(data, etag)`` sends the ``if_match``.

        Raises ``problems.StaleVersion`` when somebody was faster twice.
        """
        before = read()
        try:
            return change(before.data, etag_of(before))
        except StaleVersion:
            before = read()
        return change(before.data, etag_of(before))

    def look_up(self, act: KCityError | Answer[Any] | str, service: str | None = None) -> KeptAnswer | None:
        """What became of an act, by its idempotency key; None: nothing (yet), so repeat it with the same key.

        ``act``: the error that left you in doubt, or a key with the name of its service.
        """
        try:
            return first(self.call(kept_answers(act, service)).data)
        except NotFound:
            return None

    def close(self) -> None:
        """Give the connections back."""
        if self._http_is_ours:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
