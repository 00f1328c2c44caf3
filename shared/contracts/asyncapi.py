"""The AsyncAPI 3.0 document: topics as channels, events as messages, services as senders and receivers."""

import inspect
from typing import Any

from pydantic import BaseModel

from shared.contracts.dead_letter import NAME, EventParked, parked_type
from shared.contracts.examples import PARKED
from shared.contracts.registry import consumed_by, consumers_of, event_classes, producer_of, short_name
from shared.contracts.schemas import example_of
from shared.events.envelope import Event
from shared.events.topics import TOPICS, Topic
from shared.settings import SERVICES, ServiceName

SCHEMA_FORMAT = "application/schema+json;version=draft-2020-12"
BINDING_VERSION = "0.5.0"
DESCRIPTION = """Events of the K-City Network: CloudEvents 1.0 over Kafka in binary mode (attributes are `ce_` \
headers, the value is JSON), delivered at least once.

`ce_sequence` is dense per aggregate (1, 2, 3 …): at or below the last one applied it is a repeat, beyond the next \
one an event is missing yet. The key is the aggregate's id, so one aggregate keeps its order. Readers ignore fields \
they do not know; a breaking change is a new version of the type, published beside the old one. Nothing before an \
announcement carries an outcome. Only `kcity.intake.ContactChanged.v1` carries personal data."""
HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents attributes as Kafka headers; every value is text in UTF-8",
    "required": [
        "ce_specversion",
        "ce_id",
        "ce_type",
        "ce_source",
        "ce_subject",
        "ce_time",
        "ce_sequence",
        "content-type",
    ],
    "properties": {
        "ce_specversion": {"type": "string", "const": "1.0"},
        "ce_id": {"type": "string", "format": "uuid", "description": "The event; a repeat has the same"},
        "ce_type": {"type": "string", "description": "kcity.<service>.<Event>.v<version>"},
        "ce_source": {"type": "string", "description": "/kcity/<service that decided this fact>"},
        "ce_subject": {"type": "string", "format": "uuid", "description": "The aggregate"},
        "ce_time": {"type": "string", "format": "date-time", "description": "Business time, UTC"},
        "ce_sequence": {
            "type": "string",
            "pattern": "^[1-9][0-9]*$",
            "description": "Dense within the aggregate",
        },
        "content-type": {"type": "string", "const": "application/json"},
        "traceparent": {"type": "string", "description": "W3C trace context of the request that caused it"},
    },
}
_KEY = {"type": "string", "format": "uuid", "description": "The aggregate's id, as in ce_subject"}


def asyncapi_document() -> dict[str, Any]:
    """The whole document; schemas are referred to by their files beside it."""
    return {
        "asyncapi": "3.0.0",
        "id": "urn:kcity:events",
        "info": {
            "title": "K-City Network: events",
            "version": "1.0.0",
            "description": DESCRIPTION,
            "contact": {"name": "K-City Network, Ministry of Land, Infrastructure and Transport"},
            "tags": [{"name": service} for service in SERVICES],
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": dict(
            operation for service in SERVICES for operation in (*_sends(service), *_receives(service))
        ),
        "components": {
            "schemas": {"CloudEventHeaders": HEADERS},
            "messages": _messages(),
        },
    }


def _channel(topic: Topic) -> dict[str, Any]:
    names = _message_names(topic)
    readers = [
        service for service in SERVICES if any(kind.topic == topic.name for kind in consumed_by(service))
    ]
    return {
        "address": topic.name,
        "title": topic.name,
        "description": _purpose(topic),
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in names},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "partitions": topic.partitions,
                "topicConfiguration": _configuration(topic),
                "bindingVersion": BINDING_VERSION,
            }
        },
        "x-producer": topic.owner,
        "x-consumers": readers,
    }


def _purpose(topic: Topic) -> str:
    if topic.name.endswith(".dlq"):
        return (
            f"Events that {topic.owner} gave up on, until an operator releases them. For operators: no service "
            "consumes it."
        )
    if topic.compacted:
        return (
            "Snapshots: only the last record of each key is kept. A record without a value is a tombstone: the "
            "aggregate was erased, delete your copy. The only topic with personal data; its readers are listed."
        )
    return f"Everything that {topic.owner} decides about one kind of aggregate; kept for ever."


def _configuration(topic: Topic) -> dict[str, Any]:
    configuration: dict[str, Any] = {}
    for name, value in topic.configuration.items():
        configuration[name] = [value] if name == "cleanup.policy" else int(value)
    return configuration


def _message_names(topic: Topic) -> list[str]:
    if topic.name.endswith(".dlq"):
        return [f"{topic.owner}.{NAME}"]
    return [short_name(kind.type) for kind in event_classes() if kind.topic == topic.name]


def _messages() -> dict[str, Any]:
    ours = {short_name(kind.type): _message_of(kind) for kind in event_classes()}
    parked = {
        f"{service}.{NAME}": {
            **_message(parked_type(service), f"kcity.{NAME}", PARKED, EventParked),
            "x-producer": service,
            "x-consumers": [],
        }
        for service in SERVICES
    }
    return {**ours, **parked}


def _message_of(kind: type[Event]) -> dict[str, Any]:
    return {
        **_message(kind.type, kind.type, example_of(kind), kind),
        "x-producer": producer_of(kind.type),
        "x-consumers": consumers_of(kind.type),
    }


def _message(
    event_type: str, file: str, example: dict[str, Any], described: type[BaseModel]
) -> dict[str, Any]:
    told = inspect.cleandoc(described.__doc__ or "")
    own = {"ce_type": {"const": event_type}, "ce_source": {"const": f"/kcity/{producer_of(event_type)}"}}
    return {
        "name": event_type,
        "title": short_name(event_type),
        "summary": told.partition("\n")[0].rstrip("."),
        "description": told,
        "contentType": "application/json",
        "headers": {
            "allOf": [
                {"$ref": "#/components/schemas/CloudEventHeaders"},
                {"type": "object", "properties": own},
            ]
        },
        "payload": {"schemaFormat": SCHEMA_FORMAT, "schema": {"$ref": f"./events/{file}.json"}},
        "bindings": {"kafka": {"key": _KEY, "bindingVersion": BINDING_VERSION}},
        "examples": [{"name": short_name(event_type), "payload": example}],
    }


def _sends(service: ServiceName) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            f"{service}.sends.{topic.name}",
            {
                "action": "send",
                "summary": f"{service} publishes to {topic.name}",
                "description": "In the order in which they were decided, for each aggregate; a repeat has the same id.",
                **_about(topic, _message_names(topic)),
            },
        )
        for topic in TOPICS
        if topic.owner == service
    ]


def _receives(service: ServiceName) -> list[tuple[str, dict[str, Any]]]:
    kinds = consumed_by(service)
    group = {"groupId": {"type": "string", "enum": [service]}, "bindingVersion": BINDING_VERSION}
    return [
        (
            f"{service}.receives.{topic.name}",
            {
                "action": "receive",
                "summary": f"{service} consumes from {topic.name}",
                "description": "Types that are not listed only move the watermark.",
                **_about(topic, names),
                "bindings": {"kafka": group},
            },
        )
        for topic in TOPICS
        if (names := [short_name(kind.type) for kind in kinds if kind.topic == topic.name])
    ]


def _about(topic: Topic, names: list[str]) -> dict[str, Any]:
    # channel ids have dots, which a JSON pointer takes as they are
    return {
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "messages": [{"$ref": f"#/channels/{topic.name}/messages/{name}"} for name in names],
    }
