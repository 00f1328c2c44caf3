"""Seeded faults of the journals, the topics and what consumers applied of them."""

from dataclasses import replace
from uuid import uuid4

from deploy.chaos.checker.tests.bench import Bench
from deploy.chaos.checker.tests.seeds.evidence import a_record, with_header
from deploy.chaos.checker.tests.seeds.seed import seed
from shared.bus.records import Incoming, read_envelope
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CONTACT, NOTIFICATION_MESSAGE


@seed("at-rest")
def an_event_waits_in_the_outbox(bench: Bench) -> None:
    bench.sql("intake", "INSERT INTO outbox (journal_id) SELECT max(id) FROM journal")


@seed("at-rest")
def a_worker_never_came_to_rest(bench: Bench) -> None:
    bench.restless.append("the worker of review lags by 3")


@seed("journal-dense")
def the_journal_has_a_gap(bench: Bench) -> None:
    bench.sql(
        "notification",
        "UPDATE journal SET sequence = sequence + 1 WHERE id = (SELECT max(id) FROM journal WHERE topic = %s)",
        NOTIFICATION_MESSAGE,
    )


@seed("topic-is-journal")
def an_event_is_not_on_the_topic(bench: Bench) -> None:
    bench.records.remove(a_record(bench, INTAKE_APPLICATION))


@seed("topic-is-journal")
def two_events_of_an_aggregate_are_swapped(bench: Bench) -> None:
    second = next(
        one for one in bench.records if one.topic == INTAKE_APPLICATION and read_envelope(one).sequence > 1
    )
    first = next(one for one in bench.records if one.key == second.key and one.topic == second.topic)
    places = bench.records.index(first), bench.records.index(second)
    bench.records[places[0]], bench.records[places[1]] = second, first


@seed("topic-is-journal")
def an_event_is_repeated_with_another_body(bench: Bench) -> None:
    record = a_record(bench, INTAKE_APPLICATION)
    bench.records.append(replace(record, value=(record.value or b"") + b" "))


@seed("topic-is-journal")
def an_event_is_repeated_with_another_id(bench: Bench) -> None:
    record = a_record(bench, INTAKE_APPLICATION)
    bench.records.append(with_header(record, "ce_id", str(uuid4())))


@seed("topic-is-journal")
def a_repeat_is_on_another_partition(bench: Bench) -> None:
    record = a_record(bench, INTAKE_APPLICATION)
    bench.records.append(replace(record, partition=(record.partition + 1) % 12))


@seed("topic-is-journal")
def the_topic_has_an_event_that_no_journal_knows(bench: Bench) -> None:
    foreign, record = str(uuid4()), a_record(bench, INTAKE_APPLICATION)
    bench.records.append(with_header(replace(record, key=foreign.encode()), "ce_subject", foreign))


@seed("topic-is-journal")
def the_newest_state_of_a_contact_is_missing(bench: Bench) -> None:
    bench.records.remove(a_record(bench, INTAKE_CONTACT, newest=True))


@seed("topic-is-journal")
def an_erased_contact_is_still_on_its_topic(bench: Bench) -> None:
    record = a_record(bench, INTAKE_CONTACT, newest=True)
    bench.sql("intake", "DELETE FROM contact WHERE id::text = %s", (record.key or b"").decode())


@seed(None)
def events_are_repeated_exactly_and_out_of_turn(bench: Bench) -> None:
    repeated = [one for one in bench.records if one.topic == INTAKE_APPLICATION]
    bench.records.extend(reversed(repeated))


@seed("watermarks-at-the-end")
def a_consumer_has_not_applied_an_event(bench: Bench) -> None:
    bench.sql(
        "review",
        "UPDATE watermark SET sequence = sequence - 1 WHERE aggregate_id = "
        "(SELECT aggregate_id FROM watermark WHERE topic = %s LIMIT 1)",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def an_event_is_parked(bench: Bench) -> None:
    bench.sql(
        "review",
        "INSERT INTO held_event (consumer, topic, aggregate_id, sequence, event_id, type, source, occurred_at, "
        "reason, parked_at) VALUES ('review', %s, uuidv7(), 1, uuidv7(), 'x', 'x', now(), 'poisoned', now())",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def a_record_was_set_aside(bench: Bench) -> None:
    bench.sql(
        "catalog",
        "INSERT INTO dead_letter (consumer, topic, partition, kafka_offset, headers, reason) "
        "VALUES ('catalog', %s, 0, 0, '{}', 'no event')",
        INTAKE_APPLICATION,
    )


@seed("nothing-held")
def a_topic_holds_something_that_is_no_event(bench: Bench) -> None:
    bench.records.append(Incoming(INTAKE_APPLICATION, 0, 9_999, b"x", b"{}", []))
