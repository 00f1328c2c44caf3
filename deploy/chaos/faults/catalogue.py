"""Every kind of fault, and the order in which a seed brings them."""

import random
from collections.abc import Iterator, Sequence
from itertools import count

from deploy.chaos.faults.broker import EmptyBroker, RepeatedDelivery
from deploy.chaos.faults.clock import ClockStep
from deploy.chaos.faults.disk import DatabaseDiskFull, DocumentsDiskFull
from deploy.chaos.faults.fault import Fault, Planned
from deploy.chaos.faults.network import Latency, Partition, Reset
from deploy.chaos.faults.processes import (
    KillApi,
    KillBroker,
    KillDatabase,
    KillRelay,
    KillSupervisor,
    KillWorker,
    StopApi,
    StopBroker,
    StopDatabase,
    StopWorker,
)

KINDS: dict[str, type[Fault]] = {
    fault.kind: fault
    for fault in (
        KillApi,
        KillWorker,
        KillRelay,
        KillBroker,
        KillDatabase,
        KillSupervisor,
        StopApi,
        StopWorker,
        StopBroker,
        StopDatabase,
        Partition,
        Latency,
        Reset,
        EmptyBroker,
        RepeatedDelivery,
        DatabaseDiskFull,
        DocumentsDiskFull,
        ClockStep,
    )
}
Strike = tuple[Planned, ...]
"""One fault, or two at once."""


def strikes(
    seed: int, broker: str, kinds: Sequence[str] = tuple(KINDS), *, two_at_once: float = 0.15
) -> Iterator[Strike]:
    """Strikes without end: every kind once in each round, in random order, on random targets.

    A pure function of its arguments. ``two_at_once``: how likely a strike is two faults.
    """
    for number in count():
        chance = random.Random(f"{seed}/{broker}/{number}")  # noqa: S311 - repeatable
        yield from _round(chance, kinds, two_at_once)


def _round(chance: random.Random, kinds: Sequence[str], two_at_once: float) -> Iterator[Strike]:
    bag = sorted(kinds)
    chance.shuffle(bag)
    while bag:
        strike = [_planned(chance, bag.pop())]
        if bag and chance.random() < two_at_once:
            strike.append(_planned(chance, bag.pop()))
        yield tuple(strike)


def _planned(chance: random.Random, kind: str) -> Planned:
    fault = KINDS[kind]
    target = chance.choice(fault.targets)
    return Planned(kind, target, round(chance.uniform(fault.shortest_seconds, fault.longest_seconds), 2))
