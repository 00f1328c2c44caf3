"""Prepared drafts: one is made through intake's own API, the others are its twins under other ids, by COPY."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from deploy.bench.processes import BenchFailed
from deploy.bench.sample import draft_id
from deploy.local.program import ROOT
from services.intake.domain.sealing import canonical_application
from services.intake.repository.applications import find_application
from shared.canonical import canonical_bytes
from shared.database.connection import Database
from shared.ids import new_uuid

CALL_FILE = ROOT / "services" / "intake" / "calls" / "k-city-network-2025.yaml"
DURING = datetime.fromisoformat("2025-03-11T17:00:00+09:00")  # the last hour of the demonstration track
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
DOCUMENTS = (
    "project_plan",
    "letter_of_intent",
    "consortium_agreement",
    "budget_table",
    "business_registration",
)
SECTIONS: Mapping[str, Any] = {
    "organisation": {
        "name": {"ko": "주식회사 시험도시", "en": "Test City Co., Ltd."},
        "kind": "korean_company",
        "country_iso2": "KR",
        "business_number": "123-45-67891",
    },
    "project": {
        "title": {"ko": "지능형 교통 실증", "en": "A demonstration of smart traffic"},
        "summary": {"en": "What is measured here is the way, not the words. " * 8},
        "city": {"ko": "하노이", "en": "Hanoi"},
        "country_iso2": "VN",
        "project_type": "demonstration",
        "requested_amount_krw": 390_000_000,
    },
    "answers": {
        "urban_problem": "Congestion in the morning. " * 10,
        "solution": "Signals that listen to the street. " * 10,
        "market_entry": "A branch in the second year.",
        "labour_share": "0.35",
    },
    "contact": {"name": "Contact 1", "email": "contact@company.example", "language": "ko"},
    "partner": {
        "name": {"en": "City of the test"},
        "kind": "local_government",
        "contact": {"name": "Contact 2", "email": "contact@city.example", "language": "en"},
    },
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A complete draft with its rows as they stand in the database; ``canonical``: what its digest is over."""

    application: Row
    contacts: Sequence[Row]
    documents: Sequence[Row]
    canonical: str

    @classmethod
    def read(cls, database_url: str, application_id: UUID) -> "Pattern":
        """Read it. Raises ``BenchFailed`` when it lacks something or its digest is another."""
        with psycopg.connect(database_url, row_factory=dict_row) as connection:
            application = _rows(connection, "application", "id", application_id)[0]
            contacts = _rows(connection, "contact", "application_id", application_id)
            documents = _rows(connection, "document", "application_id", application_id)
        canonical = asyncio.run(_canonical(database_url, application_id))
        if application["violations"] != "[]" or application["content_digest"] != _digest(canonical):
            raise BenchFailed(f"the pattern draft is not complete: {application['violations']}")
        return cls(application, contacts, documents, canonical)

    def twin(self, application_id: UUID, organisation_id: UUID) -> "Pattern":
        """The same draft under other ids, with the digest and event content that belong to them."""
        others = {
            self.application["id"]: application_id,
            self.application["organisation_id"]: organisation_id,
        }
        others |= {row["id"]: new_uuid() for row in (*self.contacts, *self.documents)}
        others[self.application["confirmation_id"]] = new_uuid()
        canonical, event = self.canonical, str(self.application["event_content"])
        digest = self.application["content_digest"]
        for old, new in others.items():
            canonical, event = canonical.replace(str(old), str(new)), event.replace(str(old), str(new))
        sealed = _digest(canonical)
        application = _renamed(self.application, others)
        application |= {"content_digest": sealed, "event_content": event.replace(digest, sealed)}
        return Pattern(
            application,
            [_renamed(row, others) for row in self.contacts],
            [_renamed(row, others) for row in self.documents],
            canonical,
        )


async def make_pattern(api_url: str, officer: str, operator: str, applicant: str) -> UUID:
    """Publish the 2025 call, step the clock into its window, complete one draft; its id."""
    async with httpx.AsyncClient(base_url=api_url, timeout=30) as client:
        yaml = {"Content-Type": "application/yaml"}
        await _done(
            client, "/v1/rehearsal/clock", operator, json={"name": "window", "instant": f"{DURING:%FT%T%z}"}
        )
        await _done(client, "/v1/calls", officer, content=CALL_FILE.read_bytes(), headers=yaml)
        created = await _done(
            client, "/v1/applications", applicant, json={"call_code": "KCN-2025", "track": "demonstration"}
        )
        path = f"/v1/applications/{created.json()['id']}"
        etag = {"If-Match": created.headers["etag"], "Authorization": f"Bearer {applicant}"}
        (await client.patch(path, json=SECTIONS, headers=etag)).raise_for_status()
        for kind in DOCUMENTS:
            asked = f"{path}/documents?kind={kind}&file_name={kind}.pdf"
            await _done(client, asked, applicant, content=PDF, headers={"Content-Type": "application/pdf"})
        return UUID(created.json()["id"])


async def _done(
    client: httpx.AsyncClient, path: str, token: str, headers: Mapping[str, str] | None = None, **body: Any
) -> httpx.Response:
    who = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}
    answer = await client.post(path, headers={**who, **(headers or {})}, **body)
    if answer.is_error:
        raise BenchFailed(f"POST {path} was answered {answer.status_code}: {answer.text[:1000]}")
    return answer


def store_twins(database_url: str, pattern: Pattern, organisations: Sequence[UUID], first: int) -> None:
    """Store one twin for each of ``organisations``, numbered from ``first``; all or none."""
    twins = [
        pattern.twin(draft_id(number), organisation)
        for number, organisation in enumerate(organisations, first)
    ]
    with psycopg.connect(database_url) as connection:
        _copy(connection, "application", (twin.application for twin in twins))
        _copy(connection, "contact", (row for twin in twins for row in twin.contacts))
        _copy(connection, "document", (row for twin in twins for row in twin.documents))


def _copy(connection: "psycopg.Connection[Any]", table: str, rows: Iterator[Row]) -> None:
    head = next(rows)
    names = sql.SQL(", ").join(map(sql.Identifier, head))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write_row(tuple(head.values()))
        for row in rows:
            copy.write_row(tuple(row.values()))


def _rows(connection: "psycopg.Connection[Row]", table: str, column: str, value: UUID) -> list[Row]:
    """Rows with JSON as the text that it is stored as."""
    connection.adapters.register_loader("json", psycopg.types.string.TextLoader)
    connection.adapters.register_loader("jsonb", psycopg.types.string.TextLoader)
    query = sql.SQL("SELECT * FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return connection.execute(query, [value]).fetchall()


async def _canonical(database_url: str, application_id: UUID) -> str:
    database = await Database.connect(database_url)
    try:
        async with database.transaction() as tx:
            found = await find_application(tx, application_id)
        if found is None:
            raise BenchFailed("the pattern draft is gone")
        return canonical_bytes(canonical_application(found)).decode()
    finally:
        await database.close()


def _digest(canonical: str) -> str:
    return hashlib.sha256(canonical.encode()).hexdigest()


def _renamed(row: Row, others: Mapping[UUID, UUID]) -> Row:
    return {
        name: others.get(value, value) if isinstance(value, UUID) else value for name, value in row.items()
    }
