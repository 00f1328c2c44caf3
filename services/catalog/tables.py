"""The tables of catalog; their DDL is frozen in ``migrations``.

``call`` is a copy: written by the copy handlers alone, emptied by a rebuild, and no own table has a foreign key onto
it. ``project`` is catalog's own.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shared.database.tables import NAMING, include_shared_tables
from shared.idempotency.store import add_idempotency_table

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
    Column("definition", JSONB),
    comment="Copy: an announced call, in its newest version; no definition: remembered before November 2026",
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
    Column("stage", Text, nullable=False),
    Column("place_kind", Text),
    Column("latitude", Double),
    Column("longitude", Double),
    Column("position_source", Text),
    Column("stated_sectors", ARRAY(Text)),
    Column("sectors", ARRAY(Text), nullable=False, server_default="{}"),
    Column("agreed_on", Date),
    Column("started_on", Date),
    Column("completed_on", Date),
    Column("fact_sources", JSONB, nullable=False, server_default="{}"),
    Column("listed", JSONB),
    Column("application_id", Uuid),
    Column("selection_id", Uuid),
    Column("call_id", Uuid),
    Column("search", Text, nullable=False),
    Column("title_terms", ARRAY(Text), nullable=False, server_default="{}"),
    Column("place_terms", ARRAY(Text), nullable=False, server_default="{}"),
    Column("search_terms", ARRAY(Text), nullable=False, server_default="{}"),
    UniqueConstraint("number"),
    UniqueConstraint("application_id"),
    CheckConstraint("state IN ('selected', 'completed')", name="state"),
    CheckConstraint("stage IN ('selected', 'agreed', 'under_way', 'completed', 'withdrawn')", name="stage"),
    CheckConstraint("(state = 'completed') = (stage = 'completed')", name="stage_of_state"),
    CheckConstraint("type IN ('development_plan', 'solution_plan', 'plan', 'demonstration')", name="type"),
    CheckConstraint("state = 'completed' OR application_id IS NOT NULL", name="selected_has_origin"),
    CheckConstraint("num_nonnulls(application_id, selection_id, call_id) IN (0, 3)", name="origin_whole"),
    CheckConstraint("support_krw >= 0", name="support_krw"),
    CheckConstraint("place_kind IN ('city', 'region')", name="place_kind"),
    CheckConstraint("num_nonnulls(latitude, longitude, position_source) IN (0, 3)", name="position_whole"),
    CheckConstraint("latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180", name="position"),
    Index("ix_project_selection_year", "selection_year"),
    Index("ix_project_country_iso2", "country_iso2"),
    Index("ix_project_sectors", "sectors", postgresql_using="gin"),
    Index("ix_project_latitude", "latitude"),
    Index("ix_project_call_id", "call_id"),
    Index("ix_project_search_terms", "search_terms", postgresql_using="gin"),
    comment="Own: the public catalogue, with revisions and events of its own, which a rebuild must not make twice; "
    "whatever stands here may be seen by everybody, null means not published. sectors: stated or derived; "
    "listed: the row of the completed list as it was last loaded",
)

project_history = Table(
    "project_history",
    metadata,
    Column("project_id", Uuid, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("cause", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("reason", Text),
    Column("changes", JSONB, nullable=False),
    Column("source", Text),
    Column("import_id", Uuid),
    comment="Own: how each entry became what it is, only added to; changes: fact, before, after. Everybody may see it "
    "but the actor",
)

project_import = Table(
    "project_import",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("source", Text),
    Column("rows", Integer, nullable=False),
    Column("changes", JSONB, nullable=False),
    Column("faults", JSONB, nullable=False),
    Column("applied_at", Instant),
    Column("applied_by", Text),
    CheckConstraint("num_nonnulls(applied_at, applied_by) IN (0, 2)", name="applied_whole"),
    CheckConstraint("applied_at IS NULL OR faults = '[]'", name="applied_faultless"),
    comment="Own: each file that was given to be imported, by its digest, and what it changes or what is wrong with it; "
    "the file itself is not kept. It belongs to officers: who gave it is a person",
)

catalogue_version = Table(
    "catalogue_version",
    metadata,
    Column("singleton", Boolean, primary_key=True, server_default=true()),
    Column("version", BigInteger, nullable=False),
    CheckConstraint("singleton", name="one"),
    comment="Own: rises with every change of a project; calls, the other part of what readers see, have versions",
)
