"""What officers and reviewers do in a sandbox: screen, advise, review, rank, decide."""

from typing import Any

from deploy.local.people import sample_person
from deploy.local.rehearsal.door import Person, at_once
from deploy.local.rehearsal.samples.scores import comment_on
from deploy.local.rehearsal.stages.scoring import ASSIGNMENTS, CREATED, EVALUATIONS, PANELS
from deploy.local.rehearsal.stages.scoring import REVIEWERS as REGISTER
from deploy.local.rehearsal.stages.selection import SELECTIONS
from deploy.sandbox.applying import CASES
from deploy.sandbox.calls import Which
from deploy.sandbox.people import MINISTRY, REVIEWERS
from deploy.sandbox.samples import Ending, Sample, of
from deploy.sandbox.scene import Scene
from shared.auth.caller import Track
from shared.events.call_definition import SelectionRules

E = Ending
ADVISER = REVIEWERS[2]
UNSCREENED = frozenset({E.EMPTY, E.ALMOST, E.DRAFT_WITHDRAWN, E.WITHDRAWN, E.RECEIVED, E.BOUNCED, E.DEFERRED})
_LESS_KRW = 10_000_000


async def register_reviewers(scene: Scene) -> None:
    """The sample reviewers, each once in the life of a stack."""
    officer = scene.people[MINISTRY[0]]
    for name in REVIEWERS:
        body = {
            "subject": sample_person(name).subject,
            "expertise": ["smart city"],
            "languages": ["ko", "en"],
        }
        answer = await officer.ask("POST", REGISTER, json=body)
        found = answer.json()
        scene.reviewer_ids[name] = found["id"] if answer.status_code == CREATED else found["reviewer_id"]


async def screen_open_call(scene: Scene) -> None:
    """In the open call: decide on eligibility, begin and end pre-consulting, assign reviewers."""
    samples = [one for one in of(Which.OPEN) if one.ending not in UNSCREENED]
    await at_once(*(_screen(scene, one) for one in samples))
    for one in samples:
        if one.ending in (E.CONSULTING, E.READY):
            await _consult(scene, one)
        if one.ending is E.REVIEWING:
            await _begin_reviewing(scene, one)


async def _screen(scene: Scene, sample: Sample) -> None:
    eligible = sample.ending is not E.INELIGIBLE
    rules = [] if eligible else [scene.round.track(sample.which, sample.track).eligibility[0].code]
    body = {"eligible": eligible, "unmet_rules": rules, "note": "Sample decision."}
    await scene.people.secretariat(sample.track).post(f"{CASES}/{scene.case_ids[sample]}/eligibility", body)


async def _consult(scene: Scene, sample: Sample) -> None:
    officer, entry = scene.people.secretariat(sample.track), scene.entries[sample]
    path = f"{CASES}/{scene.case_ids[sample]}/pre-consulting"
    begun = await officer.do("POST", path, json={"adviser_id": scene.reviewer_ids[ADVISER]})
    if sample.ending is E.CONSULTING:
        return
    report = {
        "text": "Sample: the plan is sound; begin with one quarter.",
        "recommendations": ["Begin small."],
    }
    match = {"If-Match": begun.headers["ETag"]}
    written = await scene.people[ADVISER].do("PUT", f"{path}/report", json=report, headers=match)
    project = entry.applicant.project
    revised = {
        "title": project["title"],
        "summary": project["summary"],
        "requested_amount_krw": project["requested_amount_krw"] - _LESS_KRW,
        "changes": "Sample: begins with one quarter, which lowers the sum.",
    }
    match = {"If-Match": written.headers["ETag"]}
    await entry.person.do("PUT", f"{path}/revised-proposal", json=revised, headers=match)
    await officer.post(f"{path}/completion")


