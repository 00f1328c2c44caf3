"""The topics: one per aggregate, 12 partitions from the first day, kept for ever. Source: architecture, "Events"."""

from dataclasses import dataclass

from shared.settings import SERVICES

PARTITIONS = 12
MAX_RECORD_BYTES = 4 * 1024 * 1024
"""The largest record with its headers: a request body of 1 MiB always fits. Kafka's own limit would be 1 MiB."""
TOMBSTONE_DAYS = 35
"""How long an erasure can be read: longer than the oldest base backup, or a restored database would undo it."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be. ``compacted``: only the last record of each key is kept (snapshots)."""

    name: str
    owner: str
    compacted: bool = False
    partitions: int = PARTITIONS

    @property
    def configuration(self) -> dict[str, str]:
        """Kafka's topic settings."""
        size = {"max.message.bytes": str(MAX_RECORD_BYTES)}
        if self.compacted:
            return size | {
                "cleanup.policy": "compact",
                "delete.retention.ms": str(TOMBSTONE_DAYS * 86_400_000),
            }
        return size | {"cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1"}


INTAKE_CALL = "intake.call.v1"
INTAKE_APPLICATION = "intake.application.v1"
INTAKE_CONTACT = "intake.contact.v1"
REVIEW_CASE = "review.case.v1"
REVIEW_SELECTION = "review.selection.v1"
NOTIFICATION_MESSAGE = "notification.message.v1"
CATALOG_PROJECT = "catalog.project.v1"


def dead_letters_of(consumer: str) -> str:
    """The topic where a consumer's undeliverable events can be seen."""
    return f"{consumer}.dlq"


TOPICS: tuple[Topic, ...] = (
    Topic(INTAKE_CALL, "intake"),
    Topic(INTAKE_APPLICATION, "intake"),
    Topic(INTAKE_CONTACT, "intake", compacted=True),
    Topic(REVIEW_CASE, "review"),
    Topic(REVIEW_SELECTION, "review"),
    Topic(NOTIFICATION_MESSAGE, "notification"),
    Topic(CATALOG_PROJECT, "catalog"),
    *(Topic(dead_letters_of(service), service) for service in SERVICES),
)


def topics_of(owner: str) -> tuple[Topic, ...]:
    """The topics that one service publishes to."""
    return tuple(topic for topic in TOPICS if topic.owner == owner)
