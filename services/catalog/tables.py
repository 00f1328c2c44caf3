"""The tables of catalog; their DDL is frozen in ``migrations``.

``call`` is a copy: written by the copy handlers alone, emptied by a rebuild, and no own table has a foreign key onto
it. ``project`` is catalog's own.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import ARRAY

from shared.database.tables import NAMING, include_shared_tables
from shared.idempotency import add_idempotency_table

metadata = MetaData(naming_convention=NAMING)
include_shared_tables(metadata)
idempotency_key = add_idempotency_table(metadata)
Instant = DateTime(timezone=True)

call = Table(
    "call",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("name_ko", Text),
    Column("name_en", Text),
    comment="Copy: what the catalogue shows of an announced call, in its newest version",
)

COPIES = (call,)
"""What a rebuild empties; every other table of catalog is its own."""

project = Table(
    "project",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("published_at", Instant, nullable=False),
    Column("number", Integer),
    Column("state", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("selection_year", Integer, nullable=False),
    Column("country_iso2", Text),
    Column("country_ko", Text),
    Column("country_en", Text),
    Column("city_ko", Text),
    Column("city_en", Text),
    Column("title_ko", Text),
    Column("title_en", Text),
    Column("organisation_ko", Text),
    Column("organisation_en", Text),
    Column("partner_ko", Text),
    Column("partner_en", Text),
    Column("support_krw", BigInteger),
    Column("sources", ARRAY(Text), nullable=False),
    Column("note", Text),
    Column("application_id", Uuid),
    Column("selection_id", Uuid),
    Column("call_id", Uuid),
    Column("search", Text, nullable=False),
    UniqueConstraint("number"),
    UniqueConstraint("application_id"),
    CheckConstraint("state IN ('selected', 'completed')", name="state"),
    CheckConstraint("type IN ('development_plan', 'solution_plan', 'plan', 'demonstration')", name="type"),
    CheckConstraint("state = 'completed' OR application_id IS NOT NULL", name="selected_has_origin"),
    CheckConstraint("num_nonnulls(application_id, selection_id, call_id) IN (0, 3)", name="origin_whole"),
    CheckConstraint("support_krw >= 0", name="support_krw"),
    Index("ix_project_selection_year", "selection_year"),
    Index("ix_project_country_iso2", "country_iso2"),
    comment="Own: the public catalogue, with revisions and events of its own, which a rebuild must not make twice; "
    "whatever stands here may be seen by everybody, null means not published",
)
