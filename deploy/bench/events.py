"""The event that the delivery measurements carry: a real ``ApplicationSubmitted`` of ordinary size."""

from datetime import UTC, datetime
from uuid import UUID

from shared.events.envelope import Envelope
from shared.events.intake import ApplicationSubmitted, Organisation, Project, SubmittedDocument
from shared.events.text import LocalText
from shared.ids import new_uuid

NOON = datetime(2025, 3, 11, 3, 0, tzinfo=UTC)


def sample_submitted(application_id: UUID) -> ApplicationSubmitted:
    """A submission of an invented organisation, about 1.5 KB as JSON."""
    return ApplicationSubmitted(
        application_id=application_id,
        call_id=new_uuid(),
        track="planning",
        revision=3,
        receipt_no="KCN-2025-P-7F3K-9QX2",
        arrived_at=NOON,
        clock_bound_ms=1,
        organisation=Organisation(
            organisation_id=new_uuid(),
            name=LocalText(ko="시험 도시", en="Test City"),
            kind="local_government",
            country_iso2="VN",
        ),
        project=Project(
            title=LocalText(ko="스마트 교통 계획", en="A plan for smart traffic"),
            summary=LocalText(en="What is measured here is the way, not the words. " * 8),
            city=LocalText(en="Test City"),
            country_iso2="VN",
            project_type="development_plan",
            requested_amount_krw=500_000_000,
        ),
        answers={"population": 1_000_000, "schedule": "Twelve months, in four steps.", "budget": "local"},
        contact_id=new_uuid(),
        partner=None,
        documents=tuple(_document(kind) for kind in ("application_form", "project_plan")),
        digest="0" * 64,
    )


def envelope_of(event: ApplicationSubmitted) -> Envelope:
    """The event as a relay would publish it, first of its application."""
    return Envelope(
        id=new_uuid(),
        type=event.type,
        source=event.source(),
        subject=event.application_id,
        sequence=1,
        time=NOON,
        data=event.model_dump_json().encode(),
    )


def _document(kind: str) -> SubmittedDocument:
    return SubmittedDocument(
        document_id=new_uuid(),
        kind=kind,
        file_name=f"{kind}.pdf",
        media_type="application/pdf",
        size_bytes=250_000,
        sha256="0" * 64,
    )
