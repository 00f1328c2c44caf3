"""The DDL of the shared tables, frozen by version: a service's migration calls the version it was written with."""

from typing import Protocol

APPEND_ONLY = ("journal", "audit_entry", "installation")


class Operations(Protocol):
    """The part of Alembic's ``op`` that is used here."""

    def execute(self, sqltext: str) -> None:
        """Run one statement."""


_CREATE_V1 = (
    """
    CREATE TABLE installation (
        singleton boolean DEFAULT true NOT NULL,
        id uuid DEFAULT uuidv7() NOT NULL,
        kind text NOT NULL,
        created_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_installation PRIMARY KEY (singleton),
        CONSTRAINT ck_installation_one CHECK (singleton),
        CONSTRAINT ck_installation_kind CHECK (kind IN ('live', 'rehearsal'))
    )
    """,
    """
    CREATE TABLE business_clock (
        step integer NOT NULL,
        name text NOT NULL,
        instant timestamptz NOT NULL,
        stepped_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_business_clock PRIMARY KEY (step)
    )
    """,
    """
    CREATE TABLE clock_acknowledgement (
        process_id uuid NOT NULL,
        process_name text NOT NULL,
        step integer NOT NULL,
        seen_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_clock_acknowledgement PRIMARY KEY (process_id)
    )
    """,
    """
    CREATE TABLE journal (
        id bigint GENERATED ALWAYS AS IDENTITY,
        event_id uuid NOT NULL,
        topic text NOT NULL,
        type text NOT NULL,
        aggregate_id uuid NOT NULL,
        sequence bigint NOT NULL,
        occurred_at timestamptz NOT NULL,
        data json,
        traceparent text,
        CONSTRAINT pk_journal PRIMARY KEY (id),
        CONSTRAINT uq_journal_aggregate_id_sequence UNIQUE (aggregate_id, sequence)
    )
    """,
    """
    CREATE TABLE outbox (
        journal_id bigint NOT NULL,
        queued_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_outbox PRIMARY KEY (journal_id)
    ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)
    """,
    """
    CREATE TABLE relay_lease (
        name text NOT NULL,
        holder uuid NOT NULL,
        token bigint NOT NULL,
        expires_at timestamptz NOT NULL,
        CONSTRAINT pk_relay_lease PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE bus_log (
        singleton boolean DEFAULT true NOT NULL,
        cluster_id text NOT NULL,
        seen_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_bus_log PRIMARY KEY (singleton),
        CONSTRAINT ck_bus_log_one CHECK (singleton)
    )
    """,
    """
    CREATE TABLE watermark (
        consumer text NOT NULL,
        topic text NOT NULL,
        aggregate_id uuid NOT NULL,
        sequence bigint NOT NULL,
        CONSTRAINT pk_watermark PRIMARY KEY (consumer, topic, aggregate_id)
    )
    """,
    """
    CREATE TABLE held_event (
        consumer text NOT NULL,
        topic text NOT NULL,
        aggregate_id uuid NOT NULL,
        sequence bigint NOT NULL,
        event_id uuid NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        occurred_at timestamptz NOT NULL,
        data bytea,
        traceparent text,
        reason text NOT NULL,
        tries integer DEFAULT 0 NOT NULL,
        not_before timestamptz DEFAULT clock_timestamp() NOT NULL,
        held_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        parked_at timestamptz,
        CONSTRAINT pk_held_event PRIMARY KEY (consumer, topic, aggregate_id, sequence)
    )
    """,
    "CREATE INDEX ix_held_event_due ON held_event (not_before) WHERE parked_at IS NULL",
    """
    CREATE TABLE dead_letter (
        id bigint GENERATED ALWAYS AS IDENTITY,
        consumer text NOT NULL,
        topic text NOT NULL,
        partition integer NOT NULL,
        kafka_offset bigint NOT NULL,
        key bytea,
        value bytea,
        headers json NOT NULL,
        reason text NOT NULL,
        received_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        CONSTRAINT pk_dead_letter PRIMARY KEY (id),
        CONSTRAINT uq_dead_letter_consumer_topic_partition_kafka_offset
            UNIQUE (consumer, topic, partition, kafka_offset)
    )
    """,
    """
    CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz DEFAULT clock_timestamp() NOT NULL,
        business_at timestamptz NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        object_type text NOT NULL,
        object_id uuid NOT NULL,
        facts jsonb DEFAULT '{}' NOT NULL,
        request_id text,
        CONSTRAINT pk_audit_entry PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_audit_entry_object ON audit_entry (object_id, id)",
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$
    """,
    """
    CREATE FUNCTION refuse_clock_in_live() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF NOT EXISTS (SELECT FROM installation WHERE kind = 'rehearsal') THEN
            RAISE EXCEPTION 'only a rehearsal database has a business clock' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER rehearsal_only BEFORE INSERT OR UPDATE ON business_clock
    FOR EACH ROW EXECUTE FUNCTION refuse_clock_in_live()
    """,
)


def create_shared_v1(op: Operations) -> None:
    """Create the shared tables as of November 2026: journal and audit refuse change, even by their owner."""
    for statement in _CREATE_V1:
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        op.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER")


def drop_shared_v1(op: Operations) -> None:
    """Drop what ``create_shared_v1`` made."""
    for table in (
        "audit_entry",
        "dead_letter",
        "held_event",
        "watermark",
        "bus_log",
        "relay_lease",
        "outbox",
        "journal",
        "clock_acknowledgement",
        "business_clock",
        "installation",
    ):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP FUNCTION refuse_clock_in_live()")
    op.execute("DROP FUNCTION refuse_change()")


_CREATE_V2 = (
    """
    CREATE TABLE delivery_order (
        id uuid NOT NULL,
        kind text NOT NULL,
        parameters jsonb NOT NULL,
        ordered_by text NOT NULL,
        ordered_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        started_at timestamptz,
        ended_at timestamptz,
        outcome jsonb,
        failure text,
        CONSTRAINT pk_delivery_order PRIMARY KEY (id),
        CONSTRAINT ck_delivery_order_kind CHECK (kind IN ('replay', 'rebuild')),
        CONSTRAINT ck_delivery_order_ended CHECK ((ended_at IS NULL) = (num_nonnulls(outcome, failure) = 0))
    )
    """,
    "CREATE INDEX ix_delivery_order_open ON delivery_order (id) WHERE ended_at IS NULL",
    """
    CREATE TABLE database_timeline (
        timeline integer NOT NULL,
        known_at timestamptz DEFAULT clock_timestamp() NOT NULL,
        recovered jsonb DEFAULT '{}' NOT NULL,
        CONSTRAINT pk_database_timeline PRIMARY KEY (timeline)
    )
    """,
    "ALTER TABLE bus_log ADD COLUMN topics_digest text",
)


def create_shared_v2(op: Operations) -> None:
    """Orders of operators, the time lines of this database (restored or not), and which topics were published to."""
    for statement in _CREATE_V2:
        op.execute(statement)


def drop_shared_v2(op: Operations) -> None:
    """Drop what ``create_shared_v2`` made."""
    op.execute("ALTER TABLE bus_log DROP COLUMN topics_digest")
    op.execute("DROP TABLE database_timeline")
    op.execute("DROP TABLE delivery_order")
