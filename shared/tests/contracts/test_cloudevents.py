"""Our records are CloudEvents 1.0: what the reference package reads and writes is what we mean."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_kafka_event, to_binary_event
from cloudevents.core.v1.event import CloudEvent

from shared.bus.records import Incoming, headers_of, read_envelope
from shared.contracts.registry import event_classes
from shared.contracts.schemas import example_of
from shared.events.envelope import Envelope, Event
from shared.ids import new_uuid

SUBJECT = UUID("01946d2a-8c00-7000-8000-00000000000b")
SEOUL = timezone(timedelta(hours=9))
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def sample(kind: type[Event] | None = None, *, traceparent: str | None = TRACE) -> Envelope:
    kind = kind or event_classes()[0]
    return Envelope(
        id=new_uuid(),
        type=kind.type,
        source=kind.source(),
        subject=SUBJECT,
        sequence=7,
        time=datetime(2025, 4, 21, 11, 0, 0, 123456, tzinfo=SEOUL),
        data=json.dumps(example_of(kind), ensure_ascii=False).encode(),
        traceparent=traceparent,
    )


def read_by_the_package(envelope: Envelope) -> CloudEvent:
    message = KafkaMessage(
        headers=dict(headers_of(envelope)), key=str(envelope.subject).encode(), value=envelope.data or b""
    )
    event = from_kafka_event(message)
    assert isinstance(event, CloudEvent)
    return event


def written_by_the_package(envelope: Envelope) -> Incoming:
    event = CloudEvent(
        attributes={
            "id": str(envelope.id),
            "type": envelope.type,
            "source": envelope.source,
            "subject": str(envelope.subject),
            "sequence": str(envelope.sequence),
            "time": envelope.time,
            "datacontenttype": "application/json",
            "specversion": "1.0",
            "partitionkey": str(envelope.subject),
        },
        data=json.loads(envelope.data or b"null"),
    )
    message = to_binary_event(event)
    topic = next(kind.topic for kind in event_classes() if kind.type == envelope.type)
    key = message.key.encode() if isinstance(message.key, str) else message.key
    return Incoming(topic, 0, 0, key, message.value, list(message.headers.items()))


@pytest.mark.parametrize("kind", event_classes(), ids=lambda kind: kind.__name__)
class TestCloudEvents:
    def test_the_package_reads_the_attributes_that_we_wrote(self, kind: type[Event]) -> None:
        envelope = sample(kind)
        event = read_by_the_package(envelope)
        assert event.get_specversion() == "1.0"
        assert event.get_id() == str(envelope.id)
        assert event.get_type() == kind.type
        assert event.get_source() == kind.source()
        assert event.get_subject() == str(envelope.subject)
        assert event.get_time() == envelope.time
        assert event.get_datacontenttype() == "application/json"
        assert event.get_extension("sequence") == "7"

    def test_the_package_reads_the_body_that_we_wrote(self, kind: type[Event]) -> None:
        assert read_by_the_package(sample(kind)).get_data() == example_of(kind)

    def test_we_read_what_the_package_wrote(self, kind: type[Event]) -> None:
        envelope = sample(kind, traceparent=None)
        read = read_envelope(written_by_the_package(envelope))
        assert (read.id, read.type, read.source, read.subject, read.sequence) == (
            envelope.id,
            envelope.type,
            envelope.source,
            envelope.subject,
            envelope.sequence,
        )
        assert read.time == envelope.time
        assert kind.model_validate_json(read.data or b"") == kind.model_validate(example_of(kind))


class TestHeaders:
    def test_tell_the_time_in_utc(self) -> None:
        assert dict(headers_of(sample()))["ce_time"] == b"2025-04-21T02:00:00.123456Z"

    def test_we_read_back_what_we_wrote(self) -> None:
        envelope = sample()
        topic = next(kind.topic for kind in event_classes() if kind.type == envelope.type)
        record = Incoming(topic, 0, 0, str(envelope.subject).encode(), envelope.data, headers_of(envelope))
        assert read_envelope(record) == envelope
        assert read_envelope(record).time.tzinfo is not None
        assert read_envelope(record).time.astimezone(UTC).hour == 2
