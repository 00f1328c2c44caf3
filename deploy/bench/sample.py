"""One real submission, taken apart: what the twin and pgbench write in its place, and how large its answer is."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import psycopg
from psycopg.rows import dict_row

PREFIX = "01950000000070008000"
"""Ids of prepared drafts are this and twelve decimal digits: pgbench can make them from a number."""

TAKEN_APART = """
    SELECT s.receipt::text, s.arrived_at, j.data::text AS facts, u.actor, u.facts::text AS audit_facts,
           u.request_id, k.scope, encode(k.fingerprint, 'hex') AS fingerprint, k.status, a.revision,
           a.checked_version AS call_version
    FROM submission s
    JOIN application a ON a.id = s.application_id
    JOIN journal j ON j.aggregate_id = a.id AND j.type = 'kcity.intake.ApplicationSubmitted.v1'
    JOIN audit_entry u ON u.object_id = a.id AND u.action = 'submit_application'
    JOIN idempotency_key k ON k.reference = a.id::text
    WHERE a.id = %s AND k.scope LIKE '%%/submission'
"""
_ONLY_THE_SUBMISSION_KNOWS = ("receipt_no", "arrived_at", "clock_bound_ms", "rolls_over")


def draft_id(number: int) -> UUID:
    """The id of the prepared draft ``number``."""
    return UUID(f"{PREFIX}{number:012d}")


@dataclass(frozen=True, slots=True)
class Sample:
    """The values of a real ``WRITE_SUBMISSION``, as text; ``answer``: the body the applicant got."""

    receipt: str
    arrived_at: str
    facts: str
    actor: str
    audit_facts: str
    request_id: str
    scope: str
    fingerprint: str
    status: int
    revision: int
    call_version: int
    answer: str

    @classmethod
    def of(cls, database_url: str, application_id: UUID, answer: str) -> Self:
        """Read what the submission of ``application_id`` wrote."""
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            row = connection.execute(TAKEN_APART, [application_id]).fetchone()
        if row is None:
            raise LookupError("the sample submission wrote nothing")
        event = json.loads(row["facts"])
        facts = {name: event[name] for name in _ONLY_THE_SUBMISSION_KNOWS}
        row |= {
            "arrived_at": row["arrived_at"].isoformat(),
            "facts": json.dumps(facts, separators=(",", ":"), sort_keys=True),
            "answer": answer,
        }
        return cls(**row)

    @classmethod
    def read(cls, file: Path) -> Self:
        """From a file that ``write`` made."""
        return cls(**json.loads(file.read_text()))

    def write(self, file: Path) -> None:
        """For the twin's processes."""
        file.write_text(json.dumps(asdict(self)))

    def parameters(self, application_id: UUID, key: str) -> tuple[Any, ...]:
        """The parameters of ``WRITE_SUBMISSION`` in their order, for another draft; unique where they must be."""
        tail = application_id.hex[-12:]
        return (
            int(tail),
            application_id,
            self.revision,
            datetime.fromisoformat(self.arrived_at),
            f"KCN-2025-D-{tail}",
            self.receipt,
            UUID(f"01950000000070008001{tail}"),
            self.facts,
            None,
            self.actor,
            self.audit_facts,
            self.request_id,
            self.scope,
            key,
            bytes.fromhex(self.fingerprint),
            self.status,
            self.call_version,
        )
