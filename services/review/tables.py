"""Review's tables: copies of what intake tells, which a rebuild may empty, and what review itself decides.

A copy is written by the copy handlers alone. No own table has a foreign key onto a copy: a copy can be empty for
the length of a rebuild, and what review decided stays either way.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
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
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

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
    comment="Copy: the newest version of each call, whole; its rules are read at each decision",
)

application = Table(
    "application",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("partner_confirmed_at", Instant),
    Column("withdrawn_at", Instant),
    comment="Copy: what happened to an application after its submission; holds for all its revisions",
)

submission = Table(
    "submission",
    metadata,
    Column("application_id", Uuid, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("organisation_id", Uuid, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("receipt_no", Text, nullable=False),
    Column("arrived_at", Instant, nullable=False),
    Column("rolls_over", Boolean, nullable=False),
    Column("proposal", JSONB, nullable=False),
    PrimaryKeyConstraint("application_id", "revision"),
    Index("ix_submission_order", "arrived_at", "application_id"),
    Index("ix_submission_organisation", "organisation_id"),
    comment="Copy: each revision as submitted; a later one stands beside it, so it cannot change what is under review",
)

COPIES = (call, application, submission)
"""What a rebuild empties; every other table of review is its own."""

evaluation_scope = Table(
    "evaluation_scope",
    metadata,
    Column("call_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("evaluation_id", Uuid),
    PrimaryKeyConstraint("call_id", "track"),
    comment="Own: what is locked while cases of a call and track change, and which evaluation closed it",
)

review_case = Table(
    "review_case",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("application_id", Uuid, nullable=False),
    Column("application_revision", Integer, nullable=False),
    Column("call_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("opened_at", Instant, nullable=False),
    UniqueConstraint("application_id"),
    ForeignKeyConstraint(
        ["call_id", "track"],
        ["evaluation_scope.call_id", "evaluation_scope.track"],
        name="fk_review_case_scope",
    ),
    Index("ix_review_case_round", "call_id", "track", "state"),
    comment="Own: that there is a case, which revision counts in it and how it stands; its content is a copy",
)

eligibility_decision = Table(
    "eligibility_decision",
    metadata,
    Column("case_id", Uuid, ForeignKey("review_case.id"), primary_key=True),
    Column("eligible", Boolean, nullable=False),
    Column("unmet_rules", ARRAY(Text), nullable=False),
    Column("note", Text),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Instant, nullable=False),
    comment="Own: how a case was screened, decided here",
)

implementation = Table(
    "implementation",
    metadata,
    Column("case_id", Uuid, ForeignKey("review_case.id"), primary_key=True),
    Column("agreed_on", Date, nullable=False),
    Column("started_on", Date),
    Column("completed_on", Date),
    CheckConstraint("started_on >= agreed_on", name="started"),
    CheckConstraint("completed_on >= started_on", name="completed"),
    CheckConstraint("completed_on IS NULL OR started_on IS NOT NULL", name="in_order"),
    comment="Own: the days on which a selected project was agreed, begun and completed, recorded here",
)

reviewer = Table(
    "reviewer",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("subject", Text, nullable=False),
    Column("expertise", ARRAY(Text), nullable=False),
    Column("organisation_ids", ARRAY(Uuid), nullable=False),
    Column("languages", ARRAY(Text), nullable=False),
    Column("registered_at", Instant, nullable=False),
    UniqueConstraint("subject"),
    comment="Own: the experts that are registered here",
)

panel = Table(
    "panel",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    ForeignKeyConstraint(
        ["call_id", "track"], ["evaluation_scope.call_id", "evaluation_scope.track"], name="fk_panel_scope"
    ),
    Index("ix_panel_round", "call_id", "track"),
    comment="Own: who may review a call and track",
)

panel_member = Table(
    "panel_member",
    metadata,
    Column("panel_id", Uuid, ForeignKey("panel.id"), nullable=False),
    Column("reviewer_id", Uuid, ForeignKey("reviewer.id"), nullable=False),
    PrimaryKeyConstraint("panel_id", "reviewer_id"),
    comment="Own: the reviewers of a panel",
)

pre_consulting = Table(
    "pre_consulting",
    metadata,
    Column("case_id", Uuid, ForeignKey("review_case.id"), primary_key=True),
    Column("adviser_id", Uuid, ForeignKey("reviewer.id"), nullable=False),
    Column("revision", Integer, nullable=False, server_default=text("1")),
    Column("report", JSONB(none_as_null=True)),
    Column("revised_proposal", JSONB(none_as_null=True)),
    Column("started_at", Instant, nullable=False),
    Column("completed_at", Instant),
    comment="Own: advice written here before the evaluation",
)

assignment = Table(
    "assignment",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("case_id", Uuid, ForeignKey("review_case.id"), nullable=False),
    Column("reviewer_id", Uuid, ForeignKey("reviewer.id"), nullable=False),
    Column("assigned_at", Instant, nullable=False),
    Column("removed_at", Instant),
    UniqueConstraint("case_id", "reviewer_id"),
    Index("ix_assignment_reviewer", "reviewer_id", "id"),
    comment="Own: which reviewer scores which case, decided here",
)

conflict_declaration = Table(
    "conflict_declaration",
    metadata,
    Column("case_id", Uuid, ForeignKey("review_case.id"), nullable=False),
    Column("reviewer_id", Uuid, ForeignKey("reviewer.id"), nullable=False),
    Column("has_conflict", Boolean, nullable=False),
    Column("kind", Text),
    Column("reason_code", Text),
    Column("declared_at", Instant, nullable=False),
    PrimaryKeyConstraint("case_id", "reviewer_id"),
    comment="Own: what reviewers declare here",
)

score_sheet = Table(
    "score_sheet",
    metadata,
    Column("assignment_id", Uuid, ForeignKey("assignment.id"), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("scores", JSONB, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("submitted_at", Instant),
    comment="Own: what reviewers write here",
)

evaluation = Table(
    "evaluation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("call_id", Uuid, nullable=False),
    Column("track", Text, nullable=False),
    Column("closed_at", Instant, nullable=False),
    Column("closed_by", Text, nullable=False),
    Column("bundle", LargeBinary, nullable=False),
    Column("bundle_sha256", Text, nullable=False),
    Column("ranking", LargeBinary, nullable=False),
    Column("ranking_sha256", Text, nullable=False),
    UniqueConstraint("call_id", "track"),
    ForeignKeyConstraint(
        ["call_id", "track"],
        ["evaluation_scope.call_id", "evaluation_scope.track"],
        name="fk_evaluation_scope",
    ),
    comment="Own: a closed evaluation, to the byte",
)

reviewer_pseudonym = Table(
    "reviewer_pseudonym",
    metadata,
    Column("evaluation_id", Uuid, ForeignKey("evaluation.id"), nullable=False),
    Column("reviewer_id", Uuid, ForeignKey("reviewer.id"), nullable=False),
    Column("pseudonym", Text, nullable=False),
    PrimaryKeyConstraint("evaluation_id", "reviewer_id"),
    UniqueConstraint("evaluation_id", "pseudonym"),
    comment="Own: who stands behind a name in a bundle; drawn here, never again",
)

selection = Table(
    "selection",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("evaluation_id", Uuid, ForeignKey("evaluation.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("announce_at", Instant, nullable=False),
    Column("proposed_by", Text, nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("decided_by", Text),
    Column("decided_at", Instant),
    Column("rejection_reason", Text),
    Column("announced_at", Instant),
    Column("announced", JSONB(none_as_null=True)),
    Index(
        "uq_selection_standing",
        "evaluation_id",
        unique=True,
        postgresql_where=text("state <> 'rejected'"),
    ),
    Index("ix_selection_due", "announce_at", postgresql_where=text("state = 'approved'")),
    comment="Own: proposed, decided and announced here",
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("selection_id", Uuid, ForeignKey("selection.id"), nullable=False),
    Column("application_id", Uuid, nullable=False),
    Column("occasion_code", Text, nullable=False),
    Column("contact_id", Uuid, nullable=False),
    Column("issued_at", Instant, nullable=False),
    UniqueConstraint("selection_id", "application_id", "occasion_code"),
    comment="Own: issued here",
)
