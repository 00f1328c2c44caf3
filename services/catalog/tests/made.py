"""Made-up events and projects of these tests; the completed list is the real one."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.catalog.countries import COUNTRIES
from services.catalog.domain.completed_list import Listed, read_completed_list
from services.catalog.domain.project import Project
from services.catalog.settings import SHIPPED_LIST
from shared.bus.records import Incoming, headers_of
from shared.events.call_definition import CallDefinition
from shared.events.envelope import Envelope, Event
from shared.events.intake import CallAmended, CallPublished
from shared.events.review import SelectionAnnounced
from shared.ids import new_uuid

ANNOUNCED = datetime(2025, 4, 21, 2, 0, tzinfo=UTC)


def read_list(content: bytes) -> tuple[Listed, ...]:
    return read_completed_list(content, countries=COUNTRIES)


def shipped_rows() -> tuple[Listed, ...]:
    return read_list(SHIPPED_LIST.read_bytes())


def shipped_list() -> tuple[Project, ...]:
    return tuple(listed.project for listed in shipped_rows())


def record_of(event: Event, subject: UUID, sequence: int = 1, *, at: datetime = ANNOUNCED) -> Incoming:
    body = event.model_dump_json().encode()
    envelope = Envelope(new_uuid(), event.type, event.source(), subject, sequence, at, body)
    return Incoming(event.topic, 0, sequence, str(subject).encode(), body, headers_of(envelope))


def definition(name_en: str = "K-City Network 2025") -> CallDefinition:
    track: dict[str, Any] = {
        "track": "demonstration",
        "letter": "D",
        "name": {"ko": "해외실증형"},
        "secretariat": {"code": "KAIA", "name": {"ko": "국토교통과학기술진흥원"}},
        "applicant_kinds": ["korean_company"],
        "partner_required": True,
        "window": {"opens_at": "2025-02-06T00:00:00Z", "closes_at": "2025-03-11T09:00:00Z"},
        "documents": [],
        "form": {},
        "eligibility": [],
        "money": {"max_support_krw": 400_000_000},
        "pre_consulting": False,
        "selection": {
            "criteria": [{"code": "readiness", "name": {"ko": "추진 여건"}, "weight": 100}],
            "aggregation": {"method": "mean", "min_sheets": 1},
            "threshold_points": "70",
            "tie_break": ["earlier_submission"],
            "quota": {"min": 5, "max": 6},
            "budget_krw": 2_400_000_000,
        },
        "appeal": {"file_within_days": 10, "answer_within_days": 30},
        "result_expected": {"ko": "2025년 4월"},
    }
    return CallDefinition.model_validate(
        {
            "code": "KCN-2025",
            "year": 2025,
            "name": {"ko": "K-City 네트워크 2025", "en": name_en},
            "host": {"ko": "국토교통부"},
            "announced_at": "2025-01-20T02:00:00Z",
            "tracks": [track],
        }
    )


def chosen(
    rank: int,
    *,
    country: str = "VN",
    city: tuple[str | None, str | None] = ("다낭", "Da Nang"),
    title: tuple[str | None, str | None] = ("교통 신호 최적화", "Traffic signal optimisation"),
    application_id: UUID | None = None,
    support_krw: int = 380_000_000,
) -> dict[str, Any]:
    return {
        "application_id": application_id or new_uuid(),
        "receipt_no": f"KCN-2025-D-SECRET-{rank}",
        "rank": rank,
        "organisation": {
            "organisation_id": new_uuid(),
            "name": {"ko": "길찾기 주식회사", "en": "Pathfinder Inc."},
            "kind": "korean_company",
            "country_iso2": "KR",
            "business_number": "1234567891",
        },
        "project": {
            "title": {"ko": title[0], "en": title[1]},
            "summary": {"ko": "요약", "en": "Summary"},
            "city": {"ko": city[0], "en": city[1]},
            "country_iso2": country,
            "project_type": "demonstration",
            "requested_amount_krw": 400_000_000,
        },
        "partner_name": {"en": "City of Da Nang"},
        "contact_id": new_uuid(),
        "partner_contact_id": new_uuid(),
        "support_krw": support_krw,
    }


@dataclass
class Story:
    """One call and its announced selection, as records of the bus."""

    selected: list[dict[str, Any]] = field(
        default_factory=lambda: [
            chosen(1),
            chosen(2, country="CI", city=(None, "Abidjan"), title=(None, "Cocoa port lighting")),
        ]
    )
    call_id: UUID = field(default_factory=new_uuid)
    selection_id: UUID = field(default_factory=new_uuid)

    def call_published(self) -> Incoming:
        event = CallPublished(call_id=self.call_id, version=1, definition=definition())
        return record_of(event, self.call_id, at=ANNOUNCED - timedelta(days=91))

    def call_amended(self, sequence: int, name_en: str) -> Incoming:
        event = CallAmended(
            call_id=self.call_id,
            version=sequence,
            definition=definition(name_en),
            reason={"ko": "명칭 변경"},
        )
        return record_of(event, self.call_id, sequence)

    def selection_announced(self) -> Incoming:
        event = SelectionAnnounced.model_validate(
            {
                "selection_id": self.selection_id,
                "call_id": self.call_id,
                "call_code": "KCN-2025",
                "year": 2025,
                "track": "demonstration",
                "announced_at": ANNOUNCED,
                "selected": self.selected,
                "not_selected": [
                    {"application_id": new_uuid(), "receipt_no": "KCN-2025-D-LOST", "contact_id": new_uuid()}
                ],
            }
        )
        return record_of(event, self.selection_id)
