"""The load generator, a process of its own: ``python -m deploy.bench.load --work FILE --out FILE``.

Keep-alive connections, each with one request under way, spread evenly over the ports. Written on bare protocols
so that it takes little of the machine it shares with what is measured; its own CPU time is reported.
"""

import argparse
import asyncio
import json
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import uvloop

LONGEST_SECONDS = 200.0
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
RECEIPT = b'"receipt_no":"'


@dataclass(slots=True)
class Tally:
    """What came back: counts by HTTP status, receipt numbers, milliseconds waited."""

    statuses: Counter[str] = field(default_factory=Counter)
    receipts: set[bytes] = field(default_factory=set)
    waits: list[float] = field(default_factory=list)
    sample: str = ""

    def take(self, answer: bytes, body_at: int, waited: float) -> None:
        """Count one answer; ``body_at``: where its body begins."""
        self.statuses[answer[9:12].decode()] += 1
        self.waits.append(waited * 1000)
        at = answer.find(RECEIPT, body_at)
        if at >= 0:
            begin = at + len(RECEIPT)
            self.receipts.add(answer[begin : answer.index(b'"', begin)])
        if not self.sample:
            self.sample = answer[body_at:].decode()


class Connection(asyncio.Protocol):
    """One keep-alive connection: sends the next request when the answer to the last one is whole."""

    def __init__(self, waiting: deque[bytes], tally: Tally, ended: asyncio.Future[None]) -> None:
        self._waiting = waiting
        self._tally = tally
        self._ended = ended
        self._received = b""
        self._sent_at = 0.0
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Nothing is sent before all connections stand."""
        self._transport = cast("asyncio.Transport", transport)

    def send_next(self) -> None:
        """Send a waiting request, or close when there is none."""
        if self._transport is None:
            raise ConnectionError("not connected")
        if not self._waiting:
            if not self._ended.done():
                self._ended.set_result(None)
            self._transport.close()
            return
        self._sent_at = time.perf_counter()
        self._transport.write(self._waiting.popleft())

    def data_received(self, data: bytes) -> None:
        """Collect until the answer is whole."""
        self._received += data
        head_end = self._received.find(HEAD_END)
        if head_end < 0:
            return
        body_at = head_end + len(HEAD_END)
        if len(self._received) < body_at + _length_in(self._received[:head_end]):
            return
        self._tally.take(self._received, body_at, time.perf_counter() - self._sent_at)
        self._received = b""
        self.send_next()

    def connection_lost(self, error: Exception | None) -> None:
        """A connection that ends early fails the run."""
        if not self._ended.done():
            self._ended.set_exception(error or ConnectionError("closed by the server"))


def _length_in(head: bytes) -> int:
    lowered = head.lower()
    begin = lowered.index(LENGTH) + len(LENGTH)
    end = lowered.find(b"\r\n", begin)
    return int(lowered[begin : end if end >= 0 else None])


def requests_of(work: dict[str, Any]) -> deque[bytes]:
    """The bytes of every request; each has a key of its own."""
    return deque(
        (
            f"POST /v1/applications/{application_id}/submission HTTP/1.1\r\nHost: intake\r\n"
            f"Authorization: Bearer {work['tokens'][token]}\r\nIdempotency-Key: bench-{application_id}\r\n"
            "Accept: application/json\r\nContent-Length: 0\r\n\r\n"
        ).encode()
        for application_id, token in work["submissions"]
    )


async def generate(work: dict[str, Any]) -> dict[str, Any]:
    """Send everything and wait for every answer."""
    waiting, tally = requests_of(work), Tally()
    count = len(waiting)
    loop = asyncio.get_running_loop()
    ends = [loop.create_future() for _ in range(work["connections"])]
    connections = []
    for number, ended in enumerate(ends):
        port = work["ports"][number % len(work["ports"])]
        _, connection = await loop.create_connection(
            lambda ended=ended: Connection(waiting, tally, ended),  # type: ignore[misc] # bound now
            "127.0.0.1",
            port,
        )
        connections.append(connection)
    began, cpu = time.perf_counter(), time.process_time()
    for connection in connections:
        connection.send_next()
    await asyncio.wait_for(asyncio.gather(*ends), LONGEST_SECONDS)
    seconds = time.perf_counter() - began
    waits = sorted(tally.waits)
    return {
        "requests": count,
        "seconds": seconds,
        "cpu_seconds": time.process_time() - cpu,
        "statuses": dict(tally.statuses),
        "receipts": len(tally.receipts),
        "p50_ms": waits[len(waits) // 2],
        "p99_ms": waits[len(waits) * 99 // 100],
        "sample": tally.sample,
    }


def main() -> None:
    """Generate the load that the work file describes."""
    parser = argparse.ArgumentParser(prog="python -m deploy.bench.load", description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    work = json.loads(chosen.work.read_text())
    uvloop.install()
    chosen.out.write_text(json.dumps(asyncio.run(generate(work))))


if __name__ == "__main__":
    main()
