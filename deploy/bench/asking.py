"""One keep-alive connection that asks for the same thing again and again, one request at a time, so that nothing queues."""

import asyncio
import time
from collections.abc import Mapping, Sequence

from deploy.bench.processes import BenchFailed
from deploy.local.ports import LOOPBACK

WAIT_SECONDS = 10.0
NOT_MODIFIED = 304
Milliseconds = float


async def waits_of(port: int, path: str, count: int, headers: Mapping[str, str]) -> list[Milliseconds]:
    """How long each of ``count`` answers took. Raises ``BenchFailed`` for one that is not 200."""
    return await waits_of_each(port, [(path, headers)] * count)


async def waits_of_each(
    port: int, asked: Sequence[tuple[str, Mapping[str, str]]], *, status: int = 200
) -> list[Milliseconds]:
    """How long each answer took, of paths with their headers. Raises ``BenchFailed`` for one of another status."""
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    waits = []
    try:
        for path, headers in asked:
            told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{told}\r\n"
            began = time.perf_counter()
            writer.write(head.encode())
            async with asyncio.timeout(WAIT_SECONDS):
                await _answer(reader, path, status)
            waits.append((time.perf_counter() - began) * 1000)
    finally:
        writer.close()
    return waits


async def _answer(reader: asyncio.StreamReader, path: str, status: int) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 %d " % status):
        answered = head.partition(b"\r\n")[0].decode()
        raise BenchFailed(f"GET {path} was answered {answered}")
    if status == NOT_MODIFIED:
        return
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
