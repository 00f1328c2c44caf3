"""Evaluations, rankings, selections, results and invitations over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import Field

from services.review.domain.evaluation import Evaluation
from services.review.domain.ranking import Reason, Standing
from services.review.domain.selection import Selection, SelectionState
from services.review.repository.selections import Invitation, SelectionRecord
from services.review.schemas.cases import Note, ShortCode, Shown
from shared.auth.caller import Track
from shared.events.text import LocalText
from shared.http.schema import Instant, Schema


class EvaluationIn(Schema):
    """What to close."""

    call_id: UUID
    track: Track


class EvaluationOut(Schema):
    """A closed evaluation with the digests (hex SHA-256) of its input and result; no outcome."""

    id: UUID
    call_id: UUID
    track: Track
    closed_at: datetime
    bundle_sha256: str
    ranking_sha256: str

    @classmethod
    def of(cls, one: Evaluation) -> Self:
        """The answer for a stored evaluation."""
        return cls(
            id=one.id,
            call_id=one.call_id,
            track=one.track,
            closed_at=one.closed_at,
            bundle_sha256=one.bundle_sha256,
            ranking_sha256=one.ranking_sha256,
        )


class PlaceOut(Schema):
    """A case in its rank; points as decimal strings of six places, money in won."""

    rank: int
    case_id: UUID
    application_id: UUID
    receipt_no: str
    country_iso2: str
    total: str = Field(examples=["83.333333"])
    criteria: dict[str, str] = Field(description="Aggregated points by criterion: what decides ties")
    sheets_counted: int
    state: Standing
    reason: Reason
    support_krw: int


class RankingContent(Schema):
    """The result to the letter: its canonical JSON (RFC 8785) has the digest ``ranking_sha256``."""

    format: Literal["kcity-ranking/1"]
    bundle_sha256: str
    selected_count: int
    quota_min_reached: bool
    support_total_krw: int
    places: list[PlaceOut]


class RankingOut(Schema):
    """A ranking and its digest."""

    evaluation_id: UUID
    ranking_sha256: str
    ranking: RankingContent


class BundleOut(Schema):
    """The frozen input. Canonical JSON (RFC 8785) of ``bundle`` has the digest ``bundle_sha256``."""

    evaluation_id: UUID
    bundle_sha256: str
    bundle: dict[str, Any] = Field(description="format kcity-evaluation-bundle/1; reviewers by pseudonym")


class SelectionIn(Schema):
    """What to announce, and when."""

    evaluation_id: UUID
    announce_at: Instant = Field(description="Embargo: nothing is visible before this instant")


class RejectionIn(Schema):
    """Why the proposal is rejected."""

    reason: Note


class AnnouncedOrganisation(Shown):
    """Who is selected."""

    name: LocalText
    kind: str
    country_iso2: str


class AnnouncedProject(Shown):
    """What is selected."""

    title: LocalText
    summary: LocalText
    city: LocalText
    country_iso2: str
    project_type: str


class SelectedOut(Shown):
    """A selected project as the public sees it; support in won."""

    application_id: UUID
    rank: int
    organisation: AnnouncedOrganisation
    project: AnnouncedProject
    partner_name: LocalText | None
    support_krw: int


class ProposalTrail(Schema):
    """Who proposed and decided; for officers only."""

    evaluation_id: UUID
    ranking_sha256: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    rejection_reason: str | None


class SelectionOut(Schema):
    """A selection. The public meets announced ones only; ``selected`` is null before the announcement."""

    id: UUID
    call_id: UUID
    track: Track
    state: SelectionState
    announce_at: datetime
    announced_at: datetime | None
    selected: list[SelectedOut] | None
    trail: ProposalTrail | None = Field(description="Null for everybody but officers of the track")

    @classmethod
    def of(cls, record: SelectionRecord, *, for_officer: bool) -> Self:
        """The answer for a stored selection."""
        one = record.selection
        return cls(
            id=one.id,
            call_id=one.call_id,
            track=one.track,
            state=one.state,
            announce_at=one.announce_at,
            announced_at=one.announced_at,
            selected=_selected(record.announced),
            trail=_trail(one) if for_officer else None,
        )


class CommentOut(Schema):
    """A reviewer's words on one criterion, without who said it."""

    criterion: str
    comment: str


class ResultOut(Schema):
    """What the applicant is told: never a single reviewer's scores."""

    application_id: UUID
    receipt_no: str
    outcome: Standing
    total_points: str = Field(examples=["83.333333"])
    comments: tuple[CommentOut, ...]
    reviewers: tuple[str, ...] = Field(description="Pseudonyms", examples=[["R-1F3A9C02"]])
    announced_at: datetime


class InvitationsIn(Schema):
    """The occasion of the call."""

    occasion_code: ShortCode


class InvitationOut(Schema):
    """An issued invitation; the contact by id."""

    id: UUID
    application_id: UUID
    occasion_code: str
    contact_id: UUID
    issued_at: datetime


class InvitationsOut(Schema):
    """All invitations of a selection to one occasion."""

    selection_id: UUID
    items: tuple[InvitationOut, ...]

    @classmethod
    def of(cls, selection_id: UUID, issued: Sequence[Invitation]) -> Self:
        """The answer for stored invitations."""
        items = tuple(
            InvitationOut(
                id=one.id,
                application_id=one.application_id,
                occasion_code=one.occasion_code,
                contact_id=one.contact_id,
                issued_at=one.issued_at,
            )
            for one in issued
        )
        return cls(selection_id=selection_id, items=items)


def _selected(announced: Sequence[Any] | None) -> list[SelectedOut] | None:
    return None if announced is None else [SelectedOut.model_validate(each) for each in announced]


def _trail(one: Selection) -> ProposalTrail:
    return ProposalTrail(
        evaluation_id=one.evaluation_id,
        ranking_sha256=one.ranking_sha256,
        proposed_by=one.proposed_by,
        proposed_at=one.proposed_at,
        decided_by=one.decided_by,
        decided_at=one.decided_at,
        rejection_reason=one.rejection_reason,
    )
