"""What seeded faults pick out of a bench's evidence, and change there."""

import json
from dataclasses import replace
from typing import Any

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.history.records import Operation as Op
from shared.bus.records import Incoming, read_envelope
from shared.events.topics import INTAKE_APPLICATION


def submitted(bench: Bench) -> str:
    """An application whose submission was acknowledged."""
    return bench.act(Op.SUBMIT_APPLICATION).ids["application_id"]


def a_record(bench: Bench, topic: str, *, newest: bool = False) -> Incoming:
    """A record of an aggregate that has no later one, if ``newest``."""
    found = [one for one in bench.records if one.topic == topic and one.value is not None]
    if newest:
        last = {one.key: one for one in bench.records if one.topic == topic}
        found = [one for one in found if last[one.key] is one]
        repeats = [one.key for one in bench.records if one.topic == topic]
        found = [one for one in found if repeats.count(one.key) == read_envelope(one).sequence]
    assert found, f"nothing on {topic}"
    return found[-1]


def with_header(record: Incoming, name: str, value: str) -> Incoming:
    """The same record with another value of one header."""
    headers = [(key, value.encode() if key == name else content) for key, content in record.headers]
    return replace(record, headers=headers)


def is_submission(record: Incoming) -> bool:
    """Whether the record tells of a submission."""
    return record.topic == INTAKE_APPLICATION and b'"receipt_no"' in (record.value or b"")


def tell_more(bench: Bench, topic: str, more: dict[str, Any], record: Incoming | None = None) -> None:
    """An event that told more from the beginning: in the journal as on the topic."""
    record = record or a_record(bench, topic)
    envelope = read_envelope(record)
    body = json.dumps({**json.loads(record.value or b"{}"), **more})
    service = topic.partition(".")[0]
    bench.sql(service, "UPDATE journal SET data = %s::json WHERE event_id = %s", body, envelope.id)  # type: ignore[arg-type] # one of the four
    changed = [
        replace(one, value=body.encode()) if read_envelope(one).id == envelope.id else one
        for one in bench.records
    ]
    bench.records = changed
