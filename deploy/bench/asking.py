"""One keep-alive connection that asks for the same thing again and again, one request at a time, so that nothing queues."""

import asyncio
import time
from collections.abc import Mapping

from deploy.bench.processes import BenchFailed
from deploy.local.ports import LOOPBACK

WAIT_SECONDS = 10.0
Milliseconds = float


async def waits_of(port: int, path: str, count: int, headers: Mapping[str, str]) -> list[Milliseconds]:
    """How long each of ``count`` answers took. Raises ``BenchFailed`` for one that is not 200."""
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n{told}\r\n".encode()
    reader, writer = await asyncio.open_connection(LOOPBACK, port)
    waits = []
    try:
        for _ in range(count):
            began = time.perf_counter()
            writer.write(request)
            async with asyncio.timeout(WAIT_SECONDS):
                await _answer(reader, path)
            waits.append((time.perf_counter() - began) * 1000)
    finally:
        writer.close()
    return waits


async def _answer(reader: asyncio.StreamReader, path: str) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        status = head.partition(b"\r\n")[0].decode()
        raise BenchFailed(f"GET {path} was answered {status}")
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
