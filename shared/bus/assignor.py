"""Round robin that remembers which partitions it has given to whom.

aiokafka computes an assignment from what its client knows of the topics at that moment. Where a topic is made anew
with more partitions right then (an emptied broker whose topics are provisioned again), some stay without a
reader, and nobody notices: their records wait for ever while every reader's lag is 0.

Nor does the embedded broker always hand out what was given: a member that joins again in the generation it was in
gets its former partitions back.
"""

from collections.abc import Mapping
from typing import Any

from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor

Given = dict[str, frozenset[tuple[str, int]]]
"""Member → its topics' partitions, as this client gave them last; empty while another member leads the group."""


def remembering_assignor(given: Given) -> type[RoundRobinPartitionAssignor]:
    """An assignor for one client; ``given`` holds its last assignment of the whole group.

    Only the leader of a group assigns; clear ``given`` when an assignment ends.
    """

    class Remembering(RoundRobinPartitionAssignor):  # type: ignore[misc] # aiokafka ships no types
        @classmethod
        def assign(cls, cluster: Any, members: Mapping[str, Any]) -> Any:
            assignments = super().assign(cluster, members)
            given.clear()
            for member, its in assignments.items():
                given[member] = frozenset(
                    (topic, number) for topic, numbers in its.assignment for number in numbers
                )
            return assignments

    return Remembering