async def _begin_reviewing(scene: Scene, sample: Sample) -> None:
    await _assign(scene, [sample])
    beginning, conflicted = REVIEWERS[0], REVIEWERS[1]
    path = f"{CASES}/{scene.case_ids[sample]}/conflict-declaration"
    await scene.people[beginning].do("PUT", path, json={"has_conflict": False})
    assignment = await _assignment(scene.people[beginning], scene.case_ids[sample])
    scores = _scores(scene.round.track(sample.which, sample.track).selection, sample, 0)[:1]
    sheet = f"{ASSIGNMENTS}/{assignment}/score-sheet"
    await scene.people[beginning].do("PUT", sheet, json={"scores": scores}, headers={"If-Match": '"0"'})
    conflict = {"has_conflict": True, "kind": "recusal", "reason_code": "joint_work"}
    await scene.people[conflicted].do("PUT", path, json=conflict)


async def evaluate_past_calls(scene: Scene) -> None:
    """Screen, score and rank what came in time; then the selections, each up to the state it is to show."""
    ranked = [*of(Which.PAST), *of(Which.VOTE)]
    await at_once(*(_screen(scene, one) for one in ranked))
    for which, track in _tracks_of(ranked):
        samples = list(of(which, track))
        await _assign(scene, samples)
        await at_once(*(_score(scene, one, place) for one in samples for place in range(len(REVIEWERS))))


async def rank_past_calls(scene: Scene) -> None:
    """Close each evaluation and bring its selection to the state it is to show: proposed, approved, to be announced."""
    for which, track in _tracks_of([*of(Which.PAST), *of(Which.VOTE)]):
        body = {"call_id": scene.call_ids[which], "track": track}
        closed = await scene.people.secretariat(track).post(EVALUATIONS, body)
        announced = which is Which.PAST and track == "demonstration"
        announce_at = scene.round.announce_at if announced else scene.round.embargo
        asked = {"evaluation_id": closed["id"], "announce_at": announce_at.isoformat()}
        proposer, decider = (scene.people[name] for name in MINISTRY)
        path = f"{SELECTIONS}/{(await proposer.post(SELECTIONS, asked))['id']}"
        if announced or which is Which.VOTE:
            await decider.post(f"{path}/approval")
        else:
            await decider.post(
                f"{path}/rejection", {"reason": "Sample: the hour of the announcement is wrong."}
            )
            await proposer.post(SELECTIONS, asked)


def _tracks_of(samples: list[Sample]) -> list[tuple[Which, Track]]:
    return list(dict.fromkeys((one.which, one.track) for one in samples))


async def _assign(scene: Scene, samples: list[Sample]) -> None:
    """A panel of the sample reviewers, and all of them for each case."""
    first, ids = samples[0], list(scene.reviewer_ids.values())
    officer = scene.people.secretariat(first.track)
    panel = {"call_id": scene.call_ids[first.which], "track": first.track, "reviewer_ids": ids}
    await officer.post(PANELS, panel)
    for one in samples:
        await officer.post(f"{CASES}/{scene.case_ids[one]}/assignments", {"reviewer_ids": ids})


async def _score(scene: Scene, sample: Sample, place: int) -> None:
    reviewer, case_id = scene.people[REVIEWERS[place]], scene.case_ids[sample]
    await reviewer.do("PUT", f"{CASES}/{case_id}/conflict-declaration", json={"has_conflict": False})
    sheet = f"{ASSIGNMENTS}/{await _assignment(reviewer, case_id)}/score-sheet"
    scores = _scores(scene.round.track(sample.which, sample.track).selection, sample, place)
    await reviewer.do("PUT", sheet, json={"scores": scores}, headers={"If-Match": '"0"'})
    await reviewer.post(f"{sheet}/submission")


async def _assignment(reviewer: Person, case_id: str) -> str:
    return next(str(one["id"]) for one in await reviewer.all_of(ASSIGNMENTS) if one["case_id"] == case_id)


def _scores(rules: SelectionRules, sample: Sample, place: int) -> list[dict[str, Any]]:
    merit = 90 if sample.ending is E.CHOSEN else 70
    return [
        {
            "criterion": one.code,
            "points": one.max_points * merit // 100 + place,
            "comment": comment_on(one, place),
        }
        for one in rules.criteria
    ]
