"""The delivery: the topics hold the journals, the marks stand at their ends, nothing waits, copies equal a rebuild."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

from deploy.chaos.checker.evidence import Evidence, Row
from deploy.chaos.checker.topics import TopicRecord
from deploy.chaos.checker.verdict import Check, Looks
from services.catalog.consumers import handlers as catalog_handlers
from services.notification.consumers import handlers as notification_handlers
from services.review.consumers import handlers as review_handlers
from shared.delivery.handlers import Handlers
from shared.events.intake import ContactChanged
from shared.events.topics import INTAKE_CONTACT
from shared.settings import SERVICES, ServiceName

Key = tuple[str, str]
"""Topic and aggregate."""


def consumers() -> Mapping[ServiceName, Handlers]:
    """Who consumes what."""
    return {
        "review": review_handlers(),
        "notification": notification_handlers(),
        "catalog": catalog_handlers(),
    }


def at_rest(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """The system came to rest in the time given: only then the other checks mean anything."""
    looks.at_one()
    yield from evidence.restless
    for service in SERVICES:
        if waiting := len(evidence.rows(service, "outbox")):
            yield f"{waiting} events of {service} wait in the outbox"


def journal_dense(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Of each aggregate the journal has 1, 2, 3 … in the order in which they were written."""
    for service in SERVICES:
        for (_, aggregate), rows in _journal(evidence, service).items():
            looks.at_one()
            sequences = [row["sequence"] for row in rows]
            if sequences != list(range(1, len(sequences) + 1)):
                yield f"{service}, aggregate {aggregate}: the journal has the sequences {sequences[:20]}"


