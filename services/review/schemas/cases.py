"""Cases over HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import ConfigDict, Field, StrictBool, StringConstraints

from services.review.domain.access import Capacity
from services.review.domain.case import CaseState, EligibilityDecision
from services.review.domain.consulting import PreConsulting
from services.review.repository.cases import CaseRecord
from shared.auth.caller import Track
from shared.events.call_definition import ApplicantKind, Code, PartnerKind, Won
from shared.events.text import LocalText
from shared.http.schema import Schema

ShortCode = Annotated[Code, StringConstraints(max_length=60)]
"""A code of the call, with the length that its pattern implies said aloud."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000, pattern=r"\S")]
Note = Annotated[str, StringConstraints(min_length=1, max_length=4_000, pattern=r"\S")]


class Shown(Schema):
    """A part of a stored event: what it has beyond these fields stays inside."""

    model_config = ConfigDict(extra="ignore")


class OrganisationOut(Shown):
    """Who applies."""

    organisation_id: UUID
    name: LocalText
    kind: ApplicantKind
    country_iso2: str
    business_number: str | None


class ProjectOut(Shown):
    """What is applied for; the amount in won."""

    title: LocalText
    summary: LocalText
    city: LocalText
    country_iso2: str
    project_type: str
    requested_amount_krw: int


class PartnerOut(Shown):
    """The partner body abroad; its contact stays inside."""

    name: LocalText
    kind: PartnerKind


class DocumentOut(Shown):
    """A submitted document by its digest (hex SHA-256)."""

    document_id: UUID
    kind: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str


class ProposalOut(Shown):
    """The proposal as submitted. ``digest``: hex SHA-256 as in the receipt."""

    organisation: OrganisationOut
    project: ProjectOut
    answers: dict[str, Any]
    partner: PartnerOut | None
    documents: tuple[DocumentOut, ...]
    digest: str


class EligibilityOut(Schema):
    """How the case was screened."""

    eligible: bool
    unmet_rules: tuple[str, ...] = Field(description="Codes of the call's rules that are not met")
    note: str | None = Field(description="Internal; null for everybody but officers")
    decided_at: datetime | None


class CaseSummary(Schema):
    """A case in a list."""

    id: UUID
    application_id: UUID
    call_id: UUID
    track: Track
    state: CaseState
    receipt_no: str
    arrived_at: datetime
    rolls_over: bool = Field(description="Came after the year's cut-off: waits for the next round")
    organisation_name: LocalText
    project_title: LocalText
    city: LocalText
    country_iso2: str

    @classmethod
    def of(cls, record: CaseRecord) -> Self:
        """The summary of a stored case."""
        case, project = record.case, record.project
        return cls(
            id=case.id,
            application_id=case.application_id,
            call_id=case.call_id,
            track=case.track,
            state=case.state,
            receipt_no=case.receipt_no,
            arrived_at=case.arrived_at,
            rolls_over=case.rolls_over,
            organisation_name=record.proposal["organisation"]["name"],
            project_title=project["title"],
            city=project["city"],
            country_iso2=project["country_iso2"],
        )


class CaseOut(Schema):
    """A case. It never carries scores or anything of an outcome before the announcement."""

    id: UUID
    application_id: UUID
    call_id: UUID
    track: Track
    state: CaseState
    receipt_no: str
    arrived_at: datetime
    rolls_over: bool
    opened_at: datetime
    withdrawn_at: datetime | None
    partner_confirmed_at: datetime | None
    proposal: ProposalOut
    revised_project: ProjectOut | None = Field(
        description="What a completed pre-consulting made of the project: this is what is evaluated"
    )
    eligibility: EligibilityOut | None

    @classmethod
    def of(cls, record: CaseRecord, seen_as: frozenset[Capacity]) -> Self:
        """The case as it is shown in these capacities."""
        case, decision = record.case, record.decision
        eligibility = decision and EligibilityOut(
            eligible=decision.eligible,
            unmet_rules=decision.unmet_rules,
            note=decision.note if Capacity.OFFICER in seen_as else None,
            decided_at=record.decided_at,
        )
        return cls(
            id=case.id,
            application_id=case.application_id,
            call_id=case.call_id,
            track=case.track,
            state=case.state,
            receipt_no=case.receipt_no,
            arrived_at=case.arrived_at,
            rolls_over=case.rolls_over,
            opened_at=record.opened_at,
            withdrawn_at=record.withdrawn_at,
            partner_confirmed_at=record.partner_confirmed_at,
            proposal=ProposalOut.model_validate(record.proposal),
            revised_project=ProjectOut.model_validate(record.project) if record.revised_project else None,
            eligibility=eligibility,
        )


class EligibilityIn(Schema):
    """The decision of the secretariat."""

    eligible: StrictBool
    unmet_rules: tuple[ShortCode, ...] = Field(
        default=(), max_length=50, description="Codes of the call's eligibility rules; for ineligible ≥ 1"
    )
    note: Note | None = Field(default=None, description="For officers only")

    def decision(self) -> EligibilityDecision:
        """The decision with its rules in one order."""
        return EligibilityDecision(self.eligible, tuple(sorted(set(self.unmet_rules))), self.note)


class PreConsultingIn(Schema):
    """Who advises: a registered reviewer, who will not review this case."""

    adviser_id: UUID


class ReportIn(Schema):
    """The adviser's report."""

    text: Prose
    recommendations: tuple[Note, ...] = Field(min_length=1, max_length=50)


class RevisedTextIn(LocalText):
    """Text of a revised proposal in Korean, English or both."""

    model_config = ConfigDict(extra="forbid")


class RevisedProposalIn(Schema):
    """What the applicant makes of the advice; the submitted proposal stays beside it."""

    title: RevisedTextIn
    summary: RevisedTextIn
    requested_amount_krw: Won
    changes: Prose = Field(description="What was changed, and why")

    def content(self) -> dict[str, Any]:
        """How it is stored: the fields of the project it replaces, and the reasons."""
        project = self.model_dump(mode="json", exclude={"changes"})
        return {"project": project, "changes": self.changes}


class PreConsultingOut(Schema):
    """The state of a pre-consulting; its revision is the ETag."""

    case_id: UUID
    adviser_id: UUID
    report: ReportIn | None
    revised_proposal: RevisedProposalIn | None
    started_at: datetime
    completed_at: datetime | None

    @classmethod
    def of(cls, one: PreConsulting) -> Self:
        """The answer for a stored pre-consulting."""
        return cls(
            case_id=one.case_id,
            adviser_id=one.adviser_id,
            report=None if one.report is None else ReportIn.model_validate(one.report),
            revised_proposal=_revised(one.revised_proposal),
            started_at=one.started_at,
            completed_at=one.completed_at,
        )


def _revised(stored: Mapping[str, Any] | None) -> RevisedProposalIn | None:
    if stored is None:
        return None
    return RevisedProposalIn.model_validate({**stored["project"], "changes": stored["changes"]})
