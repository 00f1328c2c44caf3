"""Records as our topics carry them: CloudEvents 1.0 in Kafka's binary mode, made from the samples of the contract."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, uuid5

Position = tuple[str, int, int]
"""Topic, partition, offset."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``value``: JSON text, None for an erased one. ``genuine``: whether it may ever be applied."""

    topic: str
    key: str
    headers: Mapping[str, str]
    value: str | None
    sequence: int
    genuine: bool = True

    def line(self, partition: int, offset: int) -> str:
        """The record as one line of JSON."""
        place = {"topic": self.topic, "partition": partition, "offset": offset}
        body = {"key": self.key, "headers": dict(self.headers), "value": self.value}
        return json.dumps(place | body, ensure_ascii=False)


@cache
def contract() -> dict[str, Any]:
    """``events.json``: every event type with topic, source, JSON Schema and a sample of its body."""
    found: dict[str, Any] = json.loads(files(__package__).joinpath("events.json").read_text("utf-8"))
    return found


def subject(name: str) -> str:
    """The id of a made-up aggregate, always the same for the same name."""
    return str(uuid5(NAMESPACE_URL, f"urn:kcity:conformance:{name}"))


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Something that events are about: its name within the kit, and the type of its events."""

    name: str
    type: str
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """Its id: the record's key."""
        return subject(self.name)

    def event(self, sequence: int, *, attempt: str = "", **changes: Any) -> Record:
        """Event number ``sequence``; the same number is the same event, unless ``attempt`` makes another one.

        ``changes``: ``type`` and ``source`` as its headers say, ``value`` as its body, ``genuine``.
        """
        told: dict[str, Any] = contract()["events"][self.type]
        headers = {
            "ce_specversion": "1.0",
            "ce_id": subject(f"{self.name}/{sequence}/{attempt}"),
            "ce_type": str(changes.get("type", self.type)),
            "ce_source": str(changes.get("source", told["source"])),
            "ce_subject": self.subject,
            "ce_time": f"2025-03-11T08:00:{sequence % 60:02}Z",
            "ce_sequence": str(sequence),
            "content-type": "application/json",
        }
        usual = json.dumps({**told["sample"], **self.more}, ensure_ascii=False)
        value = changes.get("value", usual)
        return Record(told["topic"], self.subject, headers, value, sequence, changes.get("genuine", True))
