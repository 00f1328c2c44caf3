"""An application: its sections, its states, and what may become of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypedDict

from shared.auth.caller import Track
from shared.errors import DomainError, Kind, Violation
from shared.ids import ApplicationId, CallId, ConfirmationId, ContactId, DocumentId, OrganisationId


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What an applicant does with an application."""

    CHANGE = "change"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"


TRANSITIONS: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.CHANGE): State.DRAFT,
    (State.DRAFT, Step.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Step.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Step.WITHDRAW): State.WITHDRAWN,
}
"""The whole state machine: what is not here is refused."""


class NotADraft(DomainError):
    """Only a draft can be changed or submitted."""

    kind = Kind.CONFLICT
    title = "The application is no draft any more"

    def __init__(self, state: State) -> None:
        super().__init__(
            f"It is {state}. Begin a new application if you want to hand in something else.",
            facts={"state": state.value},
        )

    @classmethod
    def problem_type(cls) -> str:
        """The slug with its article: the general rule would read "adraft" as one word."""
        return "not-a-draft"


class AlreadySubmitted(DomainError):
    """The application was received before; ``receipt_no`` says under which number."""

    kind = Kind.CONFLICT
    title = "The application was submitted already"

    def __init__(self, receipt_no: str) -> None:
        super().__init__(
            "It was received once and needs nothing more; read its receipt.", facts={"receipt_no": receipt_no}
        )


class AlreadyWithdrawn(DomainError):
    """The application was taken back before."""

    kind = Kind.CONFLICT
    title = "The application was withdrawn already"

    def __init__(self) -> None:
        super().__init__("Nothing more is to be done. A new application can be begun while the call is open.")


class LocalPart(TypedDict, total=False):
    """A text in Korean, English or both."""

    ko: str
    en: str


class OrganisationSection(TypedDict, total=False):
    """Who applies."""

    name: LocalPart
    kind: str
    country_iso2: str
    business_number: str


class ProjectSection(TypedDict, total=False):
    """What is applied for."""

    title: LocalPart
    summary: LocalPart
    city: LocalPart
    country_iso2: str
    project_type: str
    requested_amount_krw: int


class PartnerSection(TypedDict, total=False):
    """The partner body abroad; its contact is kept apart."""

    name: LocalPart
    kind: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person to write to. ``salt`` hides the person in the commitment that receipts are taken over."""

    id: ContactId
    name: str
    email: str
    language: str
    salt: bytes

    def says_the_same(self, other: "Contact | None") -> bool:
        """Whether both name the same person in the same way."""
        return other is not None and (self.name, self.email, self.language) == (
            other.name,
            other.email,
            other.language,
        )


class ScanState(StrEnum):
    """What is known about malware in a document."""

    NOT_SCANNED = "not_scanned"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


@dataclass(frozen=True, slots=True)
class Document:
    """A stored document. ``commitment``: SHA-256(salt ‖ bytes), hex; ``sha256``: of the bytes alone, hex.

    ``salt``: known once the document is attached.
    """

    id: DocumentId
    application_id: ApplicationId
    kind: str
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    commitment: str
    scan_state: ScanState
    uploaded_at: datetime
    salt: bytes = b""


@dataclass(frozen=True, slots=True)
class Application:
    """An application as it stands. ``revision`` counts its contents, ``version`` everything (the ETag)."""

    id: ApplicationId
    call_id: CallId
    call_code: str
    track: Track
    organisation_id: OrganisationId
    state: State
    revision: int
    version: int
    created_at: datetime
    changed_at: datetime
    submitted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    organisation: OrganisationSection = field(default_factory=OrganisationSection)
    project: ProjectSection = field(default_factory=ProjectSection)
    answers: Mapping[str, Any] = field(default_factory=dict)
    partner: PartnerSection | None = None
    contact: Contact | None = None
    partner_contact: Contact | None = None
    confirmation_id: ConfirmationId | None = None
    partner_confirmed_at: datetime | None = None
    documents: tuple[Document, ...] = ()
    violations: tuple[Violation, ...] = ()

    def after(self, step: Step) -> State:
        """The state after ``step``. Raises ``NotADraft`` or ``AlreadyWithdrawn``."""
        found = TRANSITIONS.get((self.state, step))
        if found is not None:
            return found
        if step is Step.WITHDRAW:
            raise AlreadyWithdrawn
        raise NotADraft(self.state)
