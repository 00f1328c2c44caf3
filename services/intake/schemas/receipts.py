"""Receipts over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from shared.auth.caller import Track
from shared.http.schema import Schema


class ReceiptOut(Schema):
    """Proof that an application was received: all but `signature` is what was signed."""

    receipt_no: str = Field(examples=["KCN-2025-D-7F3K-9QX2"])
    call: str = Field(examples=["KCN-2025"])
    track: Track
    application_id: UUID
    revision: int
    arrived_at: datetime = Field(description="When the request arrived, by the authority clock")
    clock_bound_ms: int = Field(description="How far arrived_at may be off, rounded up", ge=0)
    digest: str = Field(description="Hex SHA-256 of the canonical application")
    rehearsal: bool = Field(description="True: nothing was really received")
    signature: str = Field(description="JWS compact (Ed25519); its keys are at /v1/receipt-keys")


class ReceiptKeys(Schema):
    """JSON Web Key Set (RFC 7517) that verifies receipts."""

    keys: list[dict[str, Any]]
