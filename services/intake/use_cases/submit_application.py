"""Submit a draft: one statement, one receipt, one event, one audit entry."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.intake.domain.access import must_own
from services.intake.domain.application import AlreadySubmitted
from services.intake.domain.call import window_of
from services.intake.domain.receipt import receipt_payload
from services.intake.domain.receipt_number import receipt_number
from services.intake.domain.submission import Candidate, Submission, submit
from services.intake.repository.calls import Calls
from services.intake.repository.submissions import (
    Asked,
    CandidateRow,
    ReceiptNumbers,
    Submissions,
    Written,
    read_call,
)
from services.intake.use_cases.check_application import recheck_application, submission_facts
from shared.canonical import canonical_bytes
from shared.clock.arrival import Arrival
from shared.database.connection import Database
from shared.errors import DomainError, Kind, NotFound
from shared.events.call_definition import TrackDefinition
from shared.idempotency.act import Act, KeyReused, TwinInFlight
from shared.ids import ApplicationId, new_uuid
from shared.signing import ReceiptSigner
from shared.telemetry.traces import traceparent_now

CREATED = 201
MOST_ROUNDS = 5


class ChangedMeanwhile(DomainError):
    """The draft was changed again and again while it was being submitted."""

    kind = Kind.CONFLICT
    title = "The application is being changed"

    def __init__(self) -> None:
        super().__init__("Finish changing it, then submit again with the same key.", retry_after_seconds=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the reception desk of one process needs."""

    database: Database
    submissions: Submissions
    calls: Calls
    numbers: ReceiptNumbers
    signer: ReceiptSigner
    rehearsal: bool

    def signed(self, receipt: str) -> bytes:
        """The receipt with its signature as JSON, from the canonical JSON of its payload: the same bytes at any time."""
        signature = self.signer.sign_canonical(receipt.encode())
        return f'{receipt[:-1]},"signature":"{signature}"}}'.encode()


async def submit_application(
    desk: Desk, application_id: ApplicationId, *, act: Act, arrival: Arrival, request_id: str | None
) -> bytes:
    """The signed receipt as JSON. Repeating the act gives the same one, also after the closing.

    Decided by what is read and written only if that still holds, else read and decided again: of two at once
    one is received and the other sees it. Raises ``NotFound``, ``Forbidden``, ``WindowNotOpen``, ``WindowClosed``,
    ``Incomplete``, ``AlreadySubmitted``, ``NotADraft``, ``KeyReused``, ``TwinInFlight``, ``ChangedMeanwhile``.
    """
    for _ in range(MOST_ROUNDS):
        row = await _readable(desk, application_id, act)
        if row.kept_fingerprint is not None:
            return _repeated(desk, act, row)
        track = await _track(desk, row)
        if row.checked_version != row.call_version:
            await recheck_application(desk.database, desk.calls, application_id)
            continue
        receipt = await _receive(desk, application_id, row, track, act, arrival, request_id)
        if receipt is not None:
            return receipt
    raise ChangedMeanwhile


async def _readable(desk: Desk, application_id: UUID, act: Act) -> CandidateRow:
    row = await desk.submissions.read(Asked(application_id, act.scope, act.key))
    if row is None:
        raise NotFound("application")
    must_own(act.caller, row)
    return row


def _repeated(desk: Desk, act: Act, row: CandidateRow) -> bytes:
    if row.kept_fingerprint != act.fingerprint or row.receipt is None:
        raise KeyReused
    return desk.signed(row.receipt)


async def _track(desk: Desk, row: CandidateRow) -> TrackDefinition:
    definition = await read_call(desk.database.pool, desk.calls.shelf, row.call_id, row.call_version)
    track = None if definition is None else definition.track(row.track)
    if track is None:
        raise NotFound("call")
    return track


async def _receive(
    desk: Desk,
    application_id: ApplicationId,
    row: CandidateRow,
    track: TrackDefinition,
    act: Act,
    arrival: Arrival,
    request_id: str | None,
) -> bytes | None:
    """The receipt, or None when something changed between reading and writing."""
    if row.receipt_no is not None and row.state == "submitted":
        raise AlreadySubmitted(row.receipt_no)
    candidate = Candidate(application_id, row.state, row.revision, row.violations, row.content_digest)
    submission = submit(candidate, window_of(track.window), arrival)
    number = receipt_number(row.call_code, track.letter, await desk.numbers.take(desk.database.pool))
    payload = receipt_payload(
        submission, receipt_no=number, call_code=row.call_code, track=row.track, rehearsal=desk.rehearsal
    )
    receipt = canonical_bytes(payload).decode()
    values = _values(submission, payload, receipt, row.call_version, act, request_id)
    written = await desk.submissions.write(values)
    if written is Written.TWIN_AT_WORK:
        raise TwinInFlight
    return desk.signed(receipt) if written is Written.RECEIVED else None


def _values(
    submission: Submission,
    payload: dict[str, Any],
    receipt: str,
    call_version: int,
    act: Act,
    request_id: str | None,
) -> tuple[object, ...]:
    """The parameters of ``WRITE_SUBMISSION``, in their order; ``receipt``: the payload as canonical JSON."""
    audited = {"receipt_no": payload["receipt_no"], "digest": submission.digest}
    return (
        act.lock,
        submission.application_id,
        submission.revision,
        submission.arrival.at,
        payload["receipt_no"],
        receipt,
        new_uuid(),
        submission_facts(payload, rolls_over=submission.rolls_over),
        traceparent_now(),
        act.caller.subject,
        json.dumps(audited),
        request_id,
        act.scope,
        act.key,
        act.fingerprint,
        CREATED,
        call_version,
    )
