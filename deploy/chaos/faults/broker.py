"""A broker that has lost everything, and records that come again, late and in the wrong order."""

import asyncio
import contextlib
import os
import random
import signal

from deploy.chaos.faults.fault import CannotBite, Fault, Turn
from shared.bus.admin import bus_admin
from shared.bus.connection import BusAddress, BusUnavailable
from shared.bus.producer import BusProducer
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, NotAnEvent, Outgoing, read_envelope
from shared.events.topics import REVIEW_SELECTION, TOPICS

AT_MOST = 200
EVENT_TOPICS = tuple(
    topic.name
    for topic in TOPICS
    if not topic.name.endswith(".dlq") and topic.name != REVIEW_SELECTION  # the load announces none
)


class EmptyBroker(Fault):
    """All topics gone: the embedded broker starts anew, on Apache Kafka they are deleted."""

    kind = "empty-broker"
    description = "all topics gone at once"
    is_kill = True
    turn = Turn.TAKES_AWAY
    shortest_seconds, longest_seconds = 0.5, 2.0

    targets = ("topics",)

    def inject(self) -> None:
        """Empty it. Raises ``CannotBite`` when it does not answer at this moment."""
        if self.system.broker_kind == "kafka":
            try:
                asyncio.run(_delete_topics(self.system.bus))
            except BusUnavailable as error:
                raise CannotBite(f"the broker does not answer: {error}") from error
            return
        pid = self.system.pid_of("broker")
        if pid is None:
            raise CannotBite("the broker does not run")
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)

    def heal(self) -> None:
        """The relays do it: they make their topics again and publish their journals."""


class RepeatedDelivery(Fault):
    """Old records of one topic published again by somebody else, in the wrong order."""

    kind = "repeated-delivery"
    description = f"up to {AT_MOST} old records of a topic published again, shuffled, by a foreign relay"
    is_kill = True
    turn = Turn.ASKS
    shortest_seconds, longest_seconds = 0.5, 1.0

    targets = EVENT_TOPICS

    def inject(self) -> None:
        """Publish them. Raises ``CannotBite`` when the topic is empty or the broker does not answer."""
        try:
            count = asyncio.run(publish_again(self.system.bus, self.target))
        except BusUnavailable as error:
            raise CannotBite(f"the broker does not answer: {error}") from error
        if not count:
            raise CannotBite(f"{self.target} is empty")

    def heal(self) -> None:
        """What was published stays."""


async def publish_again(bus: BusAddress, topic: str) -> int:
    """Publish up to ``AT_MOST`` records of ``topic`` again, with their ids, in an order of chance; how many."""
    records = [record async for record in read_from_the_beginning(bus, [topic])]
    chance = random.Random(len(records))  # noqa: S311 - repeatable
    chosen = [
        event for record in chance.sample(records, min(AT_MOST, len(records))) if (event := _event(record))
    ]
    producer = await BusProducer.connect(bus, client_id="chaos-foreign-relay")
    try:
        await producer.publish(chosen)
    finally:
        await producer.close()
    return len(chosen)


def _event(record: Incoming) -> Outgoing | None:
    try:
        return Outgoing(record.topic, read_envelope(record))
    except NotAnEvent:
        return None


async def _delete_topics(bus: BusAddress) -> None:
    async with bus_admin(bus) as admin:
        present = await admin.partitions()
        await admin.delete([topic.name for topic in TOPICS if topic.name in present])
