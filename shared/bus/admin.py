"""Topics and cluster: what exists, what must exist, which log this is."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from shared.bus.connection import AWAIT_SECONDS, REQUEST_TIMEOUT_MS, BusAddress, BusUnavailable
from shared.bus.metadata import AllTopics, Cluster, cluster_in
from shared.events.topics import Topic

RECREATE_TRIES = 20
LOOK_AGAIN_SECONDS = 0.1


class WrongPartitions(Exception):
    """A topic has another number of partitions than it must have; nobody repairs that on a log with events."""

    def __init__(self, topic: str, found: int, wanted: int) -> None:
        super().__init__(f"topic {topic} has {found} partitions, {wanted} are needed: recreate it and replay")


@dataclass(frozen=True, slots=True)
class Log:
    """Which log some topics are: the cluster, and the id of each topic that exists."""

    cluster_id: str
    topic_ids: Mapping[str, UUID]

    @property
    def topics_digest(self) -> str:
        """Another one when one of the topics was made anew, or is there no more."""
        ids = "".join(f"{topic}={self.topic_ids[topic]} " for topic in sorted(self.topic_ids))
        return hashlib.sha256(ids.encode()).hexdigest()


class BusAdmin:
    """Administrative questions to the cluster."""

    def __init__(self, client: AIOKafkaAdminClient, replication: int) -> None:
        self._client = client
        self._replication = replication

    async def cluster(self) -> Cluster:
        """One look at brokers and topics. Asking makes no topic."""
        node = self._client._client.get_random_node()  # noqa: SLF001 - aiokafka's admin asks no version that has ids
        answer = await asyncio.wait_for(self._client._client.send(node, AllTopics()), AWAIT_SECONDS)  # noqa: SLF001
        return cluster_in(answer)

    async def cluster_id(self) -> str:
        """Which cluster this is; an embedded broker has a new id, and an empty log, after each start."""
        return (await self.cluster()).id

    async def partitions(self) -> dict[str, int]:
        """The number of partitions of each topic that exists."""
        return (await self.cluster()).partitions

    async def log_of(self, topics: Sequence[Topic]) -> Log:
        """Which log these topics are now."""
        cluster = await self.cluster()
        ids = cluster.topic_ids
        return Log(cluster.id, {topic.name: ids[topic.name] for topic in topics if topic.name in ids})

    async def committed_notes(
        self, group: str, partitions: Sequence[TopicPartition]
    ) -> dict[TopicPartition, str]:
        """What the group's members noted with the offset they committed last, for those of these that have one."""
        asking = self._client.list_consumer_group_offsets(group, partitions=list(partitions))
        committed = await asyncio.wait_for(asking, AWAIT_SECONDS)
        return {tp: found.metadata for tp, found in committed.items() if found.offset >= 0}

    async def provision(self, topics: Sequence[Topic], *, recreate: bool = False) -> list[str]:
        """Create what is missing and return its names. Raises ``WrongPartitions``.

        ``recreate`` drops a topic with a wrong count first: only right where the log is new and the
        journals are about to be published again. The embedded broker creates a topic that anybody asks
        for by itself, also between the drop and the creation, so the outcome is looked at and tried again.
        """
        made: set[str] = set()
        for _ in range(RECREATE_TRIES):
            present = await self.partitions()
            wrong = [t for t in topics if present.get(t.name, t.partitions) != t.partitions]
            missing = [t for t in topics if t.name not in present]
            if not wrong and not missing:
                break
            if wrong and not recreate:
                raise WrongPartitions(wrong[0].name, present[wrong[0].name], wrong[0].partitions)
            if wrong:
                await asyncio.wait_for(self._client.delete_topics([t.name for t in wrong]), AWAIT_SECONDS)
            await self._create([*missing, *wrong])
            made |= {topic.name for topic in (*missing, *wrong)}
            await asyncio.sleep(LOOK_AGAIN_SECONDS)  # a cluster tells its brokers a moment later
        else:
            raise BusUnavailable("topics do not come out as they must be; somebody else makes them too")
        return sorted(made)

    async def delete(self, names: Sequence[str]) -> None:
        """Delete topics with all that is on them; relays notice, make theirs again and publish their journals."""
        if names:
            await asyncio.wait_for(self._client.delete_topics(list(names)), AWAIT_SECONDS)

    async def _create(self, topics: Sequence[Topic]) -> None:
        answer = await asyncio.wait_for(
            self._client.create_topics(
                [
                    NewTopic(t.name, t.partitions, self._replication, topic_configs=t.configuration)
                    for t in topics
                ]
            ),
            AWAIT_SECONDS,
        )
        for topic, code, *_ in answer.topic_errors:
            if code and for_code(code) is not TopicAlreadyExistsError:
                raise BusUnavailable(f"topic {topic} was not created: {for_code(code).__name__}")


@asynccontextmanager
async def bus_admin(address: BusAddress) -> AsyncIterator[BusAdmin]:
    """A connected admin client. Raises ``BusUnavailable``."""
    client = AIOKafkaAdminClient(bootstrap_servers=address.bootstrap, request_timeout_ms=REQUEST_TIMEOUT_MS)
    try:
        await asyncio.wait_for(client.start(), AWAIT_SECONDS)
        yield BusAdmin(client, address.replication)
    except (KafkaError, TimeoutError, OSError) as error:
        raise BusUnavailable(str(error) or type(error).__name__) from error
    finally:
        await asyncio.wait_for(client.close(), AWAIT_SECONDS)
