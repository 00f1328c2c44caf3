"""The shared tables, the copy of calls, and the catalogue itself."""

from alembic import op

from shared.database.revisions import create_shared_v1, drop_shared_v1

revision = "0001"
down_revision = None

CREATE = (
    """
    CREATE TABLE call (
        id uuid NOT NULL,
        version integer NOT NULL,
        code text NOT NULL,
        year integer NOT NULL,
        name_ko text,
        name_en text,
        CONSTRAINT pk_call PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE project (
        id uuid NOT NULL,
        revision integer NOT NULL,
        published_at timestamptz NOT NULL,
        number integer,
        state text NOT NULL,
        type text NOT NULL,
        selection_year integer NOT NULL,
        country_iso2 text,
        country_ko text,
        country_en text,
        city_ko text,
        city_en text,
        title_ko text,
        title_en text,
        organisation_ko text,
        organisation_en text,
        partner_ko text,
        partner_en text,
        support_krw bigint,
        sources text[] NOT NULL,
        note text,
        application_id uuid,
        selection_id uuid,
        call_id uuid,
        search text NOT NULL,
        CONSTRAINT pk_project PRIMARY KEY (id),
        CONSTRAINT uq_project_number UNIQUE (number),
        CONSTRAINT uq_project_application_id UNIQUE (application_id),
        CONSTRAINT fk_project_call_id FOREIGN KEY (call_id) REFERENCES call (id),
        CONSTRAINT ck_project_state CHECK (state IN ('selected', 'completed')),
        CONSTRAINT ck_project_type
            CHECK (type IN ('development_plan', 'solution_plan', 'plan', 'demonstration')),
        CONSTRAINT ck_project_selected_has_origin CHECK (state = 'completed' OR application_id IS NOT NULL),
        CONSTRAINT ck_project_origin_whole
            CHECK (num_nonnulls(application_id, selection_id, call_id) IN (0, 3)),
        CONSTRAINT ck_project_support_krw CHECK (support_krw >= 0)
    )
    """,
    "CREATE INDEX ix_project_selection_year ON project (selection_year)",
    "CREATE INDEX ix_project_country_iso2 ON project (country_iso2)",
)


def upgrade() -> None:
    create_shared_v1(op)
    for statement in CREATE:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE project")
    op.execute("DROP TABLE call")
    drop_shared_v1(op)
