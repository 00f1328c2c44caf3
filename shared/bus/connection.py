"""How every Kafka client of ours is set up, and the bound on every await."""

from dataclasses import dataclass
from typing import Self

from shared.settings import Settings

REQUEST_TIMEOUT_MS = 10_000
AWAIT_SECONDS = 15.0
"""No await on the bus lasts longer: aiokafka is known to hang while a broker is down."""


class BusUnavailable(Exception):
    """The broker did not answer in time."""


@dataclass(frozen=True, slots=True)
class BusAddress:
    """Where the broker is and what it can do."""

    bootstrap: str
    idempotent_producer: bool = True
    session_timeout_ms: int = 10_000
    replication: int = 3
    create_topics: bool = False

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The address in a process's settings."""
        return cls(
            settings.kafka_bootstrap,
            settings.kafka_idempotent_producer,
            settings.kafka_session_timeout_ms,
            settings.kafka_replication,
            settings.kafka_create_topics,
        )