def topics_are_journals(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """On the topic each aggregate's events follow each other without a gap, as the journal has them.

    Repeats are exact: same id, type and body. After a repeat out of turn the whole order must follow somewhere:
    a log that was emptied and filled again may begin with what a slow relay still had in hand.
    """
    journals = {key: rows for service in SERVICES for key, rows in _journal(evidence, service).items()}
    on_topics: dict[Key, list[TopicRecord]] = {}
    for record in evidence.topics.records:
        on_topics.setdefault((record.topic, record.aggregate_id), []).append(record)
    for key, rows in journals.items():
        looks.at_one()
        if any(row["sequence"] != place for place, row in enumerate(rows, start=1)):
            continue  # `journal-dense` tells of it
        records = on_topics.get(key, [])
        if key[0] == INTAKE_CONTACT:
            yield from _wrong_snapshots(evidence, key, rows, records)
        else:
            yield from _wrong_records(key, rows, records)
    for topic, aggregate in on_topics.keys() - journals.keys():
        yield f"{topic} has events of {aggregate}, which no journal knows"


def _wrong_records(key: Key, rows: Sequence[Row], records: Sequence[TopicRecord]) -> Iterator[str]:
    written = {row["sequence"]: (row["event_id"], row["type"], row["body"]) for row in rows}
    if wrong := sorted(
        {one.sequence for one in records if written.get(one.sequence) != (one.event_id, one.type, one.body)}
    ):
        yield f"{_named(key)} has records unlike the journal's at the sequences {wrong[:20]}"
    if len({one.partition for one in records}) > 1:
        yield f"{_named(key)} is on several partitions"
    wanted = 1
    for record in records:
        wanted += record.sequence == wanted
    if wanted <= len(rows):
        found = [one.sequence for one in records]
        yield f"{_named(key)} has {len(rows)} events; on the topic {wanted} does not follow: {found[:20]}"


def _wrong_snapshots(
    evidence: Evidence, key: Key, rows: Sequence[Row], records: Sequence[TopicRecord]
) -> Iterator[str]:
    """Of a compacted topic the newest event counts: the state of now, or a tombstone where it was erased."""
    written = {row["sequence"]: (row["event_id"], row["type"]) for row in rows}
    if any(written.get(one.sequence) != (one.event_id, one.type) for one in records):
        yield f"{_named(key)} has records that the journal does not know"
    newest = [one for one in records if one.sequence == len(rows)]
    if not newest:
        yield f"{_named(key)} lacks its newest event, {len(rows)}"
    elif newest[-1].body != _present_body(evidence, key[1]):
        yield f"{_named(key)} does not show the present state of the contact"


def _present_body(evidence: Evidence, contact_id: str) -> str | None:
    row = evidence.one("intake", "contact", "id", contact_id)
    if row is None:
        return None
    shown = ContactChanged.model_validate(
        {
            "contact_id": row["id"],
            **{name: row[name] for name in row.keys() & ContactChanged.model_fields.keys()},
        }
    )
    return hashlib.sha256(shown.model_dump_json().encode()).hexdigest()


def watermarks_at_the_end(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Each consumer stands at the last event of every aggregate on its topics, and nowhere else."""
    last: dict[Key, int] = {}
    for service in SERVICES:
        for row in evidence.rows(service, "journal"):
            key = (row["topic"], row["aggregate_id"])
            last[key] = max(row["sequence"], last.get(key, 0))
    for consumer, table in consumers().items():
        wanted = {key: sequence for key, sequence in last.items() if key[0] in table.topics}
        marks = {
            (row["topic"], row["aggregate_id"]): row["sequence"]
            for row in evidence.rows(consumer, "watermark")
        }
        for key in wanted.keys() | marks.keys():
            looks.at_one()
            if wanted.get(key, 0) != marks.get(key, 0):
                yield f"{consumer}: {_named(key)} is applied up to {marks.get(key, 0)} of {wanted.get(key, 0)}"


def nothing_held(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """No event is held back or parked, no record was set aside as no event of ours."""
    for service in SERVICES:
        looks.at_one()
        for row in evidence.rows(service, "held_event"):
            how = "parked" if row["parked"] else "held"
            yield f"{service}: {row['topic']} {row['aggregate_id']} {row['sequence']} is {how}: {row['reason'][:120]}"
        for row in evidence.rows(service, "dead_letter"):
            yield f"{service}: {row['topic']}/{row['partition']}/{row['kafka_offset']} is no event: {row['reason']}"
    for strange in evidence.topics.strange:
        yield f"{strange.topic}/{strange.partition}/{strange.offset} is no event: {strange.reason}"


def copies_equal_a_rebuild(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Emptying a consumer's copies and filling them from the topics gives the same to the byte."""
    rebuilt = {one.consumer: one for one in evidence.rebuilt}
    for consumer in consumers():
        one = rebuilt.get(consumer)
        if one is None:
            yield f"{consumer} was not rebuilt"
            continue
        for _ in range(one.tables):
            looks.at_one()
        if not one.agrees:
            yield f"{consumer}: {one.detail}"
        elif not one.tables:
            yield f"{consumer} has no copies to compare"


def confidential(evidence: Evidence, looks: Looks) -> Iterator[str]:
    """Personal data stands on the contact topic alone, outcomes on none before their announcement."""
    for record in evidence.topics.records:
        looks.at_one()
        if record.leaks:
            what = ", ".join(record.leaks)
            yield f"{record.topic}/{record.partition}/{record.offset} ({record.type}) tells {what}"
    announced = {row["id"] for row in evidence.rows("review", "selection") if row["state"] == "announced"}
    for row in evidence.by("review", "journal", "type").get("kcity.review.SelectionAnnounced.v1", []):
        if row["aggregate_id"] not in announced:
            yield f"selection {row['aggregate_id']} is told and not announced"


def _journal(evidence: Evidence, service: ServiceName) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = evidence.by(service, "journal", "topic", "aggregate_id")
    return found


def _named(key: Key) -> str:
    return f"{key[0]} {key[1]}"


CHECKS = (
    Check("at-rest", "everything that was under way came to its end", at_rest),
    Check("journal-dense", "each aggregate's journal is 1, 2, 3 …", journal_dense),
    Check(
        "topic-is-journal",
        "the topics hold each aggregate's events whole, in order, repeats exact",
        topics_are_journals,
    ),
    Check("watermarks-at-the-end", "every consumer applied every event", watermarks_at_the_end),
    Check("nothing-held", "nothing is held, parked or set aside", nothing_held),
    Check(
        "copies-equal-a-rebuild",
        "every consumer's copies equal a rebuild from the topics",
        copies_equal_a_rebuild,
    ),
    Check("confidential", "no personal data and no outcome where they do not belong", confidential),
)
