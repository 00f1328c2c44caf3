"""Carries events from a journal to an inbox without a broker, as the bus would."""

import json
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import text

from shared.bus.records import Incoming, headers_of
from shared.database.connection import Database
from shared.events.envelope import Envelope


async def journal_records(
    database: Database, service: str, *, snapshots: Mapping[str, Mapping[UUID, bytes]] | None = None
) -> list[Incoming]:
    """All journal rows of ``service`` as records in id order; ``snapshots`` gives bodies by type and aggregate."""
    async with database.transaction() as tx:
        rows = (await tx.execute(text("SELECT * FROM journal ORDER BY id"))).all()
    records = []
    for row in rows:
        body: bytes | None = json.dumps(row.data).encode()
        if row.type in (snapshots or {}):
            body = (snapshots or {})[row.type].get(row.aggregate_id)
        envelope = Envelope(
            row.event_id, row.type, f"/kcity/{service}", row.aggregate_id, row.sequence, row.occurred_at, body
        )
        records.append(
            Incoming(row.topic, 0, row.id, str(row.aggregate_id).encode(), body, headers_of(envelope))
        )
    return records
