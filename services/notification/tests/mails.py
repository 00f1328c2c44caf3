"""The events that cause mails, as their services would tell them, and a look into the queue."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from shared.bus.records import Incoming, headers_of
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.events.call_definition import CallDefinition
from shared.events.envelope import Envelope, Event
from shared.events.intake import ApplicationSubmitted, CallPublished, ContactChanged
from shared.events.review import EligibilityDecided, InvitationIssued, SelectionAnnounced
from shared.events.text import Language
from shared.ids import new_uuid

PUBLIC_URL = "https://kcity.example"
LINK_SECRET = "a-secret-of-the-tests"
NOON = datetime(2025, 3, 11, 3, 0, tzinfo=UTC)
DIGEST = "ab" * 32
KO_TITLE = "스마트 교통 <실증> & 신호"
EN_TITLE = "Smart <traffic> & signals"


def definition() -> CallDefinition:
    """A call with both tracks, as small as one can be."""
    return CallDefinition.model_validate(
        {
            "code": "KCN-2025",
            "year": 2025,
            "name": {"ko": "2025년 K-City Network 공모", "en": "K-City Network 2025 call"},
            "host": {"ko": "국토교통부", "en": "MOLIT"},
            "announced_at": "2025-01-20T11:00:00+09:00",
            "tracks": [_track("planning", "P", "KIND"), _track("demonstration", "D", "KAIA")],
        }
    )


def _track(track: str, letter: str, secretariat: str) -> dict[str, Any]:
    return {
        "track": track,
        "letter": letter,
        "name": {"ko": "해외실증형", "en": "Overseas demonstration"},
        "secretariat": {"code": secretariat, "name": {"ko": f"{secretariat} 사무국", "en": secretariat}},
        "applicant_kinds": ["korean_company"],
        "partner_required": True,
        "partner_kinds": ["local_government"],
        "window": {"opens_at": "2025-02-06T09:00:00+09:00", "closes_at": "2025-03-11T18:00:00+09:00"},
        "documents": [],
        "form": {},
        "eligibility": [
            {
                "code": "partner_abroad",
                "text": {
                    "ko": "해외 협력 기관이 참여하여야 합니다.",
                    "en": "A partner abroad must take part.",
                },
            }
        ],
        "money": {"max_support_krw": 400_000_000},
        "pre_consulting": track == "planning",
        "selection": {
            "criteria": [{"code": "readiness", "name": {"en": "Readiness"}, "weight": 100}],
            "aggregation": {"method": "mean", "min_sheets": 1},
            "threshold_points": "60",
            "tie_break": ["earlier_submission"],
            "quota": {"min": 1, "max": 6},
            "budget_krw": 2_000_000_000,
        },
        "appeal": {"file_within_days": 10, "answer_within_days": 30},
        "result_expected": {"ko": "2025년 4월", "en": "April 2025"},
    }


@dataclass
class World:
    """One applicant, its partner abroad and one application; makes their events as records of the bus."""

    track: str = "demonstration"
    call_id: UUID = field(default_factory=new_uuid)
    application_id: UUID = field(default_factory=new_uuid)
    contact_id: UUID = field(default_factory=new_uuid)
    partner_contact_id: UUID = field(default_factory=new_uuid)
    confirmation_id: UUID = field(default_factory=new_uuid)
    receipt_no: str = "KCN-2025-D-7F3K-9QX2"

    def call(self) -> Incoming:
        return record(CallPublished(call_id=self.call_id, version=1, definition=definition()), self.call_id)

    def contact(
        self,
        contact_id: UUID | None = None,
        *,
        name: str = "김하나",
        email: str = "hana@city.example",
        language: Language = "ko",
        sequence: int = 1,
    ) -> Incoming:
        subject = contact_id or self.contact_id
        event = ContactChanged(
            contact_id=subject, organisation_id=new_uuid(), name=name, email=email, language=language
        )
        return record(event, subject, sequence=sequence)

    def erased(self, contact_id: UUID | None = None, *, sequence: int = 2) -> Incoming:
        return record(ContactChanged, contact_id or self.contact_id, sequence=sequence)

    def submitted(self, *, partner: bool = True, revision: int = 1, sequence: int = 1) -> Incoming:
        asked = {
            "name": {"en": "City of Bogotá"},
            "kind": "local_government",
            "contact_id": self.partner_contact_id,
            "confirmation_id": self.confirmation_id,
        }
        event = ApplicationSubmitted.model_validate(
            {
                "application_id": self.application_id,
                "call_id": self.call_id,
                "track": self.track,
                "revision": revision,
                "receipt_no": self.receipt_no,
                "arrived_at": "2025-03-11T08:59:59.999Z",
                "clock_bound_ms": 1,
                "organisation": self._organisation(),
                "project": self._project(),
                "answers": {},
                "contact_id": self.contact_id,
                "partner": asked if partner else None,
                "documents": [],
                "digest": DIGEST,
            }
        )
        return record(event, self.application_id, sequence=sequence)

    def decided(self, *, eligible: bool) -> Incoming:
        case_id = new_uuid()
        event = EligibilityDecided.model_validate(
            {
                "case_id": case_id,
                "application_id": self.application_id,
                "call_id": self.call_id,
                "track": self.track,
                "contact_id": self.contact_id,
                "receipt_no": self.receipt_no,
                "eligible": eligible,
                "reasons": [] if eligible else ["partner_abroad"],
                "decided_at": NOON,
            }
        )
        return record(event, case_id)

    def announced(self, *others: "World", selected: bool = True) -> Incoming:
        worlds = (self, *others)
        selection_id = new_uuid()
        event = SelectionAnnounced.model_validate(
            {
                "selection_id": selection_id,
                "call_id": self.call_id,
                "call_code": "KCN-2025",
                "year": 2025,
                "track": self.track,
                "announced_at": "2025-04-25T01:00:00Z",
                "selected": [world._selected(rank) for rank, world in enumerate(worlds, 1)]
                if selected
                else [],
                "not_selected": [] if selected else [world._not_selected() for world in worlds],
            }
        )
        return record(event, selection_id)

    def invited(self) -> Incoming:
        invitation_id = new_uuid()
        event = InvitationIssued(
            invitation_id=invitation_id,
            selection_id=new_uuid(),
            application_id=self.application_id,
            receipt_no=self.receipt_no,
            contact_id=self.partner_contact_id,
            occasion_code="wsce_2025",
            occasion_name={"ko": "2025 월드 스마트시티 엑스포", "en": "World Smart City Expo 2025"},
            starts_on=date(2025, 7, 15),
            ends_on=date(2025, 7, 17),
            place={"ko": "부산 벡스코", "en": "BEXCO, Busan"},
            issued_at=datetime(2025, 5, 2, 1, 0, tzinfo=UTC),
        )
        return record(event, invitation_id)

    def _organisation(self) -> dict[str, Any]:
        return {
            "organisation_id": new_uuid(),
            "name": {"ko": "주식회사 보기", "en": "Example Corp."},
            "kind": "korean_company",
            "country_iso2": "KR",
        }

    def _project(self) -> dict[str, Any]:
        return {
            "title": {"ko": KO_TITLE, "en": EN_TITLE},
            "summary": {"en": "Signals"},
            "city": {"en": "Bogotá"},
            "country_iso2": "CO",
            "project_type": "demonstration",
            "requested_amount_krw": 400_000_000,
        }

    def _selected(self, rank: int) -> dict[str, Any]:
        return {
            **self._not_selected(),
            "rank": rank,
            "organisation": self._organisation(),
            "project": self._project(),
            "partner_name": None,
            "partner_contact_id": None,
            "support_krw": 400_000_000,
        }

    def _not_selected(self) -> dict[str, Any]:
        return {
            "application_id": self.application_id,
            "receipt_no": self.receipt_no,
            "contact_id": self.contact_id,
        }


def record(event: Event | type[Event], subject: UUID, *, sequence: int = 1) -> Incoming:
    """The event as the bus brings it; a class instead of an event is its tombstone."""
    body = None if isinstance(event, type) else event.model_dump_json().encode()
    envelope = Envelope(new_uuid(), event.type, event.source(), subject, sequence, NOON, body)
    return Incoming(event.topic, 0, 0, str(subject).encode(), body, headers_of(envelope))


async def states(database: Database) -> dict[str, str]:
    """State by template; templates must be unique in the queue."""
    rows = await rows_of(database, "SELECT template, state FROM message")
    assert len({row["template"] for row in rows}) == len(rows)
    return {row["template"]: row["state"] for row in rows}


async def rows_of(database: Database, query: str, **values: Any) -> list[dict[str, Any]]:
    async with database.transaction() as tx:
        return [dict(row) for row in (await tx.execute(text(query), values)).mappings()]


async def execute(database: Database, statement: str, **values: Any) -> None:
    async with database.transaction() as tx:
        await tx.execute(text(statement), values)


async def make_due(database: Database) -> None:
    """Let back-off and leases be over."""
    await execute(
        database,
        "UPDATE message SET next_attempt_at = next_attempt_at - interval '10 days', "
        "sending_until = sending_until - interval '10 days'",
    )


async def events_of(database: Database, name: str) -> list[dict[str, Any]]:
    """The bodies of our own events of a kind, oldest first."""
    rows = await rows_of(
        database,
        "SELECT data FROM journal WHERE type = :type ORDER BY id",
        type=f"kcity.notification.{name}.v1",
    )
    return [row["data"] if isinstance(row["data"], dict) else json.loads(row["data"]) for row in rows]


async def submit(
    inbox: Inbox, world: World, *, language: Language = "ko", email: str = "hana@city.example"
) -> None:
    for record in (
        world.call(),
        world.contact(language=language, email=email),
        world.contact(
            world.partner_contact_id, name="Ana Gómez", email="ana@city.example", language=language
        ),
        world.submitted(),
    ):
        await inbox.receive(record)


async def submit_alone(inbox: Inbox, world: World, *, email: str = "hana@city.example") -> None:
    for record in (world.call(), world.contact(email=email), world.submitted(partner=False)):
        await inbox.receive(record)
