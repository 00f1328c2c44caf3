"""Judges what a consumer says it did, against what it was given."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kcity_conformance.records import Position, Record


class Did(StrEnum):
    """What a consumer tells. All but ``committed`` are of one record, by its position."""

    APPLIED = "applied"
    HELD = "held"
    IGNORED = "ignored"
    REFUSED = "refused"
    COMMITTED = "committed"


class Rule(StrEnum):
    """What can be wrong, each with the section of ``docs/integrate.md`` that says how it should be."""

    APPLIED_TWICE = "applied twice"
    OUT_OF_ORDER = "applied out of order"
    OVER_A_GAP = "applied over a gap"
    NOT_APPLIED = "not applied"
    NOT_OURS = "applied what must not be applied"
    COMMITTED_TOO_SOON = "committed too soon"
    HELD_UP = "held up the partition"
    UNREADABLE = "told something unreadable"
    ENDED = "ended by itself"
    STUCK = "did not come to an end"


SECTIONS: Mapping[Rule, str] = {
    Rule.APPLIED_TWICE: "#3-each-event-once",
    Rule.OUT_OF_ORDER: "#3-each-event-once",
    Rule.OVER_A_GAP: "#3-each-event-once",
    Rule.NOT_APPLIED: "#4-nothing-is-lost",
    Rule.COMMITTED_TOO_SOON: "#4-nothing-is-lost",
    Rule.HELD_UP: "#4-nothing-is-lost",
    Rule.NOT_OURS: "#5-what-you-do-not-know",
    Rule.ENDED: "#5-what-you-do-not-know",
    Rule.STUCK: "#6-check-yourself",
    Rule.UNREADABLE: "#6-check-yourself",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong."""

    rule: Rule
    text: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.text} (docs/integrate.md{SECTIONS[self.rule]})"


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the consumer. ``offset``: of the record, or where it will go on (``committed``), as Kafka counts."""

    did: Did
    topic: str
    partition: int
    offset: int

    @property
    def position(self) -> Position:
        """The record that it is about."""
        return self.topic, self.partition, self.offset


def read(line: str) -> Told:
    """Read one line. Raises ``ValueError``."""
    try:
        found = json.loads(line)
        partition, offset = int(found["partition"]), int(found["offset"])
        return Told(Did(found["did"]), str(found["topic"]), partition, offset)
    except (KeyError, TypeError) as error:
        raise ValueError(f"a line needs did, topic, partition and offset: {line[:200]}") from error


Given = Mapping[Position, Record]


def findings(
    given: Given, told: Sequence[Told], applied: Mapping[str, tuple[int, ...]], *, may_ignore: bool = False
) -> list[Finding]:
    """Everything that is wrong; empty for a consumer that conforms. ``applied``: what must be, by key."""
    left_out = [given[one.position] for one in told if one.did is Did.IGNORED and one.position in given]
    ignored = {(record.key, record.sequence) for record in left_out} if may_ignore else set()
    return [*_of_effects(given, told, applied, ignored), *_of_commits(given, told)]


def _of_effects(
    given: Given,
    told: Sequence[Told],
    applied: Mapping[str, tuple[int, ...]],
    ignored: Collection[tuple[str, int]],
) -> Iterator[Finding]:
    seen: dict[str, list[int]] = {key: [] for key in applied}
    for one in told:
        record = given.get(one.position)
        if one.did is not Did.APPLIED or record is None:
            continue
        sequences = seen[record.key]
        what = f"event {record.sequence} of {record.key}"
        if not record.genuine:
            yield Finding(Rule.NOT_OURS, what)
        elif record.sequence in sequences:
            yield Finding(Rule.APPLIED_TWICE, what)
        elif record.sequence not in applied[record.key]:
            yield Finding(Rule.OVER_A_GAP, what)
        elif sequences and record.sequence < max(sequences):
            yield Finding(Rule.OUT_OF_ORDER, what)
        sequences.append(record.sequence)
    for key, wanted in applied.items():
        for sequence in wanted:
            if sequence not in seen[key] and (key, sequence) not in ignored:
                yield Finding(Rule.NOT_APPLIED, f"event {sequence} of {key}")


def _of_commits(given: Given, told: Sequence[Told]) -> Iterator[Finding]:
    settled: set[Position] = set()
    committed: dict[tuple[str, int], int] = {}
    early: set[Position] = set()
    for one in told:
        if one.did is not Did.COMMITTED:
            settled.add(one.position)
            continue
        place = (one.topic, one.partition)
        committed[place] = max(committed.get(place, 0), one.offset)
        before = {at for at in given if at[:2] == place and at[2] < one.offset}
        early |= before - settled
    for at in sorted(early):
        yield Finding(Rule.COMMITTED_TOO_SOON, f"the record at {at[0]}/{at[1]}/{at[2]} was not dealt with")
    for at in sorted(given):
        if at[2] >= committed.get(at[:2], 0):
            yield Finding(Rule.HELD_UP, f"nothing was committed from {at[0]}/{at[1]}/{at[2]} on")
            return
