"""Doing at once what many requests ask for at the same moment."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")

MOST_TOGETHER = 64
LANES = 2


class Gathering(Generic[Asked, Answer]):
    """Calls ``act`` with all that waits, at most ``MOST_TOGETHER``; nobody waits for company.

    While ``LANES`` calls are under way, what comes gathers for the next one. ``act`` answers in the order it was
    asked; what it raises, everybody of that call gets.
    """

    def __init__(self, act: Callable[[Sequence[Asked]], Awaitable[Sequence[Answer]]]) -> None:
        self._act = act
        self._waiting: deque[tuple[Asked, asyncio.Future[Answer]]] = deque()
        self._lanes: set[asyncio.Task[None] | None] = set()

    async def ask(self, item: Asked) -> Answer:
        """The answer to ``item``. Raises what ``act`` raises."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._waiting.append((item, answer))
        if len(self._lanes) < LANES:
            # a context of its own: a lane works for others than who opened it
            lane = loop.create_task(self._work(), context=Context())
            self._lanes.add(lane)
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                await self._act_on_the_first()
        finally:
            # in the same step as the last look at what waits: a lane that only seems open would let an item wait for ever
            self._lanes.discard(asyncio.current_task())

    async def _act_on_the_first(self) -> None:
        together = [self._waiting.popleft() for _ in range(min(MOST_TOGETHER, len(self._waiting)))]
        try:
            answers = await self._act([item for item, _ in together])
        except Exception as error:  # noqa: BLE001 - whoever asked raises it
            for _, answer in together:
                if not answer.done():
                    answer.set_exception(error)
        else:
            for (_, answer), given in zip(together, answers, strict=True):
                if not answer.done():
                    answer.set_result(given)
        finally:
            for _, answer in together:
                answer.cancel()  # does nothing to an answer that is given
