"""Waiting for something that must become true, bounded."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 60.0


class NeverHappened(AssertionError):
    """What was waited for did not come about in time."""


async def eventually(
    condition: Callable[[], bool | Awaitable[bool]],
    *,
    within: float = PATIENCE_SECONDS,
    what: str = "the condition",
) -> None:
    """Return as soon as ``condition`` holds. Raises ``NeverHappened``: a bound on hanging, not a speed test."""
    deadline = time.monotonic() + within
    while True:
        result = condition()
        if inspect.isawaitable(result):
            result = await result
        if result:
            return
        if time.monotonic() > deadline:
            raise NeverHappened(f"{what} did not come about within {within:.0f} s")
        await asyncio.sleep(0.02)
