"""``python -m deploy.chaos.faults.signpost``: relays to a Kafka broker and shows each client its own way there.

A broker tells its clients where it is, and they connect there past any proxy. Each post stands between a
proxy and the broker and, in the broker's answers, puts that proxy's port in the place of the broker's: host
and port follow each other as text and four bytes in every answer that names a broker (Metadata,
FindCoordinator, DescribeCluster), so the length stays. Source: Kafka protocol guide.
"""

import argparse
import asyncio
import contextlib
import struct
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial

import uvloop

from deploy.local.ports import LOOPBACK

CHUNK_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Post:
    """Listens on ``port``; clients are to see the broker at ``shown``."""

    port: int
    shown: int


def address_bytes(port: int) -> bytes:
    """How an answer names a broker on loopback."""
    return LOOPBACK.encode() + struct.pack(">i", port)


class Rewriter:
    """Replaces ``old`` by ``new``, of the same length, in a stream that comes in chunks."""

    def __init__(self, old: bytes, new: bytes) -> None:
        if len(old) != len(new):
            raise ValueError("both must have the same length")
        self._old, self._new = old, new
        self._kept = b""

    def feed(self, chunk: bytes) -> bytes:
        """What can be passed on; an end that may be the beginning of ``old`` is kept for the next chunk."""
        found = (self._kept + chunk).replace(self._old, self._new)
        kept = next(
            (size for size in range(len(self._old) - 1, 0, -1) if found.endswith(self._old[:size])), 0
        )
        self._kept = found[len(found) - kept :] if kept else b""
        return found[: len(found) - kept] if kept else found

    def rest(self) -> bytes:
        """What was kept, at the end of the stream."""
        kept, self._kept = self._kept, b""
        return kept


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, rewriter: Rewriter | None = None
) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(rewriter.feed(chunk) if rewriter else chunk)
            await writer.drain()
        writer.write(rewriter.rest() if rewriter else b"")
    writer.close()


async def relay(
    broker_port: int, post: Post, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """One client's connection until either side closes; then the other is closed too."""
    try:
        broker_reader, broker_writer = await asyncio.open_connection(LOOPBACK, broker_port)
    except OSError:
        writer.close()
        return
    answers = Rewriter(address_bytes(broker_port), address_bytes(post.shown))
    await asyncio.gather(_pass_on(reader, broker_writer), _pass_on(broker_reader, writer, answers))


async def serve(broker_port: int, posts: list[Post]) -> None:
    """Relay until cancelled."""

    def at(post: Post) -> Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]:
        return partial(relay, broker_port, post)

    servers = [await asyncio.start_server(at(post), LOOPBACK, post.port) for post in posts]
    await asyncio.gather(*(server.serve_forever() for server in servers))


def command(broker_port: int, posts: Sequence[Post]) -> list[str]:
    """Argv of a process that serves these posts."""
    pairs = [f"{post.port}:{post.shown}" for post in posts]
    return [sys.executable, "-m", "deploy.chaos.faults.signpost", str(broker_port), *pairs]


def main() -> None:
    """Serve until a signal ends the process."""
    parser = argparse.ArgumentParser(prog="python -m deploy.chaos.faults.signpost", description=__doc__)
    parser.add_argument("broker", type=int, help="port of the broker")
    parser.add_argument("posts", nargs="+", help="PORT:SHOWN")
    chosen = parser.parse_args()
    posts = [Post(*map(int, pair.split(":"))) for pair in chosen.posts]
    uvloop.run(serve(chosen.broker, posts))


if __name__ == "__main__":
    main()
