"""Where projects are, what they are about, how far they are, and how each entry became what it is."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UPGRADE = (
    "ALTER TABLE call ADD COLUMN definition jsonb",
    """
    ALTER TABLE project
        ADD COLUMN stage text NOT NULL DEFAULT 'completed',
        ADD COLUMN place_kind text,
        ADD COLUMN latitude double precision,
        ADD COLUMN longitude double precision,
        ADD COLUMN position_source text,
        ADD COLUMN stated_sectors text[],
        ADD COLUMN sectors text[] NOT NULL DEFAULT '{}',
        ADD COLUMN agreed_on date,
        ADD COLUMN started_on date,
        ADD COLUMN completed_on date,
        ADD COLUMN fact_sources jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN listed jsonb
    """,
    "UPDATE project SET stage = state",
    "-- squawk-ignore ban-drop-default\nALTER TABLE project ALTER COLUMN stage DROP DEFAULT",
    # the table is of some dozen rows, and nobody is kept waiting for the look at them
    """
    -- squawk-ignore constraint-missing-not-valid
    ALTER TABLE project
        ADD CONSTRAINT ck_project_stage CHECK (stage IN ('selected', 'agreed', 'under_way', 'completed')),
        ADD CONSTRAINT ck_project_stage_of_state CHECK ((state = 'completed') = (stage = 'completed')),
        ADD CONSTRAINT ck_project_place_kind CHECK (place_kind IN ('city', 'region')),
        ADD CONSTRAINT ck_project_position_whole
            CHECK (num_nonnulls(latitude, longitude, position_source) IN (0, 3)),
        ADD CONSTRAINT ck_project_position
            CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)
    """,
    "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ix_project_sectors ON project USING gin (sectors)",
    "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX ix_project_latitude ON project (latitude)",
    """
    CREATE TABLE project_history (
        project_id uuid NOT NULL,
        revision integer NOT NULL,
        at timestamptz NOT NULL,
        cause text NOT NULL,
        actor text NOT NULL,
        reason text,
        changes jsonb NOT NULL,
        CONSTRAINT pk_project_history PRIMARY KEY (project_id, revision)
    )
    """,
    "REVOKE UPDATE, DELETE, TRUNCATE ON project_history FROM CURRENT_USER",
    """
    CREATE TABLE catalogue_version (
        singleton boolean NOT NULL DEFAULT true,
        version bigint NOT NULL,
        CONSTRAINT pk_catalogue_version PRIMARY KEY (singleton),
        CONSTRAINT ck_catalogue_version_one CHECK (singleton)
    )
    """,
    "INSERT INTO catalogue_version (version) VALUES (1)",
)
DOWNGRADE = (
    "DROP TABLE catalogue_version",
    "DROP TABLE project_history",
    "DROP INDEX ix_project_latitude",
    "DROP INDEX ix_project_sectors",
    """
    ALTER TABLE project
        DROP CONSTRAINT ck_project_position,
        DROP CONSTRAINT ck_project_position_whole,
        DROP CONSTRAINT ck_project_place_kind,
        DROP CONSTRAINT ck_project_stage_of_state,
        DROP CONSTRAINT ck_project_stage
    """,
    """
    ALTER TABLE project
        DROP COLUMN listed,
        DROP COLUMN fact_sources,
        DROP COLUMN completed_on,
        DROP COLUMN started_on,
        DROP COLUMN agreed_on,
        DROP COLUMN sectors,
        DROP COLUMN stated_sectors,
        DROP COLUMN position_source,
        DROP COLUMN longitude,
        DROP COLUMN latitude,
        DROP COLUMN place_kind,
        DROP COLUMN stage
    """,
    "ALTER TABLE call DROP COLUMN definition",
)


def upgrade() -> None:
    for statement in UPGRADE:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWNGRADE:
        op.execute(statement)
