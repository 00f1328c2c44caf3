"""Every kind of fault, and the order in which a seed brings them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
"""The faults that come at once, in the order in which they are injected."""


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How many faults a strike has: how ``likely`` each comes with another one, and how many there are at ``most``."""

    likely: float
    most: int


NEVER_TWO = AtOnce(likely=0.0, most=1)
SELDOM_TWO = AtOnce(likely=0.15, most=2)
OFTEN_NINE = AtOnce(likely=0.95, most=9)


def strikes(
    seed: int,
    broker: str,
    kinds: Sequence[str] = tuple(KINDS),
    *,
    at_once: AtOnce = SELDOM_TWO,
    first_round: int = 0,
) -> Iterator[Strike]:
    """Strikes without end: every kind once in each round, in random order, on random targets.

    A pure function of its arguments. ``first_round``: so many rounds are passed over.
    """
    for number in count(first_round):
        chance = random.Random(f"{seed}/{broker}/{number}")  # noqa: S311 - repeatable
        yield from _round(chance, kinds, at_once)


def _round(chance: random.Random, kinds: Sequence[str], at_once: AtOnce) -> Iterator[Strike]:
    bag = sorted(kinds)
    chance.shuffle(bag)
    while bag:
        strike = [_planned(chance, bag.pop())]
        while bag and len(strike) < at_once.most and chance.random() < at_once.likely:
            strike.append(_planned(chance, bag.pop()))
        yield tuple(sorted(strike, key=lambda planned: KINDS[planned.kind].turn))


def _planned(chance: random.Random, kind: str) -> Planned:
    fault = KINDS[kind]
    target = chance.choice(fault.targets)
    return Planned(kind, target, round(chance.uniform(fault.shortest_seconds, fault.longest_seconds), 2))
