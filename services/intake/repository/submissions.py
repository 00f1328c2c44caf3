"""The hot path of a submission on bare asyncpg: two round trips, the second of which is the transaction."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from uuid import UUID

from asyncpg.pool import PoolConnectionProxy
from sqlalchemy import select

from services.intake.domain.application import State
from services.intake.domain.receipt_number import ReceiptCipher
from services.intake.repository.calls import CallShelf
from services.intake.submission_sql import NEXT_RECEIPT_NUMBERS, READ_CALL, READ_CANDIDATE, WRITE_SUBMISSION
from services.intake.tables import submission
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import Violation
from shared.events.call_definition import CallDefinition

Connection: TypeAlias = "PoolConnectionProxy[Any]"
NUMBERS_IN_A_BLOCK = 32


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """What the first round trip reads."""

    organisation_id: UUID
    call_id: UUID
    track: Track
    state: State
    revision: int
    submitted_at: datetime | None
    violations: Sequence[Violation]
    content_digest: str
    checked_version: int
    call_code: str
    call_version: int
    kept_fingerprint: bytes | None
    receipt_no: str | None
    receipt: str | None


async def read_candidate(
    connection: Connection, application_id: UUID, scope: str, key: str
) -> CandidateRow | None:
    """The application, and what is kept under the act's scope and key."""
    row = await connection.fetchrow(READ_CANDIDATE, application_id, scope, key)
    if row is None:
        return None
    values = dict(row)
    values["state"] = State(values["state"])
    values["violations"] = [Violation(*item) for item in json.loads(values["violations"])]
    return CandidateRow(**values)


async def write_submission(connection: Connection, *values: object) -> tuple[bool, bool]:
    """Write it in one statement; ``mine`` and ``received``, see ``WRITE_SUBMISSION``."""
    row = await connection.fetchrow(WRITE_SUBMISSION, *values)
    if row is None:
        raise RuntimeError("the statement gives one row, always")
    return bool(row["mine"]), bool(row["received"])


async def read_call(
    connection: Connection, shelf: CallShelf, call_id: UUID, version: int
) -> CallDefinition | None:
    """The definition, from the database only when this process has not parsed this version yet."""
    known = shelf.known(call_id, version)
    if known is not None:
        return known
    stored = await connection.fetchval(READ_CALL, call_id, version)
    return None if stored is None else shelf.parse(call_id, version, json.loads(stored))


class ReceiptNumbers:
    """Takes numbers from the sequence in blocks, so that a submission seldom waits for one; gaps are fine."""

    def __init__(self, secret: str) -> None:
        self._cipher = ReceiptCipher(secret)
        self._free: deque[int] = deque()

    async def take(self, connection: Connection) -> int:
        """The permuted next number (35 bits), never given twice. Raises ``NumbersExhausted``."""
        while not self._free:
            first = await connection.fetchval(NEXT_RECEIPT_NUMBERS)
            self._free.extend(range(first, first + NUMBERS_IN_A_BLOCK))
        return self._cipher.permute(self._free.popleft())


async def stored_receipt(tx: Tx, application_id: UUID) -> dict[str, Any] | None:
    """The receipt's payload as it was signed, None while there is none."""
    query = select(submission.c.receipt).where(submission.c.application_id == application_id)
    return await tx.scalar(query)


async def receipt_no_of(tx: Tx, application_id: UUID) -> str | None:
    """The receipt number of an application, None while it has none."""
    query = select(submission.c.receipt_no).where(submission.c.application_id == application_id)
    return await tx.scalar(query)
