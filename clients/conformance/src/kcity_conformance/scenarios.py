"""What a bus does to a consumer, as sequences of records, and what must be applied in the end."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kcity_conformance.records import Aggregate, Record, contract

MIB = 1024 * 1024
USUAL = "kcity.intake.ApplicationSubmitted.v1"


@dataclass(frozen=True, slots=True)
class Scenario:
    """``applied``: the sequences that must be applied, by key, in this order.

    ``kill_after``: the consumer is given so many records, killed when it has told of so many applied events, and
    started again where it committed. ``again``: afterwards it is started once more and given everything from the beginning.
    ``may_ignore``: instead of applying an event it may say that it does not care for its type.
    """

    name: str
    meaning: str
    records: tuple[Record, ...]
    applied: Mapping[str, tuple[int, ...]]
    kill_after: int | None = None
    again: bool = False
    may_ignore: bool = False
    topics: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "topics", frozenset(record.topic for record in self.records))


def scenarios(kind: str = USUAL) -> list[Scenario]:
    """All of them, played on events of type ``kind``. Raises ``KeyError`` for a type that there is not."""
    return [*_of_order(kind), *_of_content(kind), *_of_ends(kind), *_of_samples()]


def _of_order(kind: str) -> Iterator[Scenario]:
    def told(name: str, meaning: str, given: tuple[int, ...], applied: tuple[int, ...]) -> Scenario:
        one = Aggregate(name, kind)
        return Scenario(name, meaning, tuple(map(one.event, given)), {one.subject: applied})

    yield told("in-order", "Three events of one aggregate, as they should come", (1, 2, 3), (1, 2, 3))
    yield told("duplicate", "The same event comes again, at once and later", (1, 2, 2, 1, 3, 2), (1, 2, 3))
    yield told("re-ordered", "An event comes before the one it follows", (1, 3, 2, 4), (1, 2, 3, 4))
    yield told("gap-that-closes", "A missing event comes after two others", (1, 3, 4, 2), (1, 2, 3, 4))
    yield told("replay", "Everything is published again from the beginning", (1, 2, 3, 1, 2, 3), (1, 2, 3))
    first, other = Aggregate("gap-that-stays", kind), Aggregate("gap-that-stays/other", kind)
    records = (first.event(1), first.event(3), other.event(1), first.event(4), other.event(2))
    applied = {first.subject: (1,), other.subject: (1, 2)}
    meaning = "A missing event never comes: its aggregate waits, every other goes on"
    yield Scenario("gap-that-stays", meaning, records, applied)


def _of_content(kind: str) -> Iterator[Scenario]:
    one = Aggregate("unknown-field", kind, more={"a_member_of_a_later_version": {"any": [1, None]}})
    yield _plain("unknown-field", "A body has a member that you do not know", one, one.event(1), one.event(2))
    one = Aggregate("unknown-type", kind)
    later = one.event(2, type=f"kcity.{kind.split('.')[1]}.SomethingLater.v1", value='{"later": 1}')
    meaning = "A type that you do not know: it is passed over, and the next event of its aggregate is applied"
    records: tuple[Record, ...] = (one.event(1), later, one.event(3))
    yield Scenario("unknown-type", meaning, records, {one.subject: (1, 3)})
    one = Aggregate("erased", "kcity.intake.ContactChanged.v1")
    meaning = "A record without a value: what it told before is erased, which is applied as an event"
    yield _plain("erased", meaning, one, one.event(1), one.event(2, value=None))
    one = Aggregate("wrong-source", kind)
    forged = one.event(2, attempt="forged", source="/kcity/nobody", genuine=False)
    meaning = "An event says that a service decided it which does not: it is not applied, the true one is"
    records = (one.event(1), forged, one.event(2), one.event(3))
    yield Scenario("wrong-source", meaning, records, {one.subject: (1, 2, 3)})
    one = Aggregate("large-body", kind, more={"answers": {"problem": "길" * (MIB // 3)}})
    yield _plain("large-body", "A body of 1 MiB", one, one.event(1), one.event(2))
    one, other = Aggregate("unreadable-body", kind), Aggregate("unreadable-body/other", kind)
    bad = one.event(2, value="{", genuine=False)
    meaning = "A body that is no JSON: its aggregate stops there, every other goes on"
    records = (one.event(1), bad, one.event(3), other.event(1))
    yield Scenario("unreadable-body", meaning, records, {one.subject: (1,), other.subject: (1,)})


def _of_ends(kind: str) -> Iterator[Scenario]:
    one, other = Aggregate("killed", kind), Aggregate("killed/other", kind)
    records = (one.event(1), other.event(1), one.event(2), other.event(2), one.event(3), other.event(3))
    applied = {one.subject: (1, 2, 3), other.subject: (1, 2, 3)}
    meaning = "You are killed after the third event, and started again where you committed"
    yield Scenario("killed", meaning, records, applied, kill_after=3)
    one = Aggregate("restarted", kind)
    meaning = "You end, are started again, and are given everything from the beginning"
    told = (one.event(1), one.event(3), one.event(2))
    yield Scenario("restarted", meaning, told, {one.subject: (1, 2, 3)}, again=True)


def _of_samples() -> Iterator[Scenario]:
    kinds = [Aggregate(f"samples/{kind}", kind) for kind in sorted(contract()["events"])]
    for topic in sorted(contract()["topics"]):
        of_topic = [one for one in kinds if contract()["events"][one.type]["topic"] == topic]
        name = f"samples-of-{topic}"
        records = tuple(one.event(1) for one in of_topic)
        meaning = "The sample of each event type of the topic; those that you do not care for are ignored"
        yield Scenario(name, meaning, records, {one.subject: (1,) for one in of_topic}, may_ignore=True)


def _plain(name: str, meaning: str, one: Aggregate, *records: Record) -> Scenario:
    """All of it is applied, as it comes."""
    return Scenario(name, meaning, records, {one.subject: tuple(record.sequence for record in records)})


def lines_of(scenario: Scenario) -> list[str]:
    """Its records as lines of JSON, to look at."""
    return [record.line(0, offset) for offset, record in enumerate(scenario.records)]


def sample(kind: str) -> str:
    """The sample body of an event type. Raises ``KeyError``."""
    return json.dumps(contract()["events"][kind]["sample"], ensure_ascii=False, indent=2)
