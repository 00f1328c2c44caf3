"""Do over httpx what the exchange asks for: the same steps, once blocking and once awaiting."""

import inspect
import time
from collections.abc import Callable, Generator
from typing import TypeVar

import anyio
import httpx

from kcity_client._effects import AskToken, Effect, NotReceived, Outgoing, Pause, Received, Reply, Send

T = TypeVar("T")
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Driver:
    """Blocking. ``sleep`` waits between attempts; what it raises ends the call."""

    def __init__(self, http: httpx.Client, sleep: Callable[[float], object] = time.sleep) -> None:
        self._http = http
        self._sleep = sleep

    def run(self, steps: Generator[Effect, Reply, T]) -> T:
        """The result of ``steps``. Raises what they raise."""
        reply: Reply = None
        try:
            while True:
                reply = self._do(steps.send(reply))
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()

    def _do(self, effect: Effect) -> Reply:
        if isinstance(effect, Pause):
            self._sleep(effect.seconds)
            return None
        if isinstance(effect, AskToken):
            given = effect.callback(effect.renew)
            if inspect.isawaitable(given):
                raise TypeError(
                    "KCity takes a plain function for tokens; a coroutine function needs AsyncKCity"
                )
            return given
        return self._send(effect)

    def _send(self, effect: Send) -> Received | NotReceived:
        asked = effect.request
        content = asked.reading.chunks() if asked.reading else asked.content
        try:
            answer = self._http.send(_request(self._http, asked, content=content))
        except httpx.TransportError as error:
            return _not_received(error)
        return _received(answer)


class AsyncDriver:
    """Awaiting; cancelling the task ends the call, also while it pauses."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

    async def run(self, steps: Generator[Effect, Reply, T]) -> T:
        """The result of ``steps``. Raises what they raise."""
        reply: Reply = None
        try:
            while True:
                reply = await self._do(steps.send(reply))
        except StopIteration as end:
            result: T = end.value
            return result
        finally:
            steps.close()

    async def _do(self, effect: Effect) -> Reply:
        if isinstance(effect, Pause):
            await anyio.sleep(effect.seconds)
            return None
        if isinstance(effect, AskToken):
            given = effect.callback(effect.renew)
            return await given if inspect.isawaitable(given) else given
        return await self._send(effect)

    async def _send(self, effect: Send) -> Received | NotReceived:
        asked = effect.request
        content = asked.reading.chunks_async() if asked.reading else asked.content
        try:
            answer = await self._http.send(_request(self._http, asked, content=content))
        except httpx.TransportError as error:
            return _not_received(error)
        return _received(answer)


def _request(http: httpx.Client | httpx.AsyncClient, asked: Outgoing, *, content: object) -> httpx.Request:
    return http.build_request(
        asked.method,
        asked.url,
        headers=asked.headers,
        params=list(asked.query) or None,
        content=content,  # type: ignore[arg-type]  # bytes or an iterator of the driver's own kind
        data=asked.form,
        timeout=httpx.USE_CLIENT_DEFAULT if asked.timeout is None else asked.timeout,
    )


def _received(answer: httpx.Response) -> Received:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Received(answer.status_code, headers, answer.content)


def _not_received(error: httpx.TransportError) -> NotReceived:
    return NotReceived(f"{type(error).__name__}: {error}", sent=not isinstance(error, _NOT_SENT))
