"""The tables that every service's database has: marks, clock, journal, outbox, inbox, audit.

They live in ``SHARED`` and are copied into a service's own metadata by ``include_shared_tables``, so that
the migration check compares them too. Their DDL is frozen in ``shared.database.revisions``.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB

NAMING = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}
SHARED = MetaData(naming_convention=NAMING)
Instant = DateTime(timezone=True)
NOW = text("clock_timestamp()")

installation = Table(
    "installation",
    SHARED,
    Column("singleton", Boolean, primary_key=True, server_default=text("true")),
    Column("id", Uuid, nullable=False, server_default=text("uuidv7()")),
    Column("kind", Text, nullable=False),
    Column("created_at", Instant, nullable=False, server_default=NOW),
    CheckConstraint("singleton", name="one"),
    CheckConstraint("kind IN ('live', 'rehearsal')", name="kind"),
    comment="What this database is, for good: live, or a rehearsal whose business clock can be stepped",
)

business_clock = Table(
    "business_clock",
    SHARED,
    Column("step", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("instant", Instant, nullable=False),
    Column("stepped_at", Instant, nullable=False, server_default=NOW),
    comment="Named instants a rehearsal was stepped to; the highest step is the present; empty when live",
)

clock_acknowledgement = Table(
    "clock_acknowledgement",
    SHARED,
    Column("process_id", Uuid, primary_key=True),
    Column("process_name", Text, nullable=False),
    Column("step", Integer, nullable=False),
    Column("seen_at", Instant, nullable=False, server_default=NOW),
    comment="Which process stands at which step of the business clock",
)

journal = Table(
    "journal",
    SHARED,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("event_id", Uuid, nullable=False),
    Column("topic", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("data", JSON(none_as_null=True)),
    Column("traceparent", Text),
    UniqueConstraint("aggregate_id", "sequence"),
    comment="Append-only: every event this service published; data is null for snapshots (personal data stays out)",
)

outbox = Table(
    "outbox",
    SHARED,
    Column("journal_id", BigInteger, primary_key=True, autoincrement=False),
    Column("queued_at", Instant, nullable=False, server_default=NOW),
    comment="Journal rows not yet on the bus, taken in id order; no foreign key: same statement, hot path",
)

relay_lease = Table(
    "relay_lease",
    SHARED,
    Column("name", Text, primary_key=True),
    Column("holder", Uuid, nullable=False),
    Column("token", BigInteger, nullable=False),
    Column("expires_at", Instant, nullable=False),
    comment="Who may publish; the token rises with each change of holder and fences the former one",
)

bus_log = Table(
    "bus_log",
    SHARED,
    Column("singleton", Boolean, primary_key=True, server_default=text("true")),
    Column("cluster_id", Text, nullable=False),
    Column("seen_at", Instant, nullable=False, server_default=NOW),
    Column("topics_digest", Text),
    CheckConstraint("singleton", name="one"),
    comment="The cluster and topics (a digest of their ids) last published to; others are empty: publish all again",
)

watermark = Table(
    "watermark",
    SHARED,
    Column("consumer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    PrimaryKeyConstraint("consumer", "topic", "aggregate_id"),
    comment="The last sequence of each aggregate that was applied; grows with aggregates, not with history",
)

held_event = Table(
    "held_event",
    SHARED,
    Column("consumer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", Uuid, nullable=False),
    Column("type", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("occurred_at", Instant, nullable=False),
    Column("data", LargeBinary),
    Column("traceparent", Text),
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    Column("not_before", Instant, nullable=False, server_default=NOW),
    Column("held_at", Instant, nullable=False, server_default=NOW),
    Column("parked_at", Instant),
    PrimaryKeyConstraint("consumer", "topic", "aggregate_id", "sequence"),
    Index("ix_held_event_due", "not_before", postgresql_where=text("parked_at IS NULL")),
    comment="Events that cannot be applied yet, and those behind them; parked ones wait for an operator",
)

dead_letter = Table(
    "dead_letter",
    SHARED,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("consumer", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("kafka_offset", BigInteger, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("headers", JSON, nullable=False),
    Column("reason", Text, nullable=False),
    Column("received_at", Instant, nullable=False, server_default=NOW),
    UniqueConstraint("consumer", "topic", "partition", "kafka_offset"),
    comment="Records that are no event of ours: no aggregate or sequence can be read from them",
)

audit_entry = Table(
    "audit_entry",
    SHARED,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", Instant, nullable=False, server_default=NOW),
    Column("business_at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object_type", Text, nullable=False),
    Column("object_id", Uuid, nullable=False),
    Column("facts", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("request_id", Text),
    Index("ix_audit_entry_object", "object_id", "id"),
    comment="Append-only: who did what to which object; ids only, no personal data",
)

delivery_order = Table(
    "delivery_order",
    SHARED,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("parameters", JSONB, nullable=False),
    Column("ordered_by", Text, nullable=False),
    Column("ordered_at", Instant, nullable=False, server_default=NOW),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("outcome", JSONB(none_as_null=True)),
    Column("failure", Text),
    CheckConstraint("kind IN ('replay', 'rebuild')", name="kind"),
    CheckConstraint("(ended_at IS NULL) = (num_nonnulls(outcome, failure) = 0)", name="ended"),
    Index("ix_delivery_order_open", "id", postgresql_where=text("ended_at IS NULL")),
    comment="What an operator ordered of this service's delivery; its worker carries it out",
)

database_timeline = Table(
    "database_timeline",
    SHARED,
    Column("timeline", Integer, primary_key=True, autoincrement=False),
    Column("known_at", Instant, nullable=False, server_default=NOW),
    Column("recovered", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    comment="Time lines of PostgreSQL this database has lived on; an unknown one means it was restored",
)


def include_shared_tables(metadata: MetaData) -> None:
    """Copy the shared tables into a service's metadata."""
    for table in SHARED.sorted_tables:
        table.to_metadata(metadata)
