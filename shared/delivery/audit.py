"""The audit trail: who did what to which object, written in the transaction that does it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import text

from shared.canonical import canonical_bytes
from shared.database.connection import Tx

WRITE = text(
    "INSERT INTO audit_entry (business_at, actor, action, object_type, object_id, facts, request_id) "
    "VALUES (:business_at, :actor, :action, :object_type, :object_id, CAST(:facts AS jsonb), :request_id)"
)
AuditFact = str | int | bool | None


async def write_audit(
    tx: Tx,
    *,
    actor: str,
    action: str,
    object_type: str,
    object_id: UUID,
    business_at: datetime,
    facts: Mapping[str, AuditFact] | None = None,
) -> None:
    """Write one audit entry. ``actor``: the caller's subject, or ``worker:<name>``; ``facts``: no personal data."""
    await tx.execute(
        WRITE,
        {
            "business_at": business_at,
            "actor": actor,
            "action": action,
            "object_type": object_type,
            "object_id": object_id,
            "facts": canonical_bytes(dict(facts or {})).decode(),
            "request_id": structlog.contextvars.get_contextvars().get("request_id"),
        },
    )
