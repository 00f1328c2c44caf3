"""The history of an entry over HTTP."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from services.catalog.domain.history import Cause, Revision, stages_of
from services.catalog.domain.project import Fact, Project, Stage
from shared.http.schema import Schema


class StageOut(Schema):
    """A stage that the project reached."""

    stage: Stage
    day: date | None = Field(description="The day on which it did; null: not published")
    since: datetime = Field(description="Since when the catalogue says so")


class ChangeOut(Schema):
    """One fact; null: not published."""

    fact: Fact
    before: Any = Field(description="As it was said")
    after: Any = Field(description="As it is said from this revision on")


class RevisionOut(Schema):
    """One version of the entry. Who made it is not told."""

    revision: int
    at: datetime
    cause: Cause = Field(
        description="`list`: the list of completed projects; `announcement`, `agreement`, `start`, `completion`, "
        "`withdrawal`: what happened to the project; `import`, `correction`: an officer; `unknown`: from before causes were kept"
    )
    reason: str | None = Field(description="Of a correction, in its editor's words")
    source: str | None = Field(description="What the change as a whole was taken from, where it was said")
    import_id: UUID | None = Field(description="The import that the change is a part of")
    changes: list[ChangeOut]


class HistoryOut(Schema):
    """How an entry became what it is, the oldest revision first."""

    project_id: UUID
    stages: list[StageOut]
    revisions: list[RevisionOut]

    @classmethod
    def of(cls, project: Project, revisions: Sequence[Revision]) -> "HistoryOut":
        """The answer for an entry."""
        days = {
            Stage.AGREED: project.agreed_on,
            Stage.UNDER_WAY: project.started_on,
            Stage.COMPLETED: project.completed_on,
        }
        return cls(
            project_id=project.id,
            stages=[
                StageOut(stage=stage, day=days.get(stage), since=at) for stage, at in stages_of(revisions)
            ],
            revisions=[RevisionOut.model_validate(one) for one in revisions],
        )
