"""Events that review decides. None of them carries an outcome before its announcement."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime, Field

from shared.auth.caller import Track
from shared.events.envelope import Event
from shared.events.intake import Carried, Organisation, Project
from shared.events.text import LocalText
from shared.events.topics import REVIEW_CASE, REVIEW_SELECTION


class EligibilityDecided(Event):
    """A case was screened. Subject: the case. ``reasons``: codes of the call's rules that are not met."""

    type: ClassVar[str] = "kcity.review.EligibilityDecided.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    call_id: UUID
    track: Track
    contact_id: UUID
    receipt_no: str
    eligible: bool
    reasons: tuple[str, ...]
    decided_at: AwareDatetime


class PreConsultingStarted(Event):
    """An adviser began to work with the applicant (planning track). Subject: the case."""

    type: ClassVar[str] = "kcity.review.PreConsultingStarted.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    contact_id: UUID
    adviser_id: UUID
    started_at: AwareDatetime


class PreConsultingCompleted(Event):
    """Report and revised proposal are in. Subject: the case."""

    type: ClassVar[str] = "kcity.review.PreConsultingCompleted.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    contact_id: UUID
    completed_at: AwareDatetime


class ReviewersAssigned(Event):
    """Who reviews a case, by pseudonymous id. Subject: the case."""

    type: ClassVar[str] = "kcity.review.ReviewersAssigned.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    reviewer_ids: tuple[UUID, ...]
    assigned_at: AwareDatetime


class AgreementSigned(Event):
    """The agreement on a selected project was signed on ``day`` (Korean calendar). Subject: the case."""

    type: ClassVar[str] = "kcity.review.AgreementSigned.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    day: date
    recorded_at: AwareDatetime


class ProjectStarted(Event):
    """The work on an agreed project began on ``day`` (Korean calendar). Subject: the case."""

    type: ClassVar[str] = "kcity.review.ProjectStarted.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    day: date
    recorded_at: AwareDatetime


class ProjectCompleted(Event):
    """A project that was begun was completed on ``day`` (Korean calendar). Subject: the case."""

    type: ClassVar[str] = "kcity.review.ProjectCompleted.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    day: date
    recorded_at: AwareDatetime


class ProjectWithdrawn(Event):
    """A selected project was given up: its applicant withdrew after the announcement. Subject: the case.

    Before the announcement nobody is told, and a completed project cannot be given up. Nobody moves up in its place.
    """

    type: ClassVar[str] = "kcity.review.ProjectWithdrawn.v1"
    topic: ClassVar[str] = REVIEW_CASE

    case_id: UUID
    application_id: UUID
    withdrawn_at: AwareDatetime


class EvaluationClosed(Event):
    """No more sheets are taken in a track of a call. Subject: the evaluation. Says nothing of the outcome."""

    type: ClassVar[str] = "kcity.review.EvaluationClosed.v1"
    topic: ClassVar[str] = REVIEW_SELECTION

    evaluation_id: UUID
    call_id: UUID
    track: Track
    closed_at: AwareDatetime


class SelectedProject(Carried):
    """A selected application, with all that the catalogue shows."""

    application_id: UUID
    receipt_no: str
    rank: int = Field(ge=1)
    organisation: Organisation
    project: Project
    partner_name: LocalText | None
    contact_id: UUID
    partner_contact_id: UUID | None
    support_krw: int = Field(ge=0)


class NotSelected(Carried):
    """An application that was evaluated and not selected."""

    application_id: UUID
    receipt_no: str
    contact_id: UUID


class SelectionAnnounced(Event):
    """The selection of a track is public: recorded at its embargo instant, never before. Subject: the selection."""

    type: ClassVar[str] = "kcity.review.SelectionAnnounced.v1"
    topic: ClassVar[str] = REVIEW_SELECTION

    selection_id: UUID
    call_id: UUID
    call_code: str
    year: int
    track: Track
    announced_at: AwareDatetime
    selected: tuple[SelectedProject, ...]
    not_selected: tuple[NotSelected, ...]


class InvitationIssued(Event):
    """Officials of a selected city are invited to an occasion. Subject: the invitation."""

    type: ClassVar[str] = "kcity.review.InvitationIssued.v1"
    topic: ClassVar[str] = REVIEW_SELECTION

    invitation_id: UUID
    selection_id: UUID
    application_id: UUID
    receipt_no: str
    contact_id: UUID
    occasion_code: str
    occasion_name: LocalText
    starts_on: date
    ends_on: date
    place: LocalText
    issued_at: AwareDatetime
