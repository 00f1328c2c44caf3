"""Which log a topic is: its topic id, which aiokafka does not ask for. A topic deleted and made again has another.

The request is Metadata version 12. Source: Kafka protocol guide, "Metadata API"; KIP-516.
"""

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


def ids_in(answer: Any) -> dict[str, UUID]:
    """Topic → its id; topics in error and topics of a broker without ids are left aside."""
    return {
        topic["name"]: topic["topic_id"]
        for topic in answer.to_object()["topics"]
        if topic["error_code"] == 0 and topic["name"] and topic["topic_id"] != NO_ID
    }
