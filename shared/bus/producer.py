"""The producing half of the bus: batches of events, each with its own outcome."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Self

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from shared.bus.connection import AWAIT_SECONDS, REQUEST_TIMEOUT_MS, BusAddress, BusUnavailable
from shared.bus.records import Outgoing, headers_of
from shared.events.topics import MAX_RECORD_BYTES

LINGER_MS = 2
BATCH_BYTES = 256 * 1024


class BusProducer:
    """Publishes events with ``acks=all``; order holds per aggregate within one producer."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer

    @classmethod
    async def connect(cls, address: BusAddress, *, client_id: str) -> Self:
        """Connect. Raises ``BusUnavailable``."""
        producer = AIOKafkaProducer(
            bootstrap_servers=address.bootstrap,
            client_id=client_id,
            acks="all",
            enable_idempotence=address.idempotent_producer,
            request_timeout_ms=REQUEST_TIMEOUT_MS,
            linger_ms=LINGER_MS,
            max_batch_size=BATCH_BYTES,
            max_request_size=MAX_RECORD_BYTES,
        )
        try:
            await asyncio.wait_for(producer.start(), AWAIT_SECONDS)
        except (KafkaError, TimeoutError, OSError) as error:
            await _stop(producer)
            raise BusUnavailable(str(error)) from error
        return cls(producer)

    async def publish(self, events: Sequence[Outgoing]) -> list[BaseException | None]:
        """Send all, then wait for all: for each event None (acknowledged by all replicas) or why not."""
        outcomes: list[BaseException | None] = []
        try:
            sent = [await asyncio.wait_for(self._send(event), AWAIT_SECONDS) for event in events]
            answers = await asyncio.wait_for(asyncio.gather(*sent, return_exceptions=True), AWAIT_SECONDS)
        except (KafkaError, TimeoutError, OSError) as error:
            raise BusUnavailable(str(error) or type(error).__name__) from error
        outcomes.extend(answer if isinstance(answer, BaseException) else None for answer in answers)
        return outcomes

    async def _send(self, event: Outgoing) -> "asyncio.Future[object]":
        envelope = event.envelope
        try:
            future: asyncio.Future[object] = await self._producer.send(
                event.topic,
                key=str(envelope.subject).encode(),
                value=envelope.data,
                headers=headers_of(envelope),
                timestamp_ms=int(envelope.time.timestamp() * 1000),
            )
        except KafkaError as error:
            future = asyncio.get_running_loop().create_future()
            future.set_exception(error)
        return future

    async def close(self) -> None:
        """Flush and close; a broker that is down cannot hold us."""
        await _stop(self._producer)


async def _stop(producer: AIOKafkaProducer) -> None:
    """Stop within bounds: with records pending and no broker, ``stop`` blocks for 40 s."""
    with contextlib.suppress(KafkaError, TimeoutError, OSError):
        await asyncio.wait_for(producer.stop(), AWAIT_SECONDS)
