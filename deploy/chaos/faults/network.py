"""Connections cut, slowed and reset, pair by pair."""

from typing import ClassVar

from deploy.chaos.faults.detours import pairs_of_the_system
from deploy.chaos.faults.fault import Fault
from deploy.chaos.faults.toxiproxy import RESET, SILENCE, Toxic, latency


class NetworkFault(Fault):
    """One toxic on the proxy of one pair."""

    toxic: ClassVar[Toxic]
    longest_seconds = 10.0

    targets = pairs_of_the_system()

    def inject(self) -> None:
        """Poison the pair."""
        self.system.toxiproxy.poison(self.target, self.toxic)

    def heal(self) -> None:
        """Cure the pair."""
        self.system.toxiproxy.cure(self.target)


class Partition(NetworkFault):
    """Nothing gets through and nobody is told."""

    kind = "partition"
    description = "a pair that no longer hears each other: packets vanish, connections stay"
    toxic = SILENCE


class Latency(NetworkFault):
    """Every packet comes late."""

    kind = "latency"
    description = "300 ms more in each direction"
    toxic = latency(300)


class Reset(NetworkFault):
    """Every connection is reset, also new ones."""

    kind = "reset"
    description = "every connection of a pair reset, new ones too"
    toxic = RESET
    longest_seconds = 5.0
