"""Made-up calls, applications and people of these tests."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from shared.auth.caller import Track
from shared.bus.records import Incoming, headers_of
from shared.events.call_definition import CallDefinition
from shared.events.envelope import Envelope, Event
from shared.events.intake import ApplicationSubmitted, CallPublished
from shared.ids import new_uuid

ANNOUNCED = datetime(2025, 1, 20, 2, 0, tzinfo=UTC)
INTAKE_ENDS = datetime(2025, 3, 11, 9, 0, tzinfo=UTC)
AFTER_INTAKE = INTAKE_ENDS + timedelta(days=7)
EMBARGO = datetime(2025, 4, 21, 2, 0, tzinfo=UTC)
CRITERIA = ("readiness", "market_entry")


def track_of(track: Track, **changes: Any) -> dict[str, Any]:
    """A track with two criteria, two sheets a case, at most two projects."""
    selection = {
        "criteria": [
            {"code": "readiness", "name": {"en": "Readiness"}, "weight": 60},
            {"code": "market_entry", "name": {"en": "Market entry"}, "weight": 40, "max_points": 20},
        ],
        "aggregation": {"method": "mean", "min_sheets": 2},
        "threshold_points": "60",
        "tie_break": ["readiness", "earlier_submission"],
        "quota": {"min": 1, "max": 2},
        "budget_krw": 800_000_000,
    }
    return {
        "track": track,
        "letter": "P" if track == "planning" else "D",
        "name": {"en": track},
        "secretariat": {"code": "KIND" if track == "planning" else "KAIA", "name": {"en": "Secretariat"}},
        "applicant_kinds": ["korean_company"],
        "partner_required": track == "demonstration",
        "window": {"opens_at": "2025-02-06T00:00:00Z", "closes_at": INTAKE_ENDS.isoformat()},
        "documents": [],
        "form": {},
        "eligibility": [
            {"code": "partner_confirmed", "text": {"en": "The partner takes part"}},
            {"code": "abroad", "text": {"en": "The city lies abroad"}},
        ],
        "money": {"max_support_krw": 400_000_000},
        "pre_consulting": track == "planning",
        "selection": selection,
        "appeal": {"file_within_days": 10, "answer_within_days": 30},
        "result_expected": {"en": "April 2025"},
        **changes,
    }


def definition(**changes: Any) -> CallDefinition:
    """A call with both tracks and two occasions, one of them for the demonstration track alone."""
    occasions = [
        {
            "code": code,
            "name": {"en": "World Smart City Expo 2025"},
            "starts_on": "2025-07-15",
            "ends_on": "2025-07-17",
            "place": {"en": "BEXCO, Busan"},
            "tracks": tracks,
        }
        for code, tracks in (("wsce_2025", ["planning", "demonstration"]), ("kind_day", ["planning"]))
    ]
    return CallDefinition.model_validate(
        {
            "code": "KCN-2025",
            "year": 2025,
            "name": {"en": "K-City Network 2025"},
            "host": {"en": "MOLIT"},
            "announced_at": ANNOUNCED.isoformat(),
            "tracks": [track_of("planning"), track_of("demonstration")],
            "occasions": occasions,
            **changes,
        }
    )


def published(call_id: UUID, **changes: Any) -> CallPublished:
    return CallPublished(call_id=call_id, version=1, definition=definition(**changes))


def submitted(
    call_id: UUID,
    application_id: UUID,
    *,
    track: Track = "demonstration",
    number: int = 1,
    revision: int = 1,
    organisation_id: UUID | None = None,
    country: str = "VN",
    requested: int = 400_000_000,
    partner: bool | None = None,
    rolls_over: bool = False,
) -> ApplicationSubmitted:
    with_partner = track == "demonstration" if partner is None else partner
    return ApplicationSubmitted.model_validate(
        {
            "application_id": application_id,
            "call_id": call_id,
            "track": track,
            "revision": revision,
            "receipt_no": f"KCN-2025-D-{number:04d}",
            "arrived_at": INTAKE_ENDS - timedelta(days=20) + timedelta(hours=number),
            "clock_bound_ms": 2,
            "rolls_over": rolls_over,
            "organisation": {
                "organisation_id": organisation_id or new_uuid(),
                "name": {"en": f"Company {number}"},
                "kind": "korean_company",
                "country_iso2": "KR",
                "business_number": "1234567891",
            },
            "project": {
                "title": {"en": f"Project {number}, revision {revision}"},
                "summary": {"en": "Traffic signals"},
                "city": {"en": "Da Nang", "ko": "다낭"},
                "country_iso2": country,
                "project_type": "demonstration",
                "requested_amount_krw": requested,
            },
            "answers": {"months": 8},
            "contact_id": new_uuid(),
            "partner": {
                "name": {"en": "Da Nang City"},
                "kind": "local_government",
                "contact_id": new_uuid(),
                "confirmation_id": new_uuid(),
            }
            if with_partner
            else None,
            "documents": [],
            "digest": f"{number:064x}",
        }
    )


def record_of(event: Event, subject: UUID, sequence: int = 1, *, at: datetime = AFTER_INTAKE) -> Incoming:
    body = event.model_dump_json().encode()
    envelope = Envelope(new_uuid(), event.type, event.source(), subject, sequence, at, body)
    return Incoming(event.topic, 0, sequence, str(subject).encode(), body, headers_of(envelope))
