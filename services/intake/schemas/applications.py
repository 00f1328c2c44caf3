"""Applications over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from services.intake.domain.application import Application, Contact, State
from services.intake.schemas.documents import DocumentOut
from services.intake.schemas.texts import (
    Address,
    BusinessNumber,
    Country,
    Line,
    LineText,
    ParagraphText,
    TextOut,
)
from shared.auth.caller import Track
from shared.errors import Violation
from shared.events.call_definition import ApplicantKind, CallCode, PartnerKind
from shared.events.text import Language
from shared.http.schema import Schema

ProjectType = Literal["development_plan", "solution_plan", "demonstration"]


class ApplicationIn(Schema):
    """Which call and track to begin a draft in."""

    call_code: CallCode = Field(max_length=18, examples=["KCN-2025"])
    track: Track


class OrganisationPatch(Schema):
    """Who applies."""

    name: LineText | None = None
    kind: ApplicantKind | None = None
    country_iso2: Country | None = None
    business_number: BusinessNumber | None = None


class ProjectPatch(Schema):
    """What is applied for. `requested_amount_krw`: whole won."""

    title: LineText | None = None
    summary: ParagraphText | None = None
    city: LineText | None = None
    country_iso2: Country | None = None
    project_type: ProjectType | None = None
    requested_amount_krw: Annotated[int, Field(strict=True, ge=1, le=10**13)] | None = None


class ContactPatch(Schema):
    """Whom to write to: personal data, kept apart and erasable."""

    name: Line | None = None
    email: Address | None = None
    language: Language | None = None


class PartnerPatch(Schema):
    """The partner body abroad, and whom to ask for its confirmation."""

    name: LineText | None = None
    kind: PartnerKind | None = None
    contact: ContactPatch | None = None


class ApplicationPatch(Schema):
    """Sections to merge into the draft (RFC 7396): what is absent stays, null removes."""

    organisation: OrganisationPatch | None = None
    project: ProjectPatch | None = None
    answers: dict[str, Any] | None = Field(
        default=None, description="By the track's form; an unfinished draft may leave some out"
    )
    contact: ContactPatch | None = None
    partner: PartnerPatch | None = None

    def sections(self) -> dict[str, Any]:
        """What was sent, and nothing else."""
        return self.model_dump(mode="json", exclude_unset=True)


class OrganisationOut(Schema):
    """Who applies."""

    name: TextOut | None = None
    kind: ApplicantKind | None = None
    country_iso2: str | None = None
    business_number: str | None = None


class ProjectOut(Schema):
    """What is applied for."""

    title: TextOut | None = None
    summary: TextOut | None = None
    city: TextOut | None = None
    country_iso2: str | None = None
    project_type: ProjectType | None = None
    requested_amount_krw: int | None = None


class ContactOut(Schema):
    """Whom to write to; reading it is written down."""

    id: UUID
    name: str
    email: str
    language: Language

    @classmethod
    def of(cls, contact: Contact | None) -> Self | None:
        """The answer for a contact."""
        return None if contact is None else cls.model_validate(contact)


class PartnerOut(Schema):
    """The partner body abroad. `confirmed_at`: when it confirmed by its link."""

    name: TextOut | None = None
    kind: PartnerKind | None = None
    contact: ContactOut | None = None
    confirmed_at: datetime | None = None


class ApplicationOut(Schema):
    """An application as it stands."""

    id: UUID
    call_code: str = Field(examples=["KCN-2025"])
    track: Track
    state: State
    revision: int = Field(description="Counts the changes of its content")
    organisation_id: UUID
    organisation: OrganisationOut
    project: ProjectOut
    answers: dict[str, Any]
    contact: ContactOut | None
    partner: PartnerOut | None
    documents: list[DocumentOut]
    complete: bool = Field(description="Whether nothing is missing or wrong; see completeness")
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    withdrawn_at: datetime | None

    @classmethod
    def of(cls, one: Application) -> Self:
        """The answer for an application."""
        return cls(
            id=one.id,
            call_code=one.call_code,
            track=one.track,
            state=one.state,
            revision=one.revision,
            organisation_id=one.organisation_id,
            organisation=OrganisationOut.model_validate(one.organisation),
            project=ProjectOut.model_validate(one.project),
            answers=dict(one.answers),
            contact=ContactOut.of(one.contact),
            partner=_partner(one),
            documents=[DocumentOut.model_validate(document) for document in one.documents],
            complete=not one.violations,
            created_at=one.created_at,
            changed_at=one.changed_at,
            submitted_at=one.submitted_at,
            withdrawn_at=one.withdrawn_at,
        )


def _partner(one: Application) -> PartnerOut | None:
    if one.partner is None and one.partner_contact is None:
        return None
    contact = ContactOut.of(one.partner_contact)
    section = PartnerOut.model_validate(one.partner or {})
    return section.model_copy(update={"contact": contact, "confirmed_at": one.partner_confirmed_at})


class ApplicationSummary(Schema):
    """One line of a list: no personal data."""

    id: UUID
    call_code: str
    track: Track
    state: State
    revision: int
    organisation_id: UUID
    title: TextOut | None
    receipt_no: str | None
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None


class Finding(Schema):
    """One thing that is missing or wrong. `pointer`: JSON pointer into the application."""

    pointer: str = Field(examples=["/project/title"])
    reason: str = Field(examples=["missing"])
    message: str

    @classmethod
    def of(cls, violation: Violation) -> Self:
        """The answer for a violation."""
        return cls(pointer=violation.pointer, reason=violation.reason, message=violation.message)


class CompletenessOut(Schema):
    """Whether the application could be submitted in its window, and what still keeps it from that."""

    complete: bool
    revision: int
    findings: list[Finding]

    @classmethod
    def of(cls, one: Application) -> Self:
        """The answer for an application."""
        findings = [Finding.of(item) for item in one.violations]
        return cls(complete=not findings, revision=one.revision, findings=findings)
