"""Runs one coroutine as a program that Ctrl-C and SIGTERM end in order."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine

INTERRUPTED = 130


def run_to_the_end(main: Coroutine[None, None, int]) -> int:
    """The exit code of ``main``, or 130 when a signal ended it.

    The first signal cancels ``main``, whose contexts then close in order; later ones change nothing.
    """
    return asyncio.run(_guarded(main))


async def _guarded(main: Coroutine[None, None, int]) -> int:
    task = asyncio.ensure_future(main)
    asked = asyncio.Event()

    def ask() -> None:
        if not asked.is_set():
            asked.set()
            task.cancel()

    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, ask)
    with contextlib.suppress(asyncio.CancelledError):
        return await task
    return INTERRUPTED
