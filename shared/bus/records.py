"""CloudEvents 1.0 over Kafka, binary mode: attributes as ``ce_`` headers, JSON body, key = aggregate id.

Written by hand because the ``cloudevents`` package costs 127 µs a round trip; a test holds us to it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from uuid import UUID

from shared.contracts.registry import event_classes
from shared.events.envelope import EVENT_TYPE, Envelope

Headers = Sequence[tuple[str, bytes]]

LARGEST_SEQUENCE = 2**53 - 1
"""What JSON can carry without loss; far beyond what any aggregate reaches."""
UNREADABLE = ("kcity-unreadable", b"")
"""Marks a record that the client library cannot read at all; it comes without key and value."""
_ATTRIBUTES = ("id", "type", "source", "subject", "sequence", "time", "specversion")
_SEQUENCE = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_TRACEPARENT = re.compile(rb"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_SHOWN = 100


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
    """Read the event's attributes; its body stays bytes. Raises ``NotAnEvent`` with what is wrong, in few words.

    A trace that cannot be read is left out: it is no part of the event. Source: W3C Trace Context, 3.2.
    """
    headers = dict(record.headers)
    if UNREADABLE[0] in headers:
        raise NotAnEvent("its headers cannot be read: the name of one, in its batch, is no text")
    if len(headers) < len(record.headers):
        _refuse_doubled(record.headers)
    try:
        text = {name: headers[f"ce_{name}"].decode() for name in _ATTRIBUTES}
        envelope = Envelope(
            id=UUID(text["id"]),
            type=text["type"],
            source=text["source"],
            subject=UUID(text["subject"]),
            sequence=_sequence(text["sequence"]),
            time=_instant(text["time"]),
            data=record.value,
            traceparent=_trace(headers.get("traceparent")),
        )
    except KeyError as error:
        raise NotAnEvent(f"header {error.args[0]} is missing") from error
    except AttributeError as error:  # Kafka's headers may have no value
        raise NotAnEvent("a header has no value") from error
    except ValueError as error:
        raise NotAnEvent(f"a header cannot be read: {error!s:.200}") from error
    if text["specversion"] != "1.0":
        raise NotAnEvent(f"ce_specversion {_shown(text['specversion'])} is not 1.0")
    if record.key != str(envelope.subject).encode():
        raise NotAnEvent("the key is not the subject, so its order is not kept")
    _check_source(envelope, record.topic)
    return envelope


def _refuse_doubled(headers: Headers) -> None:
    doubled = [name for name, count in Counter(name for name, _ in headers).items() if count > 1]
    for name in doubled:
        if name.startswith("ce_"):
            raise NotAnEvent(f"header {_shown(name)} is there more than once")


def _sequence(text: str) -> int:
    if not _SEQUENCE.fullmatch(text) or int(text) > LARGEST_SEQUENCE:
        raise NotAnEvent(f"ce_sequence must be a number from 1 to {LARGEST_SEQUENCE}")
    return int(text)


def _instant(text: str) -> datetime:
    """UTC. What no calendar has is refused here, as no database could keep it."""
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            raise NotAnEvent("ce_time has no zone")
        return instant.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotAnEvent(f"ce_time {_shown(text)} is no instant") from error


def _trace(value: bytes | None) -> str | None:
    return value.decode() if value is not None and _TRACEPARENT.fullmatch(value) else None


def _check_source(envelope: Envelope, topic: str) -> None:
    """An event's type, source and topic all name the service that decides it, and a known type lies on its topic.

    This finds mistakes. Who may write to a topic is the broker's to decide: its access list names the owner alone.
    """
    kind = EVENT_TYPE.fullmatch(envelope.type)
    if kind is None:
        raise NotAnEvent(f"ce_type {_shown(envelope.type)} is none of ours")
    if envelope.source != f"/kcity/{kind['service']}" or not topic.startswith(f"{kind['service']}."):
        raise NotAnEvent(f"{_shown(envelope.type)} does not come from {_shown(envelope.source)} on {topic}")
    home = _homes().get(envelope.type, topic)
    if home != topic:
        raise NotAnEvent(f"{envelope.type} belongs on {home}, not on {topic}")


@cache
def _homes() -> dict[str, str]:
    """The topic of every event type there is."""
    return {kind.type: kind.topic for kind in event_classes()}


def _shown(text: str) -> str:
    """A stranger's text, short and without control characters, which no text of the database could hold."""
    return ascii(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
