"""Reviewers, panels, declarations, assignments and score sheets over HTTP."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, StringConstraints, model_validator

from services.review.domain.experts import ConflictKind, ConflictReason, Declaration, Panel, Reviewer
from services.review.domain.sheet import Assignment, Score
from services.review.schemas.cases import Note, ShortCode
from shared.auth.caller import Track
from shared.http.schema import Schema
from shared.ids import new_uuid

Subject = Annotated[str, StringConstraints(max_length=255, pattern=r"^[\x21-\x7e]{1,255}$")]
Keyword = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"\S")]
ReviewerIds = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=100)]


def _must_differ(ids: tuple[UUID, ...]) -> None:
    if len(set(ids)) != len(ids):
        raise ValueError("a reviewer is named twice")


class ReviewerIn(Schema):
    """An expert by the subject (``sub``) of their token; no names here."""

    subject: Subject = Field(examples=["7f3c0a52-5d0e-4d0b-8c57-2f1f5b0e9a11"])
    expertise: tuple[Keyword, ...] = Field(min_length=1, max_length=50, examples=[["transport", "energy"]])
    organisation_ids: tuple[UUID, ...] = Field(
        default=(), max_length=50, description="Organisations they belong to: they review none of theirs"
    )
    languages: tuple[Literal["ko", "en"], ...] = Field(min_length=1, max_length=2)

    def reviewer(self, at: datetime) -> Reviewer:
        """A fresh reviewer."""
        return Reviewer(
            id=new_uuid(),
            subject=self.subject,
            expertise=self.expertise,
            organisation_ids=self.organisation_ids,
            languages=self.languages,
            registered_at=at,
        )


class ReviewerOut(Schema):
    """A registered reviewer."""

    id: UUID
    subject: str
    expertise: tuple[str, ...]
    organisation_ids: tuple[UUID, ...]
    languages: tuple[str, ...]
    registered_at: datetime


class PanelIn(Schema):
    """Who may review a track of a call."""

    call_id: UUID
    track: Track
    reviewer_ids: ReviewerIds

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        _must_differ(self.reviewer_ids)
        return self

    def panel(self, at: datetime) -> Panel:
        """A fresh panel."""
        return Panel(new_uuid(), self.call_id, self.track, self.reviewer_ids, at)


class PanelOut(Schema):
    """A panel."""

    id: UUID
    call_id: UUID
    track: Track
    reviewer_ids: tuple[UUID, ...]
    created_at: datetime


class DeclarationIn(Schema):
    """Whether there is a conflict of interest; kind and reason with a conflict only."""

    has_conflict: StrictBool
    kind: ConflictKind | None = Field(default=None, description="exclusion: by rule; recusal: steps back")
    reason_code: ConflictReason | None = None

    def declaration(self) -> Declaration:
        """The declaration in the domain's words."""
        return Declaration(self.has_conflict, self.kind, self.reason_code)


class AssignmentsIn(Schema):
    """Whom to assign: members of a panel of the case's call and track."""

    reviewer_ids: ReviewerIds

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        _must_differ(self.reviewer_ids)
        return self


class AssignedReviewer(Schema):
    """A reviewer of a case; nothing of their scores."""

    assignment_id: UUID
    reviewer_id: UUID
    assigned_at: datetime


class AssignmentsOut(Schema):
    """Who reviews the case now."""

    case_id: UUID
    items: tuple[AssignedReviewer, ...]


class AssignmentOut(Schema):
    """A reviewer's own task."""

    id: UUID
    case_id: UUID
    call_id: UUID
    track: Track
    assigned_at: datetime
    declared: bool = Field(description="Whether the reviewer declared to have no conflict of interest")
    sheet: Literal["none", "draft", "submitted"]

    @classmethod
    def of(cls, one: Assignment) -> Self:
        """The answer for a stored assignment."""
        written: Literal["none", "draft"] = "draft" if one.sheet.revision else "none"
        return cls(
            id=one.id,
            case_id=one.case_id,
            call_id=one.call_id,
            track=one.track,
            assigned_at=one.assigned_at,
            declared=one.declared,
            sheet="submitted" if one.sheet.submitted_at else written,
        )


class ScoreIn(Schema):
    """Whole points on one criterion, 0 to its ``max_points``, and why: applicants read the comment."""

    criterion: ShortCode
    points: StrictInt = Field(ge=0, le=100)
    comment: Note


class SheetIn(Schema):
    """The whole sheet; a draft may leave criteria out."""

    scores: tuple[ScoreIn, ...] = Field(max_length=100)

    def in_domain(self) -> list[Score]:
        """The scores in the domain's words."""
        return [Score(one.criterion, one.points, one.comment) for one in self.scores]


class SheetOut(Schema):
    """The reviewer's own sheet; its revision is the ETag (``"0"`` before the first draft)."""

    assignment_id: UUID
    scores: tuple[ScoreIn, ...]
    submitted_at: datetime | None

    @classmethod
    def of(cls, one: Assignment) -> Self:
        """The answer for a stored sheet."""
        scores = tuple(ScoreIn.model_validate(score) for score in one.sheet.scores)
        return cls(assignment_id=one.id, scores=scores, submitted_at=one.sheet.submitted_at)
