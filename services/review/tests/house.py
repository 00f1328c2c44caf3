"""Review under test: its API, database, inbox and clock, and the people who use it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI
from sqlalchemy import text

from services.review.domain.case import case_id_of
from services.review.settings import ReviewSettings
from services.review.tests import made
from services.review.use_cases.announce_due_selections import announce_due_selections
from shared.auth.caller import Track
from shared.clock.authority import AuthorityClock
from shared.database.connection import Database
from shared.delivery.inbox import Inbox, Outcome
from shared.events.envelope import Event
from shared.ids import new_uuid
from shared.testing.clock import step
from shared.testing.plugin import TokenFor


@dataclass
class Person:
    """Somebody with a token."""

    api: httpx.AsyncClient
    subject: str
    token: str | None

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.api.get(path, params=params, headers=self.headers)

    async def post(self, path: str, body: Any = None, key: str | None = None) -> httpx.Response:
        headers = {**self.headers, "Idempotency-Key": key or str(new_uuid())}
        return await self.api.post(path, json=body, headers=headers)

    async def put(self, path: str, body: Any, etag: str | None = None) -> httpx.Response:
        headers = {**self.headers, **({"If-Match": etag} if etag else {})}
        return await self.api.put(path, json=body, headers=headers)


@dataclass
class House:
    """One review service with one call."""

    settings: ReviewSettings
    app: FastAPI
    api: httpx.AsyncClient
    database: Database
    inbox: Inbox
    token_for: TokenFor
    call_id: UUID = field(default_factory=new_uuid)
    people: dict[str, Person] = field(default_factory=dict)
    applications: dict[int, UUID] = field(default_factory=dict)
    organisations: dict[int, UUID] = field(default_factory=dict)
    reviewers: dict[str, UUID] = field(default_factory=dict)

    def person(self, name: str, *roles: str, **claims: Any) -> Person:
        if name not in self.people:
            subject = f"{name.replace(chr(32), chr(45))}-{new_uuid().hex[-8:]}"
            token = self.token_for(*roles, subject=subject, **claims) if roles else None
            self.people[name] = Person(self.api, subject, token)
        return self.people[name]

    @property
    def kaia(self) -> Person:
        return self.person("kaia", "secretariat_officer", tracks=("demonstration",))

    @property
    def kind(self) -> Person:
        return self.person("kind", "secretariat_officer", tracks=("planning",))

    @property
    def ministry(self) -> Person:
        return self.person("ministry", "ministry_officer")

    @property
    def second_ministry(self) -> Person:
        return self.person("second ministry", "ministry_officer")

    @property
    def public(self) -> Person:
        return self.person("public")

    def reviewer(self, name: str) -> Person:
        return self.person(name, "reviewer")

    def applicant(self, number: int) -> Person:
        organisation = str(self.organisations[number])
        return self.person(f"applicant {number}", "applicant", organisation_id=organisation)

    async def clock(self, instant: datetime) -> None:
        await step(self.database, instant, self.app)

    async def receive(self, event: Event, subject: UUID, sequence: int = 1) -> Outcome:
        return await self.inbox.receive(made.record_of(event, subject, sequence))

    async def apply(self, number: int, *, organisation_id: UUID | None = None, **options: Any) -> UUID:
        """Application ``number`` arrives; returns its case's id."""
        self.applications[number] = new_uuid()
        self.organisations[number] = organisation_id or new_uuid()
        event = made.submitted(
            self.call_id,
            self.applications[number],
            number=number,
            organisation_id=self.organisations[number],
            **options,
        )
        assert await self.receive(event, self.applications[number]) is Outcome.APPLIED
        return case_id_of(self.applications[number])

    def case(self, number: int) -> UUID:
        return case_id_of(self.applications[number])

    async def register(self, *names: str, organisation_ids: tuple[UUID, ...] = ()) -> list[UUID]:
        for name in names:
            body = {
                "subject": self.reviewer(name).subject,
                "expertise": ["transport"],
                "languages": ["ko"],
                "organisation_ids": [str(one) for one in organisation_ids],
            }
            answer = await self.ministry.post("/v1/reviewers", body)
            assert answer.status_code == 201, answer.text
            self.reviewers[name] = UUID(answer.json()["id"])
        return [self.reviewers[name] for name in names]

    async def panel(self, *names: str, track: Track = "demonstration") -> None:
        ids = [str(self.reviewers[name]) for name in names]
        body = {"call_id": str(self.call_id), "track": track, "reviewer_ids": ids}
        answer = await self.ministry.post("/v1/panels", body)
        assert answer.status_code == 201, answer.text

    async def eligible(self, *numbers: int, officer: Person | None = None) -> None:
        for number in numbers:
            path = f"/v1/cases/{self.case(number)}/eligibility"
            answer = await (officer or self.kaia).post(path, {"eligible": True})
            assert answer.status_code == 201, answer.text

    async def assign(self, number: int, *names: str) -> dict[str, str]:
        """Assign reviewers; assignment ids by name."""
        ids = {str(self.reviewers[name]): name for name in names}
        answer = await self.ministry.post(
            f"/v1/cases/{self.case(number)}/assignments", {"reviewer_ids": list(ids)}
        )
        assert answer.status_code == 201, answer.text
        return {
            ids[one["reviewer_id"]]: one["assignment_id"]
            for one in answer.json()["items"]
            if one["reviewer_id"] in ids
        }

    async def declare(self, name: str, number: int, *, conflict: bool = False) -> httpx.Response:
        body: dict[str, Any] = {"has_conflict": conflict}
        if conflict:
            body |= {"kind": "recusal", "reason_code": "joint_work"}
        return await self.reviewer(name).put(f"/v1/cases/{self.case(number)}/conflict-declaration", body)

    async def draft(self, name: str, assignment_id: str, points: tuple[int, int]) -> None:
        answer = await self.reviewer(name).put(
            f"/v1/assignments/{assignment_id}/score-sheet", sheet(name, points), '"0"'
        )
        assert answer.status_code == 200, answer.text

    async def score(self, number: int, **points: tuple[int, int]) -> None:
        """Assign, declare, score and submit: one final sheet for each named reviewer."""
        assigned = await self.assign(number, *points)
        for name, pair in points.items():
            assert (await self.declare(name, number)).status_code == 200
            await self.draft(name, assigned[name], pair)
            path = f"/v1/assignments/{assigned[name]}/score-sheet/submission"
            answer = await self.reviewer(name).post(path)
            assert answer.status_code == 201, answer.text

    async def close(self, track: Track = "demonstration") -> str:
        body = {"call_id": str(self.call_id), "track": track}
        answer = await self.ministry.post("/v1/evaluations", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def scored_track(self) -> None:
        """Three eligible cases with two sheets each: 1 and 2 over the threshold, 3 below it."""
        await self.register("anna", "bora")
        await self.panel("anna", "bora")
        for number, points in ((1, (90, 20)), (2, (80, 16)), (3, (30, 5))):
            await self.apply(number, country="VN" if number == 1 else "UZ")
            await self.eligible(number)
            await self.score(number, anna=points, bora=points)

    async def proposed(self, *, announce_at: datetime = made.EMBARGO) -> str:
        """A scored, closed and proposed selection (by the secretariat); its id."""
        await self.scored_track()
        evaluation_id = await self.close()
        body = {"evaluation_id": evaluation_id, "announce_at": announce_at.isoformat()}
        answer = await self.kaia.post("/v1/selections", body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def approved(self) -> str:
        selection_id = await self.proposed()
        answer = await self.ministry.post(f"/v1/selections/{selection_id}/approval")
        assert answer.status_code == 201, answer.text
        return selection_id

    async def announced(self) -> str:
        selection_id = await self.approved()
        await self.clock(made.EMBARGO)
        assert await self.announce() == 1
        return selection_id

    async def announce(self) -> int:
        clock: AuthorityClock = self.app.state.clock
        return await announce_due_selections(self.database, clock)

    async def events(self, kind: type[Event]) -> list[dict[str, Any]]:
        """Bodies of the journal's events of one kind."""
        async with self.database.transaction() as tx:
            rows = await tx.execute(
                text("SELECT data FROM journal WHERE type = :type ORDER BY id"), {"type": kind.type}
            )
            return [row.data for row in rows]

    async def audited(self, action: str) -> list[str]:
        """Who did this, by the audit trail."""
        async with self.database.transaction() as tx:
            rows = await tx.execute(
                text("SELECT actor FROM audit_entry WHERE action = :action ORDER BY id"), {"action": action}
            )
            return [row.actor for row in rows]


def sheet(name: str, points: tuple[int, int]) -> dict[str, Any]:
    return {
        "scores": [
            {"criterion": code, "points": value, "comment": f"{name} on {code}"}
            for code, value in zip(made.CRITERIA, points, strict=True)
        ]
    }


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and problem slug of a refusal."""
    return answer.status_code, answer.json()["type"].rpartition("/")[2]
