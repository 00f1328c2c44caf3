"""One application's life on review's side: screened, assigned, declared, scored, by chance."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import httpx

from deploy.chaos.history.records import Operation, Outcome
from deploy.chaos.load.call import CRITERIA, RULE
from deploy.chaos.load.client import Client, Facts, Person, Wish
from deploy.chaos.load.draft import Lost, version_in
from deploy.chaos.load.habits import Habit, act
from deploy.chaos.load.people import TRACKS, People
from shared.auth.caller import Track

REVIEW = "/review/v1"
CASES, ASSIGNMENTS = f"{REVIEW}/cases", f"{REVIEW}/assignments"
OFTEN, SOMETIMES = 0.5, 0.2
SCREENED = 0.6
SETTLE_SECONDS, LOOK_EVERY_SECONDS = 120.0, 0.5
CASE_SECONDS = 20.0
NOT_FOUND = 404


def id_facts(answer: httpx.Response) -> Facts:
    """The id of what was made."""
    return {"id": answer.json()["id"]}


def case_facts(answer: httpx.Response) -> Facts:
    """Where a case stands."""
    shown = answer.json()
    return {"case_id": shown["id"], "state": shown["state"], "receipt_no": shown["receipt_no"]}


def assignment_facts(answer: httpx.Response) -> Facts:
    """The assignments of a case, by reviewer."""
    return {"assignments": {one["reviewer_id"]: one["assignment_id"] for one in answer.json()["items"]}}


def sheet_facts(answer: httpx.Response) -> Facts:
    """The revision of a sheet."""
    return {"version": version_in(answer), "etag": answer.headers["ETag"]}


@dataclass(frozen=True, slots=True)
class Board:
    """Officers and registered reviewers of a load's call. ``reviewers``: people by reviewer id."""

    client: Client
    officers: dict[Track, Person]
    reviewers: dict[str, Person]

    @classmethod
    async def sit(cls, client: Client, people: People, call_id: str) -> "Board | None":
        """Register reviewers and panels; None when review does not know the call in time."""
        officer = people.officers[TRACKS[0]]
        reviewers: dict[str, Person] = {}
        for person in people.reviewers:
            body = {"subject": person.subject, "expertise": ["load"], "languages": ["en"]}
            wish = Wish(
                Operation.REGISTER_REVIEWER, officer, "POST", f"{REVIEW}/reviewers", body=body, facts=id_facts
            )
            told = await client.until_known(wish, patience=SETTLE_SECONDS)
            if not told.acknowledged:
                return None
            reviewers[told.answer["id"]] = person
        for track in TRACKS:
            body = {"call_id": call_id, "track": track, "reviewer_ids": list(reviewers)}
            wish = Wish(
                Operation.CREATE_PANEL,
                people.officers[track],
                "POST",
                f"{REVIEW}/panels",
                body=body,
                facts=id_facts,
            )
            if not await _until_found(client, client.prepared(wish)):
                return None
        return cls(client, people.officers, reviewers)


async def _until_found(client: Client, wish: Wish) -> bool:
    give_up = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < give_up:
        told = await client.until_known(wish)
        if told.status != NOT_FOUND:
            return told.acknowledged
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return False


