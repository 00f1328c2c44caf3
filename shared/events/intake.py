"""Events that intake decides."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from shared.auth.caller import Track
from shared.events.call_definition import ApplicantKind, CallDefinition, PartnerKind
from shared.events.envelope import Event
from shared.events.text import Language, LocalText
from shared.events.topics import INTAKE_APPLICATION, INTAKE_CALL, INTAKE_CONTACT


class Carried(BaseModel):
    """A part of an event's body; readers ignore what they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CallPublished(Event):
    """The call was announced: recorded at its announcement instant, never before. Subject: the call."""

    type: ClassVar[str] = "kcity.intake.CallPublished.v1"
    topic: ClassVar[str] = INTAKE_CALL

    call_id: UUID
    version: int = Field(ge=1)
    definition: CallDefinition


class CallAmended(Event):
    """An announced call changed (a deadline extension is this event). Subject: the call."""

    type: ClassVar[str] = "kcity.intake.CallAmended.v1"
    topic: ClassVar[str] = INTAKE_CALL

    call_id: UUID
    version: int = Field(ge=2)
    definition: CallDefinition
    reason: LocalText


class ContactChanged(Event):
    """The present state of a contact: the only event with personal data. Subject: the contact.

    A snapshot: compacted, never kept in the journal; an erased contact is a body of None. ``application_id``,
    ``role`` and ``salt`` (hex, of its commitment) are for intake itself, should its database be restored; they go
    with the contact. Absent in events from before November 2026.
    """

    type: ClassVar[str] = "kcity.intake.ContactChanged.v1"
    topic: ClassVar[str] = INTAKE_CONTACT
    snapshot: ClassVar[bool] = True

    contact_id: UUID
    organisation_id: UUID
    name: str
    email: str
    language: Language
    application_id: UUID | None = None
    role: Literal["applicant", "partner"] | None = None
    salt: str | None = None


class Partner(Carried):
    """The partner body abroad of a demonstration. ``confirmation_id``: what its confirmation link names."""

    name: LocalText
    kind: PartnerKind
    contact_id: UUID
    confirmation_id: UUID


class Project(Carried):
    """What is applied for. ``city``: English, and Korean where the applicant gave it."""

    title: LocalText
    summary: LocalText
    city: LocalText
    country_iso2: str = Field(pattern=r"^[A-Z]{2}$")
    project_type: str = Field(pattern=r"^(development_plan|solution_plan|demonstration)$")
    requested_amount_krw: int = Field(ge=0)


class Organisation(Carried):
    """Who applies. ``business_number``: of Korean companies, ten digits with a check digit."""

    organisation_id: UUID
    name: LocalText
    kind: ApplicantKind
    country_iso2: str = Field(pattern=r"^[A-Z]{2}$")
    business_number: str | None = None


class SubmittedDocument(Carried):
    """A document of the submission, by its digest (hex SHA-256 of its bytes).

    ``commitment`` and ``salt`` (hex) are those of the receipt's digest, for a restored intake. They tell nothing
    beyond ``sha256``: who can guess the bytes can check the guess by that. Absent before November 2026.
    """

    document_id: UUID
    kind: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    commitment: str | None = None
    salt: str | None = None


class ApplicationSubmitted(Event):
    """An application was received in time. Subject: the application."""

    type: ClassVar[str] = "kcity.intake.ApplicationSubmitted.v1"
    topic: ClassVar[str] = INTAKE_APPLICATION

    application_id: UUID
    call_id: UUID
    track: Track
    revision: int = Field(ge=1)
    receipt_no: str
    arrived_at: AwareDatetime
    clock_bound_ms: int = Field(ge=0, description="error bound of arrived_at, rounded up")
    rolls_over: bool = Field(default=False, description="arrived after the year's cut-off of rolling intake")
    organisation: Organisation
    project: Project
    answers: dict[str, Any]
    contact_id: UUID
    partner: Partner | None
    documents: tuple[SubmittedDocument, ...]
    digest: str = Field(description="hex SHA-256 of the canonical application, as in the receipt")


class ApplicationWithdrawn(Event):
    """The applicant took the application back. Subject: the application."""

    type: ClassVar[str] = "kcity.intake.ApplicationWithdrawn.v1"
    topic: ClassVar[str] = INTAKE_APPLICATION

    application_id: UUID
    call_id: UUID
    track: Track
    withdrawn_at: AwareDatetime


class PartnerConfirmed(Event):
    """The partner body abroad confirmed the application by its link. Subject: the application."""

    type: ClassVar[str] = "kcity.intake.PartnerConfirmed.v1"
    topic: ClassVar[str] = INTAKE_APPLICATION

    application_id: UUID
    confirmation_id: UUID
    confirmed_at: AwareDatetime
