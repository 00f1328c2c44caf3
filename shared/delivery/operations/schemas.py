"""HTTP models of the operators' view."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt

from shared.http.schema import Schema
from shared.settings import ServiceName

OrderKind = Literal["replay", "rebuild"]
OrderState = Literal["waiting", "running", "done", "failed"]
TopicName = Annotated[str, Field(min_length=1, max_length=249, pattern=r"^[a-zA-Z0-9._-]+$")]
MOST_COUNTED = 10_000


class DatabaseOut(Schema):
    """The service's own database."""

    version: str = Field(examples=["18.0"])
    timeline: int = Field(description="PostgreSQL's time line: a new one after a restore or a fail-over")
    revision: str | None = Field(description="The migration it stands at", examples=["0002"])
    expected_revision: str | None = Field(description="The one this code was written for", examples=["0002"])


class OutboxOut(Schema):
    """Events committed and not yet on the bus."""

    waiting: int
    oldest_seconds: float = Field(description="How long the oldest has waited; 0 when none waits")


class LeaseOut(Schema):
    """Who relays. The token has risen by one with each change of holder."""

    holder: UUID
    token: int
    expires_at: datetime
    held: bool = Field(description="Whether it was in force when it was looked at")


class WaitingKeysOut(Schema):
    """Received events that are not applied yet, and how many keys (topic and aggregate) they belong to."""

    events: int
    keys: int
    oldest_seconds: float = Field(description="How long the oldest has been held; 0 when there is none")


class DependencyOut(Schema):
    """Something this process needs and asked just now."""

    name: str = Field(examples=["documents"])
    answers: bool
    detail: str | None = Field(description="Why not", examples=[None])


class OrderOut(Schema):
    """What an operator ordered of this service's delivery, and what came of it."""

    id: UUID
    kind: OrderKind
    parameters: dict[str, Any]
    state: OrderState
    ordered_by: str
    ordered_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    outcome: dict[str, Any] | None = Field(description="What it did, once done")
    failure: str | None = Field(description="Why it did nothing, where it failed")


class DeliveryOut(Schema):
    """The facts of one service's delivery; what they cost grows with what waits, not with history."""

    service: ServiceName
    database: DatabaseOut
    outbox: OutboxOut
    lease: LeaseOut | None = Field(description="null: no relay ever ran on this database")
    cluster_id: str | None = Field(description="The Kafka cluster last published to")
    cluster_seen_at: datetime | None
    held: WaitingKeysOut
    parked: WaitingKeysOut
    dead_letters: int = Field(description=f"Records that are no events; counted up to {MOST_COUNTED}")
    clock_bound_ms: float = Field(description="How far this process's stamps may be off; 50 are allowed")
    journal_rows_at_most: int = Field(description="The highest journal id; rolled back ones leave holes")
    open_orders: int
    last_rebuild: OrderOut | None
    dependencies: list[DependencyOut]


class HeldEventOut(Schema):
    """A received event that is not applied yet; its body is not shown."""

    consumer: str
    topic: str
    aggregate_id: UUID
    sequence: int
    event_id: UUID
    type: str
    reason: str
    tries: int
    held_at: datetime
    not_before: datetime = Field(description="When it is tried again, unless parked")
    parked_at: datetime | None = Field(description="Since when it waits for an operator")


class DeadLetterOut(Schema):
    """A record that is no event of ours; neither key nor content is shown."""

    id: int
    consumer: str
    topic: str
    partition: int
    offset: int
    reason: str
    size_bytes: int
    received_at: datetime


class RedriveIn(Schema):
    """Which key: an aggregate has one sequence in each topic."""

    topic: TopicName = Field(examples=["intake.application.v1"])


class RedriveOut(Schema):
    """What was released."""

    topic: str
    aggregate_id: UUID
    released: int = Field(description="Parked events that are tried again now; those behind them follow")


class ReplayIn(Schema):
    """Publish the journal again: all of it, or what the filters leave. Consumers know what they have."""

    kind: Literal["replay"]
    topic: TopicName | None = Field(default=None, examples=["intake.call.v1"])
    aggregate_id: UUID | None = None
    since_journal_id: StrictInt = Field(default=1, ge=1, lt=2**53)


class RebuildIn(Schema):
    """Empty this service's copies and fill them again from the topics; or only check that it would agree."""

    kind: Literal["rebuild"]
    check_only: StrictBool = Field(
        default=True, description="Compare the digests and leave everything as it is"
    )


OrderIn = Annotated[ReplayIn | RebuildIn, Field(discriminator="kind")]