@dataclass(slots=True)
class Review:
    """The review of one application by a board."""

    board: Board
    track: Track
    case_id: str
    chance: random.Random

    @property
    def officer(self) -> Person:
        """Who screens and assigns."""
        return self.board.officers[self.track]

    async def play(self) -> None:
        """Wait for the case, then do with it what chance wants."""
        if self.chance.random() >= SCREENED or not await self._case_is_there():
            return
        if not await self._screen():
            return
        if self.chance.random() < OFTEN:
            await self._assign_and_score()

    async def _case_is_there(self) -> bool:
        wish = self._wish(
            Operation.READ_CASE, self.officer, "GET", f"{CASES}/{self.case_id}", facts=case_facts
        )
        give_up = time.monotonic() + CASE_SECONDS
        while time.monotonic() < give_up:
            if (await self.board.client.once(wish)).acknowledged:
                return True
            await asyncio.sleep(LOOK_EVERY_SECONDS)
        return False

    async def _screen(self) -> bool:
        """Whether the case is found eligible. Sometimes two officers decide at once: one is refused."""
        client = self.board.client
        if self.chance.random() < SOMETIMES:
            rivals = [self._decision(eligible=one) for one in (True, False)]
            told = await asyncio.gather(*(client.until_known(rival) for rival in rivals))
            return told[0].acknowledged
        eligible = self.chance.random() >= SOMETIMES
        told_one = await act(client, self._decision(eligible=eligible), Habit.of(self.chance))
        return told_one.acknowledged and eligible

    def _decision(self, *, eligible: bool) -> Wish:
        body = {"eligible": eligible, "unmet_rules": [] if eligible else [RULE], "note": "Load."}
        path = f"{CASES}/{self.case_id}/eligibility"
        wish = self._wish(Operation.DECIDE_ELIGIBILITY, self.officer, "POST", path, facts=case_facts)
        return self.board.client.prepared(replace(wish, body=body, asked={"eligible": eligible}))

    async def _assign_and_score(self) -> None:
        ids = self.chance.sample(sorted(self.board.reviewers), 2)
        wish = self._wish(
            Operation.ASSIGN_REVIEWERS,
            self.officer,
            "POST",
            f"{CASES}/{self.case_id}/assignments",
            facts=assignment_facts,
        )
        wish = self.board.client.prepared(
            replace(wish, body={"reviewer_ids": ids}, asked={"reviewer_ids": ids})
        )
        told = await act(self.board.client, wish, Habit.of(self.chance))
        if told.acknowledged:
            await self._score_all(told.answer["assignments"], ids)

    async def _score_all(self, assignments: dict[str, str], ids: Sequence[str]) -> None:
        for place, reviewer_id in enumerate(ids):
            conflict = place > 0 and self.chance.random() < SOMETIMES
            if not await self._declare(reviewer_id, conflict=conflict) or conflict:
                continue
            await self._score(assignments[reviewer_id], self.board.reviewers[reviewer_id])

    async def _declare(self, reviewer_id: str, *, conflict: bool) -> bool:
        body: dict[str, Any] = {"has_conflict": conflict}
        if conflict:
            body |= {"kind": "recusal", "reason_code": "joint_work"}
        wish = self._wish(
            Operation.DECLARE_CONFLICT,
            self.board.reviewers[reviewer_id],
            "PUT",
            f"{CASES}/{self.case_id}/conflict-declaration",
        )
        wish = replace(
            wish,
            body=body,
            asked={"has_conflict": conflict},
            ids={**wish.ids, "reviewer_id": reviewer_id},
        )
        told = await self.board.client.until_known(wish)
        return told.acknowledged

    async def _score(self, assignment_id: str, reviewer: Person) -> None:
        version, etag = 0, '"0"'
        for _ in range(self.chance.choice((1, 1, 2))):
            version, etag = await self._write(assignment_id, reviewer, version, etag)
        if self.chance.random() < OFTEN:
            path = f"{ASSIGNMENTS}/{assignment_id}/score-sheet/submission"
            wish = self._wish(Operation.SUBMIT_SHEET, reviewer, "POST", path, facts=sheet_facts)
            wish = replace(wish, ids={**wish.ids, "assignment_id": assignment_id})
            await act(self.board.client, self.board.client.prepared(wish), Habit.of(self.chance))

    async def _write(self, assignment_id: str, reviewer: Person, base: int, etag: str) -> tuple[int, str]:
        """Write the sheet as it was at ``base``; its version and ETag then. Raises ``Lost`` when that cannot be known."""
        client = self.board.client
        path = f"{ASSIGNMENTS}/{assignment_id}/score-sheet"
        wish = client.prepared(self._wish(Operation.WRITE_SHEET, reviewer, "PUT", path, facts=sheet_facts))
        mark = f"{str(client.load)[-6:]}-{wish.act}"
        points = self.chance.randrange(40, 100)
        scores = [
            {"criterion": criterion, "points": points, "comment": f"Comment {mark}"} for criterion in CRITERIA
        ]
        wish = replace(
            wish,
            ids={**wish.ids, "assignment_id": assignment_id},
            asked={"mark": mark, "base": base, "points": points},
            body={"scores": scores},
            headers={"If-Match": etag},
        )
        told = await client.until_known(wish)
        if told.outcome is not Outcome.ACKNOWLEDGED:
            raise Lost
        return int(told.answer["version"]), told.answer["etag"]

    def _wish(
        self, operation: Operation, person: Person, method: str, path: str, *, facts: Any = None
    ) -> Wish:
        wish = Wish(operation, person, method, path, ids={"case_id": self.case_id})
        return wish if facts is None else replace(wish, facts=facts)
