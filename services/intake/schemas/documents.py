"""Documents over HTTP."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from services.intake.domain.application import ScanState
from shared.http.schema import Schema


class DocumentOut(Schema):
    """What is known of a document; its bytes are at `/v1/documents/{id}/content`."""

    id: UUID
    application_id: UUID
    kind: str = Field(examples=["project_plan"])
    file_name: str = Field(examples=["project-plan.pdf"])
    media_type: str = Field(examples=["application/pdf"])
    size_bytes: int
    sha256: str = Field(description="Hex SHA-256 of the bytes", examples=["9f86d081884c7d65…"])
    scan_state: ScanState = Field(description="What is known about malware in it")
    uploaded_at: datetime


class Documents(Schema):
    """The documents of an application, one of each kind."""

    items: list[DocumentOut]
