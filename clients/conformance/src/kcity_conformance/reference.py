"""A consumer that conforms, to read and to copy: ``python -m kcity_conformance.reference`` on lines of JSON.

One transaction for each record: the watermark of its aggregate, what the event does, and what waits. The position is
committed after the transaction. A real one does the same with its own database, and reads from Kafka.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kcity_conformance.records import contract

TABLES = """
CREATE TABLE IF NOT EXISTS watermark (topic, key, sequence, PRIMARY KEY (topic, key));
CREATE TABLE IF NOT EXISTS held (topic, key, sequence, record, PRIMARY KEY (topic, key, sequence));
CREATE TABLE IF NOT EXISTS effect (topic, key, sequence, body, PRIMARY KEY (topic, key, sequence));
"""


class NotAnEvent(ValueError):
    """It is none of ours, or cannot be read: it is told and left out."""


class Consumer:
    """What there is to it; ``store`` is the database whose transactions it uses."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self.store = store

    def take(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Deal with one record in one transaction; what was done with it, and with what waited for it."""
        with self.store:
            told = list(self._take(record))
        yield from told

    def _take(self, record: dict[str, Any]) -> Iterator[dict[str, Any]]:
        try:
            topic, key, sequence = self.envelope(record)
        except NotAnEvent:
            yield self.did("refused", record)
            return
        reached = self.watermark(topic, key)
        if sequence <= reached:
            yield self.did("ignored", record)
        elif sequence > reached + 1:
            text = json.dumps(record)
            self.store.execute("INSERT OR IGNORE INTO held VALUES (?, ?, ?, ?)", (topic, key, sequence, text))
            yield self.did("held", record)
        else:
            yield from self._apply_what_is_next(topic, key, sequence, record)

    def _apply_what_is_next(
        self, topic: str, key: str, sequence: int, record: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        waiting: dict[str, Any] | None = record
        while waiting is not None:
            try:
                yield self.did(self.apply(topic, key, sequence, waiting), waiting)
            except NotAnEvent:
                yield self.did("refused", waiting)  # the watermark stays: its aggregate waits for somebody
                return
            self.store.execute("INSERT OR REPLACE INTO watermark VALUES (?, ?, ?)", (topic, key, sequence))
            sequence += 1
            waiting = self._taken_from_held(topic, key, sequence)

    def envelope(self, record: dict[str, Any]) -> tuple[str, str, int]:
        """Topic, key and sequence. Raises ``NotAnEvent`` for what did not come from who decides it."""
        headers = record["headers"]
        try:
            topic, key, sequence = record["topic"], headers["ce_subject"], int(headers["ce_sequence"])
            service = headers["ce_type"].split(".")[1]
            source = headers["ce_source"]
        except (KeyError, ValueError, IndexError) as error:
            raise NotAnEvent from error
        if record["key"] != key or source != f"/kcity/{service}" or not topic.startswith(f"{service}."):
            raise NotAnEvent(source)
        return topic, key, sequence

    def apply(self, topic: str, key: str, sequence: int, record: dict[str, Any]) -> str:
        """What the event does, here: it is written down; nothing for a type that is not known yet. Raises ``NotAnEvent`` for a body that cannot be read."""
        if record["headers"]["ce_type"] not in contract()["events"]:
            return "ignored"
        try:
            body = None if record["value"] is None else json.loads(record["value"])
        except ValueError as error:
            raise NotAnEvent from error
        told = (topic, key, sequence, json.dumps(body))
        self.store.execute("INSERT INTO effect VALUES (?, ?, ?, ?)", told)
        return "applied"

    def watermark(self, topic: str, key: str) -> int:
        """The sequence that the aggregate has reached."""
        asked = "SELECT sequence FROM watermark WHERE topic = ? AND key = ?"
        row = self.store.execute(asked, (topic, key)).fetchone()
        return 0 if row is None else int(row[0])

    def _taken_from_held(self, topic: str, key: str, sequence: int) -> dict[str, Any] | None:
        asked = "DELETE FROM held WHERE topic = ? AND key = ? AND sequence = ? RETURNING record"
        row = self.store.execute(asked, (topic, key, sequence)).fetchone()
        found: dict[str, Any] | None = None if row is None else json.loads(row[0])
        return found

    @staticmethod
    def did(what: str, record: dict[str, Any]) -> dict[str, Any]:
        """One line of the protocol."""
        return {"did": what, **{name: record[name] for name in ("topic", "partition", "offset")}}


def opened(folder: Path) -> sqlite3.Connection:
    """The database of a consumer, in the folder that survives it."""
    store = sqlite3.connect(folder / "consumer.db")
    store.executescript(TABLES)
    return store


def tell(line: dict[str, Any]) -> None:
    """Tell the kit."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(make: type[Consumer] = Consumer) -> None:
    """Read records until there are none."""
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # it is a text stream
    consumer = make(opened(Path(os.environ["KCITY_STATE"])))
    for line in sys.stdin:
        record = json.loads(line)
        for told in consumer.take(record):
            tell(told)
        tell(Consumer.did("committed", record) | {"offset": record["offset"] + 1})


if __name__ == "__main__":
    main()
