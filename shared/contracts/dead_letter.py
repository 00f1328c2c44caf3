"""The one event that no service decides: a consumer gave up on an event and shows so on its ``.dlq`` topic."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class EventParked(BaseModel):
    """A consumer parked an event; an operator releases it with ``redrive``. Subject: this event itself.

    Its type names the consumer: ``kcity.review.EventParked.v1`` on ``review.dlq``. The parked event's body
    is not repeated.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    topic: str = Field(description="where the parked event came from")
    event_id: UUID
    event_type: str
    subject: UUID
    sequence: int = Field(ge=1)
    reason: str = Field(description="why, without values of the event")


NAME = "EventParked.v1"


def parked_type(consumer: str) -> str:
    """The event type on a consumer's dead-letter topic."""
    return f"kcity.{consumer}.{NAME}"
