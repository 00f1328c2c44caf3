"""Round robin that remembers how many partitions of each topic it has given out.

aiokafka computes an assignment from what its client knows of the topics at that moment. Where a topic is made anew
with more partitions right then (an emptied broker whose topics are provisioned again), some stay without a
reader, and nobody notices: their records wait for ever while every reader's lag is 0.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor


def counting_assignor(given_out: Counter[str]) -> type[RoundRobinPartitionAssignor]:
    """An assignor for one client; ``given_out`` (topic → partitions) holds its last assignment of the whole group.

    Only the leader of a group assigns; clear ``given_out`` when an assignment ends.
    """

    class Counting(RoundRobinPartitionAssignor):  # type: ignore[misc] # aiokafka ships no types
        @classmethod
        def assign(cls, cluster: Any, members: Mapping[str, Any]) -> Any:
            assignments = super().assign(cluster, members)
            given_out.clear()
            for assignment in assignments.values():
                for topic, partitions in assignment.assignment:
                    given_out[topic] += len(partitions)
            return assignments

    return Counting
