"""The hot path of a submission on bare asyncpg: two round trips, the second of which is the transaction."""

import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeAlias
from uuid import UUID

import asyncpg
from sqlalchemy import select

from services.intake.domain.application import State
from services.intake.domain.receipt_number import ReceiptCipher
from services.intake.repository.calls import CallShelf
from services.intake.repository.gathering import Gathering
from services.intake.submission_sql import (
    NEXT_RECEIPT_NUMBERS,
    READ_CALL,
    READ_CANDIDATES,
    WRITE_SUBMISSION,
    WRITE_SUBMISSIONS,
)
from services.intake.tables import submission
from shared.auth.caller import Track
from shared.database.connection import Tx
from shared.errors import Violation
from shared.events.call_definition import CallDefinition

Pool: TypeAlias = "asyncpg.Pool[Any]"
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


@dataclass(frozen=True, slots=True)
class Asked:
    """A first reading: of which application, and under which scope and key the act may be kept."""

    application_id: UUID
    scope: str
    key: str


class Written(Enum):
    """What became of a writing."""

    RECEIVED = "received"
    TWIN_AT_WORK = "twin at work"
    CHANGED = "changed"


class Submissions:
    """The hot path of one process: what is asked for at the same moment goes to PostgreSQL together."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._readings: Gathering[Asked, CandidateRow | None] = Gathering(self._read)
        self._writings: Gathering[Sequence[object], Written] = Gathering(self._write)

    async def read(self, asked: Asked) -> CandidateRow | None:
        """The application, and what is kept under the act's scope and key; None when there is no application."""
        return await self._readings.ask(asked)

    async def write(self, values: Sequence[object]) -> Written:
        """Write a submission, all of it or nothing; ``values``: the parameters of ``WRITE_SUBMISSION``."""
        written = await self._writings.ask(values)
        return await self._write_alone(values) if written is Written.CHANGED else written

    async def _read(self, asked: Sequence[Asked]) -> list[CandidateRow | None]:
        rows = await self._pool.fetch(
            READ_CANDIDATES,
            [one.application_id for one in asked],
            [one.scope for one in asked],
            [one.key for one in asked],
        )
        found = {row["ordinality"]: row for row in rows}
        return [_candidate(found.get(place)) for place in range(1, len(asked) + 1)]

    async def _write(self, submissions: Sequence[Sequence[object]]) -> list[Written]:
        try:
            rows = await self._pool.fetch(WRITE_SUBMISSIONS, *map(list, zip(*submissions, strict=True)))
        except asyncpg.UniqueViolationError:
            return [Written.CHANGED] * len(submissions)
        return [_written(row) for row in rows]

    async def _write_alone(self, values: Sequence[object]) -> Written:
        """On a connection of its own, where it may wait for a row that is being changed."""
        try:
            row = await self._pool.fetchrow(WRITE_SUBMISSION, *values)
        except asyncpg.UniqueViolationError:
            return (
                Written.CHANGED
            )  # the key was used by a twin that has just committed: the next reading shows it
        if row is None:
            raise RuntimeError("the statement gives one row, always")
        return _written(row)


def _candidate(row: "asyncpg.Record | None") -> CandidateRow | None:
    if row is None:
        return None
    values = dict(row)
    del values["ordinality"]
    values["state"] = State(values["state"])
    violations = values["violations"]
    values["violations"] = () if violations == "[]" else [Violation(*item) for item in json.loads(violations)]
    return CandidateRow(**values)


def _written(row: "asyncpg.Record") -> Written:
    if not row["mine"]:
        return Written.TWIN_AT_WORK
    return Written.RECEIVED if row["received"] else Written.CHANGED


async def read_call(pool: Pool, shelf: CallShelf, call_id: UUID, version: int) -> CallDefinition | None:
    """The definition, from the database only when this process has not parsed this version yet."""
    known = shelf.known(call_id, version)
    if known is not None:
        return known
    stored = await pool.fetchval(READ_CALL, call_id, version)
    return None if stored is None else shelf.parse(call_id, version, json.loads(stored))


class ReceiptNumbers:
    """Takes numbers from the sequence in blocks, so that a submission seldom waits for one; gaps are fine."""

    def __init__(self, secret: str) -> None:
        self._cipher = ReceiptCipher(secret)
        self._free: deque[int] = deque()

    async def take(self, pool: Pool) -> int:
        """The permuted next number (35 bits), never given twice. Raises ``NumbersExhausted``."""
        while not self._free:
            first = await pool.fetchval(NEXT_RECEIPT_NUMBERS)
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
