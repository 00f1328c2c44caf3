"""What lies on the topics, examined record by record; of a body its digest is kept, and what should not be in it."""

import hashlib
import json
import re
from collections.abc import AsyncIterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from shared.bus.connection import BusAddress
from shared.bus.reader import read_from_the_beginning
from shared.bus.records import Incoming, NotAnEvent, read_envelope
from shared.events.catalog import ProjectPublished
from shared.events.intake import CallAmended, CallPublished
from shared.events.review import SelectionAnnounced
from shared.events.topics import INTAKE_CONTACT, TOPICS

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
OUTCOME = frozenset(
    {
        "scores",
        "points",
        "total",
        "rank",
        "ranking",
        "places",
        "support_krw",
        "selected",
        "not_selected",
        "reserve",
    }
)
"""Members of a body that tell how an application fared."""
MAY_TELL_OUTCOME = frozenset({SelectionAnnounced.type, ProjectPublished.type})
"""Recorded when a selection is announced, or after it: what they tell is public."""
DEFINES_RULES = frozenset({CallPublished.type, CallAmended.type})
"""The call is public, its rules speak of points and ranks."""


@dataclass(frozen=True, slots=True)
class TopicRecord:
    """One record. ``body``: hex SHA-256, None for a tombstone; ``leaks``: what it tells and must not."""

    topic: str
    partition: int
    offset: int
    aggregate_id: str
    sequence: int
    event_id: str
    type: str
    body: str | None
    leaks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strange:
    """A record that is no event of ours."""

    topic: str
    partition: int
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Topics:
    """All records, in order within each partition."""

    records: tuple[TopicRecord, ...]
    strange: tuple[Strange, ...]


def examine(record: Incoming, secrets: frozenset[str]) -> TopicRecord | Strange:
    """What is kept of a record. ``secrets``: texts that may stand on the contact topic alone."""
    try:
        envelope = read_envelope(record)
    except NotAnEvent as error:
        return Strange(record.topic, record.partition, record.offset, str(error))
    key = None if record.key is None else record.key.decode(errors="replace")
    if key != str(envelope.subject):
        reason = f"its key is {key}, its subject {envelope.subject}"
        return Strange(record.topic, record.partition, record.offset, reason)
    leaks: tuple[str, ...] = ()
    if record.topic != INTAKE_CONTACT and record.value is not None:
        leaks = tuple(sorted(set(_leaks(envelope.type, record.value, secrets))))
    return TopicRecord(
        record.topic,
        record.partition,
        record.offset,
        str(envelope.subject),
        envelope.sequence,
        str(envelope.id),
        envelope.type,
        None if record.value is None else hashlib.sha256(record.value).hexdigest(),
        leaks,
    )


def examine_all(records: list[Incoming], secrets: frozenset[str]) -> Topics:
    """Examine records that are in memory."""
    found = [examine(record, secrets) for record in records]
    return Topics(
        tuple(one for one in found if isinstance(one, TopicRecord)),
        tuple(one for one in found if isinstance(one, Strange)),
    )


async def read_topics(address: BusAddress, secrets: frozenset[str]) -> Topics:
    """Examine every record of every topic. Raises ``BusUnavailable``."""
    records: list[TopicRecord] = []
    strange: list[Strange] = []
    async with aclosing(read_from_the_beginning(address, [topic.name for topic in TOPICS])) as incoming:
        await _sort(incoming, secrets, records, strange)
    return Topics(tuple(records), tuple(strange))


async def _sort(
    incoming: AsyncIterable[Incoming],
    secrets: frozenset[str],
    records: list[TopicRecord],
    strange: list[Strange],
) -> None:
    async for record in incoming:
        found = examine(record, secrets)
        if isinstance(found, Strange):
            strange.append(found)
        else:
            records.append(found)


def _leaks(event_type: str, body: bytes, secrets: frozenset[str]) -> Iterator[str]:
    try:
        content = json.loads(body)
    except ValueError:
        yield "a body that is no JSON"
        return
    outcome = event_type not in MAY_TELL_OUTCOME | DEFINES_RULES
    for name, value in _members(content):
        if outcome and name in OUTCOME:
            yield f"an outcome ({name})"
        if isinstance(value, str):
            if value in secrets:
                yield "personal data or a reviewer's words"
            if ADDRESS.search(value):
                yield "an e-mail address"


def _members(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield key, None
            yield from _members(member, key)
    elif isinstance(value, list):
        for member in value:
            yield from _members(member, name)
    else:
        yield name, value
