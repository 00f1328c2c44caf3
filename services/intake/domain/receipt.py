"""The receipt: what the applicant can prove by it. Pure."""

from collections.abc import Mapping
from typing import Any

from services.intake.domain.submission import Submission, rfc3339
from shared.auth.caller import Track


def receipt_payload(
    submission: Submission, *, receipt_no: str, call_code: str, track: Track, rehearsal: bool
) -> dict[str, Any]:
    """What is signed (Ed25519, JWS compact): number, arrival with its error bound, digest of the application."""
    return {
        "receipt_no": receipt_no,
        "call": call_code,
        "track": track,
        "application_id": str(submission.application_id),
        "revision": submission.revision,
        "arrived_at": rfc3339(submission.arrival.at),
        "clock_bound_ms": submission.clock_bound_ms,
        "digest": submission.digest,
        "rehearsal": rehearsal,
    }


def is_rehearsal_key(key_id: str) -> bool:
    """Whether a signing key is one of rehearsals; those sign nothing that counts, and others no rehearsal."""
    return key_id.startswith("rehearsal-")


Payload = Mapping[str, Any]
