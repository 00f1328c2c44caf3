"""Intake under test: its API, database, store and clock, and the people who use it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from services.intake.repository.calls import Calls, CallShelf
from services.intake.use_cases.announce_calls import announce_due_calls
from shared.database.connection import Database
from shared.ids import new_uuid
from shared.links import sign_link
from shared.testing.clock import step
from shared.testing.plugin import TokenFor

CALL_FILE = Path(__file__).parent.parent / "calls" / "k-city-network-2025.yaml"
LINK_SECRET = "development-link-secret"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ANNOUNCED = datetime.fromisoformat("2025-01-20T11:00:00+09:00")
OPENS = datetime.fromisoformat("2025-02-06T09:00:00+09:00")
CLOSES = datetime.fromisoformat("2025-03-11T18:00:00+09:00")
DURING = datetime.fromisoformat("2025-02-20T10:00:00+09:00")

DEMONSTRATION: dict[str, Any] = {
    "organisation": {
        "name": {"ko": "주식회사 한강스마트", "en": "Hangang Smart Co., Ltd."},
        "kind": "korean_company",
        "country_iso2": "KR",
        "business_number": "123-45-67891",
    },
    "project": {
        "title": {"ko": "하노이 지능형 교통 실증", "en": "Smart traffic for Hanoi"},
        "summary": {"en": "Signals that listen to the street."},
        "city": {"ko": "하노이", "en": "Hanoi"},
        "country_iso2": "VN",
        "project_type": "demonstration",
        "requested_amount_krw": 390_000_000,
    },
    "answers": {
        "urban_problem": "Congestion",
        "solution": "Adaptive signals",
        "market_entry": "A branch in 2026",
        "labour_share": "0.35",
    },
    "contact": {"name": "이하나", "email": "hana@company.example", "language": "ko"},
    "partner": {
        "name": {"en": "Hanoi People's Committee"},
        "kind": "local_government",
        "contact": {"name": "Nguyen Van A", "email": "partner@city.example", "language": "en"},
    },
}
PLANNING: dict[str, Any] = {
    "organisation": {"name": {"en": "City of Izmir"}, "kind": "local_government", "country_iso2": "TR"},
    "project": {
        "title": {"en": "A smart harbour quarter"},
        "summary": {"en": "A plan for the harbour."},
        "city": {"en": "Izmir"},
        "country_iso2": "TR",
        "project_type": "solution_plan",
        "requested_amount_krw": 700_000_000,
    },
    "answers": {"background": "Growth", "expected_outcome": "A plan", "needs_of_the_city": "Parking"},
    "contact": {"name": "Ayşe Yılmaz", "email": "plan@izmir.example", "language": "en"},
}
DOCUMENTS = {
    "demonstration": (
        "project_plan",
        "letter_of_intent",
        "consortium_agreement",
        "budget_table",
        "business_registration",
    ),
    "planning": ("concept_paper", "request_letter"),
}


@dataclass
class Person:
    """Somebody with a token, or without one."""

    api: httpx.AsyncClient
    subject: str
    token: str | None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def get(self, path: str, headers: dict[str, str] | None = None, **params: Any) -> httpx.Response:
        return await self.api.get(path, params=params, headers={**self.headers, **(headers or {})})

    async def post(
        self, path: str, body: Any = None, *, key: str | None = None, **options: Any
    ) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": key or str(new_uuid()), **options.pop("headers", {})}
        return await self.api.post(path, json=body, headers=headers, **options)

    async def patch(self, path: str, body: Any, etag: str | None = None) -> httpx.Response:
        tag = etag or (await self.get(path)).headers["etag"]
        return await self.api.patch(path, json=body, headers={**self.headers, "If-Match": tag})

    async def delete(self, path: str) -> httpx.Response:
        return await self.api.delete(path, headers=self.headers)

    async def upload(
        self,
        application_id: str,
        kind: str,
        content: bytes = PDF,
        *,
        media_type: str = "application/pdf",
        file_name: str = "plan.pdf",
        key: str | None = None,
    ) -> httpx.Response:
        return await self.api.post(
            f"/v1/applications/{application_id}/documents",
            params={"kind": kind, "file_name": file_name},
            content=content,
            headers={**self.headers, "Content-Type": media_type, "Idempotency-Key": key or str(new_uuid())},
        )

    async def submit(self, application_id: str, key: str | None = None) -> httpx.Response:
        return await self.post(f"/v1/applications/{application_id}/submission", key=key)


@dataclass
class House:
    """One intake service."""

    app: FastAPI
    api: httpx.AsyncClient
    database: Database
    documents: Path
    token_for: TokenFor
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, UUID] = field(default_factory=dict)

    def person(self, name: str, *roles: str, **claims: Any) -> Person:
        if name not in self.people:
            subject = f"{name}-{new_uuid().hex[-8:]}"
            token = self.token_for(*roles, subject=subject, **claims) if roles else None
            self.people[name] = Person(self.api, subject, token)
        return self.people[name]

    def applicant(self, name: str = "anna", organisation: str | None = None) -> Person:
        """An applicant, by default of an organisation of its own."""
        owner = self.organisations.setdefault(organisation or name, new_uuid())
        return self.person(name, "applicant", organisation_id=str(owner))

    @property
    def kind(self) -> Person:
        return self.person("kind", "secretariat_officer", tracks=("planning",))

    @property
    def kaia(self) -> Person:
        return self.person("kaia", "secretariat_officer", tracks=("demonstration",))

    @property
    def ministry(self) -> Person:
        return self.person("ministry", "ministry_officer")

    @property
    def public(self) -> Person:
        return self.person("public")

    async def clock(self, instant: datetime) -> None:
        await step(self.database, instant, self.app)

    async def publish(self, content: bytes | None = None, **options: Any) -> httpx.Response:
        body = CALL_FILE.read_bytes() if content is None else content
        return await self.post_raw(self.ministry, "/v1/calls", body, "application/yaml", **options)

    async def post_raw(
        self, person: Person, path: str, content: bytes, media_type: str, key: str | None = None
    ) -> httpx.Response:
        headers = {**person.headers, "Content-Type": media_type, "Idempotency-Key": key or str(new_uuid())}
        return await self.api.post(path, content=content, headers=headers)

    async def announce(self) -> int:
        """What the worker's schedule does."""
        return await announce_due_calls(self.database, Calls(CallShelf()), self.app.state.clock.stamp())

    async def draft(self, applicant: Person, track: str = "demonstration", **options: Any) -> str:
        """An empty draft."""
        body = {"call_code": "KCN-2025", "track": track}
        answer = await applicant.post("/v1/applications", body, **options)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def complete(self, applicant: Person, track: str = "demonstration") -> str:
        """A draft that lacks nothing."""
        application_id = await self.draft(applicant, track)
        sections = DEMONSTRATION if track == "demonstration" else PLANNING
        answer = await applicant.patch(f"/v1/applications/{application_id}", sections)
        assert answer.status_code == 200, answer.text
        for kind in DOCUMENTS[track]:
            answer = await applicant.upload(application_id, kind)
            assert answer.status_code == 201, answer.text
        return application_id

    async def submitted(self, applicant: Person, track: str = "demonstration") -> str:
        """An application that was received."""
        application_id = await self.complete(applicant, track)
        answer = await applicant.submit(application_id)
        assert answer.status_code == 201, answer.text
        return application_id

    async def confirmation_path(self, application_id: str, secret: str = LINK_SECRET) -> str:
        query = "SELECT confirmation_id FROM application WHERE id = CAST(:id AS uuid)"
        confirmation_id = await self.scalar(query, id=application_id)
        return f"/v1/partner-confirmations/{sign_link(secret, 'partner-confirmation', confirmation_id)}"

    async def scalar(self, query: str, **values: Any) -> Any:
        async with self.database.transaction() as tx:
            return await tx.scalar(text(query), values)

    async def journal(self, event_type: str = "%") -> list[dict[str, Any]]:
        """The events recorded, oldest first."""
        query = text("SELECT * FROM journal WHERE type LIKE :type ORDER BY id")
        async with self.database.transaction() as tx:
            return [dict(row) for row in (await tx.execute(query, {"type": event_type})).mappings()]

    async def audit(self, action: str) -> list[dict[str, Any]]:
        """The audit entries of an action."""
        query = text("SELECT * FROM audit_entry WHERE action = :action ORDER BY id")
        async with self.database.transaction() as tx:
            return [dict(row) for row in (await tx.execute(query, {"action": action})).mappings()]

    def stored_files(self) -> list[Path]:
        """Every file in the document store, half-written ones too."""
        return [path for path in self.documents.rglob("*") if path.is_file()]


def slug(answer: httpx.Response) -> str:
    """The last part of a problem's type."""
    return str(answer.json()["type"]).rpartition("/")[2]


def pointers(answer: httpx.Response) -> set[str]:
    """Where a problem or a completeness answer finds something."""
    body = answer.json()
    return {item["pointer"] for item in body.get("errors", body.get("findings", []))}


def as_json(content: Any) -> bytes:
    """UTF-8 JSON."""
    return json.dumps(content, ensure_ascii=False).encode()
