"""The events of the AsyncAPI document, ready to be shown: channels with their messages and who reads them."""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from deploy.front_door.site.schemas import Member, members, type_of
from deploy.front_door.site.sources import Document, Sources


@dataclass(frozen=True, slots=True)
class Message:
    """One event type. ``parts``: the types within it; ``schema_file``: its JSON Schema beside the page."""

    name: str
    title: str
    description: str
    producer: str
    consumers: tuple[str, ...]
    schema_file: str
    members: tuple[Member, ...]
    parts: tuple[tuple[str, Markup, tuple[Member, ...]], ...]
    example: Any


@dataclass(frozen=True, slots=True)
class Channel:
    """One topic."""

    address: str
    description: str
    producer: str
    consumers: tuple[str, ...]
    partitions: int
    messages: tuple[Message, ...]


def channels_of(sources: Sources) -> list[Channel]:
    """Every topic by name; those for operators alone (dead letters) come last."""
    channels = [_channel(sources, told) for told in sources.asyncapi["channels"].values()]
    return sorted(channels, key=lambda one: (one.address.endswith(".dlq"), one.address))


def _channel(sources: Sources, told: Document) -> Channel:
    names = (each["$ref"].rpartition("/")[2] for each in told["messages"].values())
    return Channel(
        address=told["address"],
        description=told.get("description", ""),
        producer=told.get("x-producer", ""),
        consumers=tuple(told.get("x-consumers", ())),
        partitions=told["bindings"]["kafka"]["partitions"],
        messages=tuple(_message(sources, name) for name in names),
    )


def _message(sources: Sources, name: str) -> Message:
    told: Document = sources.asyncapi["components"]["messages"][name]
    file = told["payload"]["schema"]["$ref"].rpartition("/")[2]
    schema: Document = json.loads(sources.event_schemas[file])
    base = f"#{told['name']}-"
    examples = told.get("examples", [])
    return Message(
        name=told["name"],
        title=told.get("title", name),
        description=str(schema.get("description") or told.get("summary", "")),
        producer=told.get("x-producer", ""),
        consumers=tuple(told.get("x-consumers", ())),
        schema_file=file,
        members=tuple(members(schema, base)),
        parts=tuple(
            (part, type_of(each, base), tuple(members(each, base)))
            for part, each in schema.get("$defs", {}).items()
        ),
        example=examples[0]["payload"] if examples else None,
    )
