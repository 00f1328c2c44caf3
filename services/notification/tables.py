"""The tables of notification: copies of calls, applications and contacts, and the messages, which are its own.

``contact`` is the only place with personal data; a message holds none, its words are made when it is sent. A copy
is written by the copy handlers alone, a rebuild may empty it, and no own table has a foreign key onto one.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from shared.database.tables import NAMING, Instant, include_shared_tables
from shared.idempotency.store import add_idempotency_table

metadata = MetaData(naming_convention=NAMING)
include_shared_tables(metadata)
add_idempotency_table(metadata)

call = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("definition", JSONB, nullable=False),
    comment="Copy: the newest version of each call, for its names, rules' texts and terms",
)

application = Table(
    "application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("receipt_no", Text, nullable=False),
    Column("title", JSONB, nullable=False),
    Column("organisation", JSONB, nullable=False),
    comment="Copy: what mails tell of the newest submission; whom we asked already is known by the messages",
)

contact = Table(
    "contact",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    CheckConstraint("language IN ('ko', 'en')", name="language"),
    comment="Copy: the present state of each contact that is not erased; personal data",
)

COPIES = (call, application, contact)
"""What a rebuild empties; every other table of notification is its own."""

message = Table(
    "message",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("cause_event_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("template", Text, nullable=False),
    Column("application_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("caused_at", Instant, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("language", Text),
    Column("variables", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("held_reason", Text),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("queued_at", Instant),
    Column("next_attempt_at", Instant),
    Column("give_up_at", Instant),
    Column("lease", Uuid),
    Column("sending_until", Instant),
    Column("last_smtp_code", Integer),
    Column("settled_at", Instant),
    UniqueConstraint("cause_event_id", "contact_id", "template", "application_id"),
    CheckConstraint(
        "state IN ('waiting_for_contact', 'queued', 'sending', 'delivered', 'bounced', 'failed', 'held')",
        name="state",
    ),
    CheckConstraint("(state = 'held') = (held_reason IS NOT NULL)", name="held_has_reason"),
    CheckConstraint(
        "(state = 'sending') = (lease IS NOT NULL) AND (lease IS NULL) = (sending_until IS NULL)",
        name="sending_has_lease",
    ),
    CheckConstraint(
        "(state IN ('queued', 'failed')) = (next_attempt_at IS NOT NULL)", name="tried_again_has_time"
    ),
    CheckConstraint(
        "state IN ('waiting_for_contact', 'held') OR num_nulls(language, queued_at, give_up_at) = 0",
        name="queued_is_complete",
    ),
    Index("ix_message_due", "next_attempt_at", postgresql_where=text("state IN ('queued', 'failed')")),
    Index("ix_message_lease", "sending_until", postgresql_where=text("state = 'sending'")),
    Index("ix_message_contact", "contact_id", postgresql_where=text("state <> 'delivered'")),
    Index("ix_message_application", "application_id"),
    comment="Own: what we decided to tell whom, and how far it came; a rebuild neither makes nor sends one",
)
