"""Consumers that get one thing wrong: ``python consumers.py FAULT``. The first is the reference, which gets none."""

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kcity_conformance.records import contract
from kcity_conformance.reference import TABLES, Consumer, NotAnEvent, main, opened, tell


class AppliesDuplicates(Consumer):
    def _take(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield self.did("applied", record)


class IgnoresOrder(Consumer):
    """Knows events by their id, and minds no sequence."""

    def _take(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        try:
            topic, key, sequence = self.envelope(record)
            told = (topic, key, sequence, record["value"])
            json.loads(record["value"] or "null")
        except ValueError:
            yield self.did("refused", record)
            return
        fresh = self.store.execute("INSERT OR IGNORE INTO effect VALUES (?, ?, ?, ?)", told).rowcount
        yield self.did("applied" if fresh else "ignored", record)


class DropsWhatComesEarly(Consumer):
    def _take(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield from super()._take(record)
        self.store.execute("DELETE FROM held")


class DiesAtUnknownTypes(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        if super().apply(topic, key, sequence, record) == "ignored":
            raise RuntimeError(record["headers"]["ce_type"])
        return "applied"


class StopsAtUnknownTypes(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        if super().apply(topic, key, sequence, record) == "ignored":
            raise NotAnEvent
        return "applied"


class ForbidsUnknownFields(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        if "a_member_of_a_later_version" in (record["value"] or ""):
            raise NotAnEvent
        return super().apply(topic, key, sequence, record)


class DiesAtErasures(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        return super().apply(topic, key, sequence, {**record, "value": record["value"].strip()})


class BelievesEverySource(Consumer):
    def envelope(self, record: dict[str, Any]) -> tuple[str, str, int]:
        headers = record["headers"]
        return record["topic"], headers["ce_subject"], int(headers["ce_sequence"])


class RefusesLargeBodies(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        if len(record["value"] or "") > 100_000:
            raise NotAnEvent
        return super().apply(topic, key, sequence, record)


class ForgetsWhenItEnds(Consumer):
    """Keeps its watermarks in memory alone."""

    def __init__(self, _store: object) -> None:
        super().__init__(opened_in_memory())


class AppliesUnreadableBodies(Consumer):
    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        return super().apply(topic, key, sequence, {**record, "value": "{}"})


def opened_in_memory() -> Any:
    store = sqlite3.connect(":memory:")
    store.executescript(TABLES)
    return store


def commits_before_it_applies() -> None:
    consumer = Consumer(opened(Path(os.environ["KCITY_STATE"])))
    for line in sys.stdin:
        record = json.loads(line)
        tell(Consumer.did("committed", record) | {"offset": record["offset"] + 1})
        for told in consumer.take(record):
            tell(told)


def waits_for_the_gap_to_close() -> None:
    """Commits nothing of a partition while one of its aggregates waits."""
    consumer = Consumer(opened(Path(os.environ["KCITY_STATE"])))
    for line in sys.stdin:
        record = json.loads(line)
        for told in consumer.take(record):
            tell(told)
        if consumer.store.execute("SELECT 1 FROM held").fetchone() is None:
            tell(Consumer.did("committed", record) | {"offset": record["offset"] + 1})


def hangs() -> None:
    main()
    time.sleep(60)


def tells_nonsense() -> None:
    sys.stdout.write("ready!\n")
    main()


def reads_kafka(make: type[Consumer] = Consumer) -> None:
    asyncio.run(_read(make(opened(Path(os.environ["KCITY_STATE"])))))


def reads_kafka_and_forgets() -> None:
    """Begins at the beginning each time, as if a bus came back empty and was filled again, and knows nothing."""
    asyncio.run(_read(ForgetsWhenItEnds(None), group=f"fresh-{os.getpid()}"))


async def _read(consumer: Consumer, group: str = "conformance") -> None:
    from aiokafka import AIOKafkaConsumer  # noqa: PLC0415 - the others run without any library

    kafka = AIOKafkaConsumer(
        *contract()["topics"],
        bootstrap_servers=os.environ["KCITY_BOOTSTRAP"],
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=6_000,
    )
    await kafka.start()
    while True:
        for place, found in (await kafka.getmany(timeout_ms=200)).items():
            for one in found:
                for told in consumer.take(_record(one)):
                    tell(told)
            await kafka.commit({place: found[-1].offset + 1})
            tell(Consumer.did("committed", _record(found[-1])) | {"offset": found[-1].offset + 1})


def _record(one: Any) -> dict[str, Any]:
    place = {"topic": one.topic, "partition": one.partition, "offset": one.offset}
    headers = {name: value.decode() for name, value in one.headers}
    value = None if one.value is None else one.value.decode()
    return place | {"key": one.key.decode(), "headers": headers, "value": value}


FAULTS: dict[str, Any] = {
    "none": Consumer,
    **{
        kind.__name__: kind
        for kind in (
            *(AppliesDuplicates, IgnoresOrder, DropsWhatComesEarly, DiesAtUnknownTypes, StopsAtUnknownTypes),
            *(ForbidsUnknownFields, DiesAtErasures, BelievesEverySource, RefusesLargeBodies),
            *(ForgetsWhenItEnds, AppliesUnreadableBodies),
        )
    },
    **{
        run.__name__: run
        for run in (
            *(commits_before_it_applies, waits_for_the_gap_to_close, hangs, tells_nonsense),
            *(reads_kafka, reads_kafka_and_forgets),
        )
    },
}

if __name__ == "__main__":
    chosen = FAULTS[sys.argv[1]]
    main(chosen) if isinstance(chosen, type) else chosen()
