"""A selection that waits for its instant: a small call of its own on a running stack, played by HTTP alone.

Two apply in a demonstration track with one place. What they say stands nowhere else in the system: their cities are
invented, and no other project is in their countries.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from deploy.local.rehearsal.applications import APPLICATIONS, fill_in, submit, upload
from deploy.local.rehearsal.clock import Clock
from deploy.local.rehearsal.door import Door
from deploy.local.rehearsal.play import Entry
from deploy.local.rehearsal.samples.answers import answers_to
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.business_number import business_number
from deploy.local.rehearsal.samples.cast import partner_of, project_of
from deploy.local.rehearsal.samples.places import Place
from deploy.local.rehearsal.samples.scores import comment_on
from deploy.local.rehearsal.samples.story import Story
from deploy.local.rehearsal.samples.words import THEMES
from deploy.local.rehearsal.stages.announcement import CALLS
from deploy.local.rehearsal.stages.mails import MESSAGES, OUTCOMES
from deploy.local.rehearsal.stages.scoring import ASSIGNMENTS, EVALUATIONS, PANELS
from deploy.local.rehearsal.stages.selection import SELECTIONS
from deploy.local.rehearsal.timetable import A_MILLISECOND
from deploy.local.rehearsal.waiting import until
from deploy.sandbox.applying import CASES, PATIENCE_SECONDS
from deploy.sandbox.calls import Round, Which
from deploy.sandbox.judging import register_reviewers
from deploy.sandbox.people import APPLICANTS, MINISTRY, OPERATOR, REVIEWERS, People
from deploy.sandbox.rounds import business_time
from deploy.sandbox.scene import Scene
from services.catalog.domain.project import id_of_selected
from shared.auth.caller import Track
from shared.events.call_definition import CallDefinition, TrackDefinition
from shared.ids import ApplicationId, ProjectId

TRACK: Track = "demonstration"
WAITS = timedelta(minutes=1)
"""From the decision to its announcement. So short, because a page of calls is another one on another day."""
FIRST_NUMBER = 981
"""Mailboxes are named by number: those of the rehearsal and the sandbox have smaller ones."""


@dataclass(slots=True)
class Candidate:
    """An applicant whose outcome nobody may know yet. ``merit``: points out of 100 that every reviewer gives."""

    number: int
    place: Place
    organisation: str
    owner: str
    merit: int
    entry: Entry | None = None
    case_id: str = ""

    @property
    def application_id(self) -> ApplicationId:
        """Of its application. Raises ``LookupError`` before it is begun."""
        if self.entry is None:
            raise LookupError(f"{self.place.en} has not applied yet")
        return ApplicationId(UUID(self.entry.application_id))

    @property
    def project_id(self) -> ProjectId:
        """What its entry in the catalogue is called if it is ever selected: anybody who knows the rule can ask for it."""
        return id_of_selected(self.application_id)

    @property
    def words(self) -> tuple[str, ...]:
        """What tells that an answer is about it."""
        names = (self.place.en, self.place.ko, self.organisation)
        return (*names, str(self.application_id), str(self.project_id))

    def applicant(self, track: TrackDefinition) -> Applicant:
        """Everything it sends."""
        theme, chance = THEMES[self.number % len(THEMES)], random.Random(self.number)  # noqa: S311 - no secrets
        return Applicant(
            number=self.number,
            track=TRACK,
            story=Story.ORDINARY,
            place=self.place,
            theme=theme.en,
            merit=self.merit,
            organisation={
                "name": {"ko": f"(주){self.organisation}", "en": f"{self.organisation} Co., Ltd."},
                "kind": "korean_company",
                "country_iso2": "KR",
                "business_number": business_number(self.number),
            },
            project=project_of(track, theme, self.place, chance),
            contact={
                "name": f"담당자 {self.number}",
                "email": f"contact-{self.number}@example.com",
                "language": "ko",
            },
            partner=partner_of(self.number, track, self.place),
        )


def _candidates() -> tuple[Candidate, Candidate]:
    return (
        Candidate(FIRST_NUMBER, Place("Glimvik", "글림비크", "IS"), "Hullidsheim", APPLICANTS[0], merit=90),
        Candidate(FIRST_NUMBER + 1, Place("Tashiphug", "타시푸그", "BT"), "Baerin", APPLICANTS[1], merit=70),
    )


@dataclass(slots=True)
class WaitingSelection:
    """The call, who applied, and its selection from the last score sheet to its announcement."""

    scene: Scene
    call_id: str = ""
    candidates: tuple[Candidate, Candidate] = field(default_factory=_candidates)
    evaluation_id: str = ""
    selection_id: str = ""

    @classmethod
    async def of(cls, door: Door) -> Self:
        """The people are the sample people of the stack; the call begins at its present business time."""
        people = await People.arrive(door)
        clock = Clock(people[OPERATOR], lambda _: None)
        return cls(Scene(door, people, clock, Round(1, await business_time(door))))

    @property
    def chosen(self) -> Candidate:
        """Who is selected."""
        return self.candidates[0]

    @property
    def passed_over(self) -> Candidate:
        """Who is not."""
        return self.candidates[1]

    @property
    def code(self) -> str:
        """The call's."""
        return f"EMBARGO-{self.scene.round.began_at.year}"

    @property
    def announce_at(self) -> datetime:
        """The instant."""
        return self.scene.round.ends_at + WAITS

    @property
    def ids(self) -> tuple[str, ...]:
        """Whatever an event about the outcome would have to name."""
        decided = (self.evaluation_id, self.selection_id)
        of = (one for each in self.candidates for one in (each.application_id, each.project_id, each.case_id))
        return tuple(str(one) for one in (*of, *decided) if one)

    async def evaluate(self) -> None:
        """Publish, apply, screen, score, and let the intake end: whatever comes before anybody is ranked."""
        call = self._definition()
        published = await self.scene.people[MINISTRY[0]].post(CALLS, call)
        self.call_id = published["call_id"]
        track = CallDefinition.model_validate(call).track(TRACK)
        assert track is not None
        await register_reviewers(self.scene)
        for one in self.candidates:
            await self._apply(one, track)
        await self._open_cases()
        await self._screen()
        for one in self.candidates:
            for place, reviewer in enumerate(REVIEWERS):
                await self._score(one, reviewer, place, track)
        await self.scene.clock.step("the last intake ends", self.scene.round.ends_at)

    async def decide(self) -> None:
        """Rank, propose and approve: from now on two officers know."""
        people = self.scene.people
        scope = {"call_id": self.call_id, "track": TRACK}
        self.evaluation_id = (await people.secretariat(TRACK).post(EVALUATIONS, scope))["id"]
        proposer, approver = (people[name] for name in MINISTRY)
        body = {"evaluation_id": self.evaluation_id, "announce_at": self.announce_at.isoformat()}
        self.selection_id = (await proposer.post(SELECTIONS, body))["id"]
        approved = await approver.post(f"{SELECTIONS}/{self.selection_id}/approval")
        assert approved["state"] == "approved"

    async def come_close(self) -> None:
        """A millisecond before the instant."""
        await self.scene.clock.step("embargo − 1 ms", self.announce_at - A_MILLISECOND)

    async def step_over(self) -> None:
        """The instant itself."""
        await self.scene.clock.step("the embargo ends", self.announce_at)

    async def outcome_mails(self) -> list[str]:
        """The templates of the mails that tell of an outcome, as an operator sees them."""
        own = {str(one.application_id) for one in self.candidates}
        found = await self.scene.people[OPERATOR].all_of(MESSAGES)
        return sorted(
            one["template"] for one in found if one["application_id"] in own and one["template"] in OUTCOMES
        )

    def _definition(self) -> dict[str, Any]:
        call = self.scene.round.written(Which.VOTE)
        name = {"ko": "엠바고 시험 공모", "en": "A call for the test of its embargo"}
        return call | {"code": self.code, "name": name}

    async def _apply(self, one: Candidate, track: TrackDefinition) -> None:
        person, applicant = self.scene.people[one.owner], one.applicant(track)
        begun = await person.do("POST", APPLICATIONS, json={"call_code": self.code, "track": TRACK})
        entry = Entry(applicant, person, application_id=begun.json()["id"], etag=begun.headers["ETag"])
        await fill_in(entry, {**applicant.sections, "answers": answers_to(track.form, applicant)})
        for document in track.documents:
            if document.required:
                await upload(entry, document.kind)
        await submit(entry)
        one.entry = entry

    async def _open_cases(self) -> None:
        ministry = self.scene.people[MINISTRY[0]]
        wanted = {str(one.application_id) for one in self.candidates}

        async def found() -> dict[str, str]:
            cases = await ministry.all_of(CASES, call_id=self.call_id)
            return {one["application_id"]: one["id"] for one in cases}

        cases = await until(found, lambda known: known.keys() >= wanted, within=PATIENCE_SECONDS)
        for one in self.candidates:
            one.case_id = cases[str(one.application_id)]

    async def _screen(self) -> None:
        """Both are eligible, and the sample reviewers are their panel."""
        officer, ids = self.scene.people.secretariat(TRACK), list(self.scene.reviewer_ids.values())
        await officer.post(PANELS, {"call_id": self.call_id, "track": TRACK, "reviewer_ids": ids})
        for one in self.candidates:
            eligible = {"eligible": True, "unmet_rules": [], "note": None}
            await officer.post(f"{CASES}/{one.case_id}/eligibility", eligible)
            await officer.post(f"{CASES}/{one.case_id}/assignments", {"reviewer_ids": ids})

    async def _score(self, one: Candidate, name: str, place: int, track: TrackDefinition) -> None:
        reviewer = self.scene.people[name]
        await reviewer.do("PUT", f"{CASES}/{one.case_id}/conflict-declaration", json={"has_conflict": False})
        mine = await reviewer.all_of(ASSIGNMENTS)
        sheet = f"{next(each['id'] for each in mine if each['case_id'] == one.case_id)}/score-sheet"
        scores = [
            {
                "criterion": each.code,
                "points": each.max_points * one.merit // 100,
                "comment": comment_on(each, place),
            }
            for each in track.selection.criteria
        ]
        await reviewer.do(
            "PUT", f"{ASSIGNMENTS}/{sheet}", json={"scores": scores}, headers={"If-Match": '"0"'}
        )
        await reviewer.post(f"{ASSIGNMENTS}/{sheet}/submission")
