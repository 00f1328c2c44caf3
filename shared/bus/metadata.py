"""One look at the cluster: brokers, topics with their partitions, and their ids, which aiokafka does not ask for.

A topic that was deleted and made again has another id: it is another log.

The request is Metadata version 12. Source: Kafka protocol guide, "Metadata API"; KIP-516.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar
from uuid import UUID

from aiokafka.protocol.abstract import AbstractType
from aiokafka.protocol.api import Request, RequestStruct, Response
from aiokafka.protocol.types import (
    Boolean,
    CompactArray,
    CompactString,
    Int16,
    Int32,
    Schema,
    TaggedFields,
)

METADATA = 3
VERSION = 12
NO_ID = UUID(int=0)


class Uuid(AbstractType[UUID]):  # type: ignore[misc] # aiokafka ships no types
    """Sixteen bytes."""

    @classmethod
    def encode(cls, value: UUID) -> bytes:
        """As it is sent."""
        return value.bytes

    @classmethod
    def decode(cls, data: BytesIO) -> UUID:
        """As it was sent."""
        return UUID(bytes=data.read(16))


class MetadataResponse(Response):  # type: ignore[misc] # aiokafka ships no types
    """Brokers, cluster, topics with their ids and partitions."""

    API_KEY = METADATA
    API_VERSION = VERSION
    SCHEMA = Schema(
        ("throttle_time_ms", Int32),
        (
            "brokers",
            CompactArray(
                ("node_id", Int32),
                ("host", CompactString("utf-8")),
                ("port", Int32),
                ("rack", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("cluster_id", CompactString("utf-8")),
        ("controller_id", Int32),
        (
            "topics",
            CompactArray(
                ("error_code", Int16),
                ("name", CompactString("utf-8")),
                ("topic_id", Uuid),
                ("is_internal", Boolean),
                (
                    "partitions",
                    CompactArray(
                        ("error_code", Int16),
                        ("partition_index", Int32),
                        ("leader_id", Int32),
                        ("leader_epoch", Int32),
                        ("replica_nodes", CompactArray(Int32)),
                        ("isr_nodes", CompactArray(Int32)),
                        ("offline_replicas", CompactArray(Int32)),
                        ("tags", TaggedFields),
                    ),
                ),
                ("authorized_operations", Int32),
                ("tags", TaggedFields),
            ),
        ),
        ("tags", TaggedFields),
    )


class MetadataRequestStruct(RequestStruct):  # type: ignore[misc] # aiokafka ships no types
    """``topics`` None asks for all that exist, so none is made by asking."""

    FLEXIBLE_VERSION = True
    API_KEY = METADATA
    API_VERSION = VERSION
    RESPONSE_TYPE = MetadataResponse
    SCHEMA = Schema(
        (
            "topics",
            CompactArray(
                ("topic_id", Uuid),
                ("name", CompactString("utf-8")),
                ("tags", TaggedFields),
            ),
        ),
        ("allow_auto_topic_creation", Boolean),
        ("include_topic_authorized_operations", Boolean),
        ("tags", TaggedFields),
    )


class AllTopics(Request[MetadataRequestStruct]):  # type: ignore[misc] # aiokafka ships no types
    """Asks for every topic with its id."""

    API_KEY: ClassVar[int] = METADATA

    def build(self, request_struct_class: type[MetadataRequestStruct]) -> MetadataRequestStruct:
        """The request of the one version we speak."""
        return request_struct_class(None, False, False, {})


@dataclass(frozen=True, slots=True)
class TopicSeen:
    """A topic that exists. ``id``: None on a broker without topic ids."""

    id: UUID | None
    partitions: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """What there is at one moment; topics in error are left aside."""

    id: str
    brokers: int
    topics: Mapping[str, TopicSeen]

    @property
    def partitions(self) -> dict[str, int]:
        """By topic: how many partitions it has."""
        return {name: topic.partitions for name, topic in self.topics.items()}

    @property
    def topic_ids(self) -> dict[str, UUID]:
        """By topic: which log it is."""
        return {name: topic.id for name, topic in self.topics.items() if topic.id is not None}


def cluster_in(answer: Any) -> Cluster:
    """What an answer to ``AllTopics`` says."""
    told = answer.to_object()
    topics = {
        topic["name"]: TopicSeen(
            None if topic["topic_id"] == NO_ID else topic["topic_id"], len(topic["partitions"])
        )
        for topic in told["topics"]
        if topic["error_code"] == 0 and topic["name"]
    }
    return Cluster(told["cluster_id"], len(told["brokers"]), topics)
