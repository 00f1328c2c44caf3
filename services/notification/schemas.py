"""What the API of notification answers. Never an address, a person's name or a mail's words: ids only."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.notification.domain.message import HeldReason, Language, State, Template
from services.notification.mail.templates import Words, languages_of, newest_version
from services.notification.repository.messages import Listed
from shared.auth.caller import Track
from shared.http.schema import Schema


class MessageOut(Schema):
    """One message and where it stands."""

    id: UUID
    template: Template
    template_version: int = Field(ge=1, examples=[1])
    language: Language | None = Field(description="null until its contact is known")
    track: Track
    application_id: UUID
    contact_id: UUID
    cause_event_id: UUID = Field(description="The event that this message tells of")
    caused_at: datetime = Field(description="When that happened (business time)")
    state: State
    held_reason: HeldReason | None = Field(description="Why it cannot be sent as it is; for `held` only")
    attempts: int = Field(ge=0)
    queued_at: datetime | None = Field(
        description="Its Date (real time); null while it waits for its contact"
    )
    next_attempt_at: datetime | None = Field(description="Real time; for `queued` and `failed` only")
    last_smtp_code: int | None = Field(description="The mail server's last answer", examples=[250])
    settled_at: datetime | None = Field(description="When it was delivered or bounced (business time)")
    message_id: str = Field(
        description="Its Message-ID header, the same for every copy",
        examples=["<0d3c1c1e-6a34-5f0e-9a53-1a8f2f8f2a10@kcity.example>"],
    )

    @classmethod
    def of(cls, listed: Listed, mail_domain: str) -> "MessageOut":
        """The answer for a message."""
        message, cause = listed.message, listed.message.cause
        return cls(
            id=message.id,
            template=cause.template,
            template_version=message.template_version,
            language=message.language,
            track=message.track,
            application_id=cause.application_id,
            contact_id=cause.contact_id,
            cause_event_id=cause.event_id,
            caused_at=listed.caused_at,
            state=message.state,
            held_reason=message.held_reason,
            attempts=message.attempts,
            queued_at=listed.queued_at,
            next_attempt_at=listed.next_attempt_at,
            last_smtp_code=listed.last_smtp_code,
            settled_at=listed.settled_at,
            message_id=cause.message_id(mail_domain),
        )


class TemplateOut(Schema):
    """A template that messages are written with."""

    name: Template
    languages: tuple[Language, ...]
    version: int = Field(ge=1, description="What new messages are written with", examples=[1])

    @classmethod
    def of(cls, template: Template) -> "TemplateOut":
        """The answer for a template."""
        return cls(name=template, languages=languages_of(template), version=newest_version(template))


class TemplatesOut(Schema):
    """All templates."""

    items: list[TemplateOut]


class PreviewOut(Schema):
    """A template with made-up values."""

    name: Template
    version: int = Field(ge=1, examples=[1])
    language: Language
    subject: str = Field(examples=["[K-City Network] Result of the selection (KCN-2025-D-7F3K-9QX2)"])
    text: str = Field(description="The plain text")
    html: str = Field(description="The same as a page")

    @classmethod
    def of(cls, template: Template, words: Words, html: str) -> "PreviewOut":
        """The answer for a preview."""
        return cls(
            name=template,
            version=newest_version(template),
            language=words.language,
            subject=words.subject,
            text=words.text,
            html=html,
        )
