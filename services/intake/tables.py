"""The tables of intake. Their DDL is frozen in ``migrations/versions``."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSON, JSONB

from shared.database.tables import NAMING, include_shared_tables
from shared.idempotency.store import add_idempotency_table

metadata = MetaData(naming_convention=NAMING)
include_shared_tables(metadata)
add_idempotency_table(metadata)

Instant = DateTime(timezone=True)
NOW = text("clock_timestamp()")
STATES = "state IN ('draft', 'submitted', 'withdrawn')"

receipt_number = Sequence(
    "receipt_number", metadata=metadata, start=0, increment=32, minvalue=0, maxvalue=2**35 - 32
)

call = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("state", Text, nullable=False),
    Column("announced_at", Instant, nullable=False),
    Column("definition", JSON, nullable=False),
    Column("digest", Text, nullable=False),
    Column("published_by", Text, nullable=False),
    Column("created_at", Instant, nullable=False, server_default=NOW),
    UniqueConstraint("code"),
    CheckConstraint("state IN ('scheduled', 'announced')", name="state"),
    Index("ix_call_scheduled", "announced_at", postgresql_where=text("state = 'scheduled'")),
    comment="Calls as their definition says; nobody but the ministry sees a scheduled one",
)

application = Table(
    "application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, ForeignKey("call.id"), nullable=False),
    Column("track", Text, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'draft'")),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("organisation", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("project", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("answers", JSONB, nullable=False, server_default=text("'{}'::jsonb")),
    Column("partner", JSON(none_as_null=True)),
    Column("confirmation_id", Uuid),
    Column("partner_confirmed_at", Instant),
    Column("checked_version", Integer, nullable=False),
    Column("violations", JSON, nullable=False),
    Column("content_digest", Text, nullable=False),
    Column("event_content", Text),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    Column("withdrawn_at", Instant),
    UniqueConstraint("confirmation_id"),
    CheckConstraint("track IN ('planning', 'demonstration')", name="track"),
    CheckConstraint(STATES, name="state"),
    CheckConstraint("state <> 'submitted' OR submitted_at IS NOT NULL", name="submitted"),
    CheckConstraint("state <> 'draft' OR submitted_at IS NULL", name="draft"),
    Index("ix_application_organisation_id_id", "organisation_id", "id"),
    Index("ix_application_received", "track", "id", postgresql_where=text("submitted_at IS NOT NULL")),
    comment="Applications without personal data; violations, digest and event content are those of the revision",
)

contact = Table(
    "contact",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("application.id"), nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("role", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("changed_at", Instant, nullable=False),
    UniqueConstraint("application_id", "role"),
    CheckConstraint("role IN ('applicant', 'partner')", name="role"),
    CheckConstraint("language IN ('ko', 'en')", name="language"),
    CheckConstraint("octet_length(salt) = 32", name="salt"),
    comment="The only personal data of intake; erasing a row, salt and all, leaves every receipt valid",
)

document = Table(
    "document",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, ForeignKey("application.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("scan_state", Text, nullable=False),
    Column("uploaded_at", Instant, nullable=False),
    UniqueConstraint("application_id", "kind"),
    CheckConstraint("scan_state IN ('not_scanned', 'pending', 'clean', 'infected')", name="scan_state"),
    CheckConstraint("octet_length(salt) = 32", name="salt"),
    comment="What lies in the document store under the id; one of each kind in an application",
)

submission = Table(
    "submission",
    metadata,
    Column("application_id", Uuid, ForeignKey("application.id"), nullable=False),
    Column("receipt_no", Text, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("receipt", JSON, nullable=False),
    PrimaryKeyConstraint("application_id"),
    UniqueConstraint("receipt_no"),
    comment="Receipts as they were signed; signing the stored text again gives the same signature",
)
