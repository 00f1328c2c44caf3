"""Waiting for what comes about later: asking again until it is so, with a bound, never by a fixed sleep."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

PATIENCE_SECONDS = 30.0
ASK_EVERY_SECONDS = 0.1
Found = TypeVar("Found")


async def until(
    ask: Callable[[], Awaitable[Found]],
    wanted: Callable[[Found], bool],
    *,
    within: float = PATIENCE_SECONDS,
    every: float = ASK_EVERY_SECONDS,
) -> Found:
    """What ``ask`` gives as soon as it is ``wanted``, or after ``within`` seconds whatever it gave last.

    The caller checks the result, so that a thing that never came about is a failed check with its value.
    """
    deadline = time.monotonic() + within
    while True:
        found = await ask()
        if wanted(found) or time.monotonic() > deadline:
            return found
        await asyncio.sleep(every)
