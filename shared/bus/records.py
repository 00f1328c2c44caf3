"""CloudEvents 1.0 over Kafka, binary mode: attributes as ``ce_`` headers, JSON body, key = aggregate id.

Written by hand because the ``cloudevents`` package costs 127 µs a round trip; a test holds us to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from shared.events.envelope import EVENT_TYPE, Envelope

Headers = Sequence[tuple[str, bytes]]


class NotAnEvent(Exception):
    """A record from which no aggregate and sequence can be read."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record as the broker gave it."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event on its way to a topic."""

    topic: str
    envelope: Envelope


def headers_of(envelope: Envelope) -> list[tuple[str, bytes]]:
    """The ``ce_`` headers of an event, and its trace."""
    headers = [
        ("ce_specversion", b"1.0"),
        ("ce_id", str(envelope.id).encode()),
        ("ce_type", envelope.type.encode()),
        ("ce_source", envelope.source.encode()),
        ("ce_subject", str(envelope.subject).encode()),
        ("ce_time", envelope.time.astimezone(UTC).isoformat().replace("+00:00", "Z").encode()),
        ("ce_sequence", str(envelope.sequence).encode()),
        ("content-type", b"application/json"),
    ]
    if envelope.traceparent:
        headers.append(("traceparent", envelope.traceparent.encode()))
    return headers


def read_envelope(record: Incoming) -> Envelope:
    """Read the event's attributes; its body stays bytes. Raises ``NotAnEvent`` with what is wrong."""
    headers = dict(record.headers)
    try:
        text = {
            name: headers[f"ce_{name}"].decode()
            for name in ("id", "type", "source", "subject", "sequence", "time")
        }
        envelope = Envelope(
            id=UUID(text["id"]),
            type=text["type"],
            source=text["source"],
            subject=UUID(text["subject"]),
            sequence=int(text["sequence"]),
            time=datetime.fromisoformat(text["time"]),
            data=record.value,
            traceparent=headers["traceparent"].decode() if "traceparent" in headers else None,
        )
    except KeyError as error:
        raise NotAnEvent(f"header {error.args[0]} is missing") from error
    except ValueError as error:
        raise NotAnEvent(f"a header cannot be read: {error}") from error
    if envelope.sequence < 1:
        raise NotAnEvent("ce_sequence must be 1 or more")
    if envelope.time.tzinfo is None:
        raise NotAnEvent("ce_time has no zone")
    _check_source(envelope, record.topic)
    return envelope


def _check_source(envelope: Envelope, topic: str) -> None:
    """An event's type, source and topic all name the service that decides it."""
    kind = EVENT_TYPE.fullmatch(envelope.type)
    if kind is None:
        raise NotAnEvent(f"ce_type {envelope.type!r} is none of ours")
    if envelope.source != f"/kcity/{kind['service']}" or not topic.startswith(f"{kind['service']}."):
        raise NotAnEvent(f"{envelope.type} does not come from {envelope.source} on {topic}")
