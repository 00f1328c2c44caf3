"""Reviewers: registered, assigned, declaring conflicts, scoring; then the evaluation is closed and ranked."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785

from deploy.local.rehearsal.door import Person, at_once
from deploy.local.rehearsal.expectation import Scored, expected_ranking
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.samples.scores import comment_on, points_of
from deploy.local.rehearsal.samples.story import Story
from deploy.local.rehearsal.stages.screening import CASES
from shared.auth.caller import Track
from shared.events.call_definition import SelectionRules

REVIEWERS, PANELS, ASSIGNMENTS = "/review/v1/reviewers", "/review/v1/panels", "/review/v1/assignments"
EVALUATIONS = "/review/v1/evaluations"
CREATED = 201


@dataclass(frozen=True, slots=True)
class Sheet:
    """A score sheet to write: of this entry, by this reviewer, the one at ``place`` among those of the case."""

    entry: Entry
    reviewer: Person
    place: int


async def register_reviewers(play: Play) -> None:
    """Register everybody once; on a later rehearsal they are registered already."""
    officer = play.staff.ministry[0]
    ids = await at_once(*(_register(officer, n) for n in range(1, len(play.staff.reviewers) + 1)))
    play.reviewer_ids = dict(zip(ids, play.staff.reviewers, strict=True))
    play.adviser_id = await _register(officer, None)


async def _register(officer: Person, number: int | None) -> str:
    body = {
        "subject": "rehearsal-adviser" if number is None else f"rehearsal-reviewer-{number}",
        "expertise": ["smart city", "urban planning" if number is None else "operation"],
        "organisation_ids": [],
        "languages": ["ko", "en"],
    }
    answer = await officer.ask("POST", REVIEWERS, json=body)
    found = answer.json()
    return str(found["id"] if answer.status_code == CREATED else found["reviewer_id"])


async def assign(play: Play, track: Track) -> None:
    """A panel for the track, and as many reviewers for each eligible case as the call wants."""
    officer = play.staff.secretariat[track]
    ids = list(play.reviewer_ids)
    await officer.post(PANELS, {"call_id": play.call_id, "track": track, "reviewer_ids": ids})
    entries = _reviewed(play, track)
    await play.screen.crowd(f"{track}: assignment", [_assign(play, officer, one) for one in entries])


def _reviewed(play: Play, track: Track) -> list[Entry]:
    return [one for one in play.received(track) if one.eligible]


def _reviewers_of(play: Play, entry: Entry) -> list[str]:
    """The ids of the reviewers of a case, turning through the panel; one more where one will step back."""
    rules = play.definition(entry.applicant.track).selection
    needed = rules.aggregation.min_sheets + (entry.applicant.story is Story.CONFLICTED)
    ids = list(play.reviewer_ids)
    return [ids[(entry.applicant.number + turn) % len(ids)] for turn in range(needed)]


async def _assign(play: Play, officer: Person, entry: Entry) -> None:
    body = {"reviewer_ids": _reviewers_of(play, entry)}
    await officer.post(f"{CASES}/{entry.case_id}/assignments", body)


async def score(play: Play, track: Track) -> None:
    """Declarations, sheets, and the closing, which is refused while one sheet is missing."""
    entries = _reviewed(play, track)
    await play.screen.crowd(f"{track}: declarations", [_declare(play, one) for one in entries])
    sheets = [sheet for entry in entries for sheet in _sheets_of(play, entry)]
    last = sheets.pop()
    mine = await _assignments(play)
    await play.screen.crowd(f"{track}: score sheets", [_write(play, mine, sheet) for sheet in sheets])
    await _check_not_closable(play, track, last.entry)
    await _write(play, mine, last)
    for sheet in [*sheets, last]:
        sheet.entry.sheets.append(_points(play, sheet))


def _sheets_of(play: Play, entry: Entry) -> list[Sheet]:
    ids = _reviewers_of(play, entry)
    staying = ids[:-1] if entry.applicant.story is Story.CONFLICTED else ids
    return [Sheet(entry, play.reviewer_ids[one], place) for place, one in enumerate(staying)]


async def _declare(play: Play, entry: Entry) -> None:
    path = f"{CASES}/{entry.case_id}/conflict-declaration"
    for sheet in _sheets_of(play, entry):
        await sheet.reviewer.do("PUT", path, json={"has_conflict": False})
    if entry.applicant.story is Story.CONFLICTED:
        reviewer = play.reviewer_ids[_reviewers_of(play, entry)[-1]]
        conflict = {"has_conflict": True, "kind": "recusal", "reason_code": "joint_work"}
        await reviewer.do("PUT", path, json=conflict)
        status = await reviewer.status(f"{CASES}/{entry.case_id}")
        name = f"{entry.applicant.track}: a reviewer with a conflict sees the case no more"
        play.checks.equal(name, 404, status)


async def _assignments(play: Play) -> dict[tuple[str, str], str]:
    """Assignment ids by case and token of the reviewer."""
    lists = await at_once(*(one.all_of(ASSIGNMENTS) for one in play.staff.reviewers))
    return {
        (item["case_id"], str(reviewer.token)): item["id"]
        for reviewer, items in zip(play.staff.reviewers, lists, strict=True)
        for item in items
    }


async def _write(play: Play, assignments: dict[tuple[str, str], str], sheet: Sheet) -> None:
    assignment = assignments[sheet.entry.case_id, str(sheet.reviewer.token)]
    path = f"{ASSIGNMENTS}/{assignment}/score-sheet"
    rules = play.definition(sheet.entry.applicant.track).selection
    points = _points(play, sheet)
    scores = [
        {"criterion": item.code, "points": points[item.code], "comment": comment_on(item, sheet.place)}
        for item in rules.criteria
    ]
    await sheet.reviewer.do("PUT", path, json={"scores": scores}, headers={"If-Match": '"0"'})
    await sheet.reviewer.post(f"{path}/submission")


def _points(play: Play, sheet: Sheet) -> dict[str, int]:
    return points_of(sheet.entry.applicant, _rules(play, sheet.entry), sheet.place)


def _rules(play: Play, entry: Entry) -> SelectionRules:
    return play.definition(entry.applicant.track).selection


async def _check_not_closable(play: Play, track: Track, lacking: Entry) -> None:
    refusal = await play.staff.secretariat[track].refused("POST", EVALUATIONS, json=_scope(play, track))
    play.checks.equal(
        f"{track}: an evaluation that lacks a sheet is not closed", "evaluation-incomplete", refusal.type
    )
    play.checks.equal(f"{track}: the refusal names the case", [f"/cases/{lacking.case_id}"], refusal.pointers)


def _scope(play: Play, track: Track) -> dict[str, str]:
    return {"call_id": play.call_id, "track": track}


async def close_evaluation(play: Play, track: Track) -> str:
    """Close and rank; the ranking is what the sheets say, by a second reading of the call's rules."""
    officer = play.staff.secretariat[track]
    evaluation = await officer.post(EVALUATIONS, _scope(play, track))
    path = f"{EVALUATIONS}/{evaluation['id']}"
    ranking = await officer.get(f"{path}/ranking")
    play.rankings[track] = ranking["ranking"]["places"]
    _check_ranking(play, track, play.rankings[track])
    digest = hashlib.sha256(rfc8785.dumps(ranking["ranking"])).hexdigest()
    play.checks.equal(f"{track}: the ranking has its digest", evaluation["ranking_sha256"], digest)
    bundle = (await officer.get(f"{path}/bundle"))["bundle"]
    digest = hashlib.sha256(rfc8785.dumps(bundle)).hexdigest()
    play.checks.equal(
        f"{track}: the bundle has the digest that the ranking names",
        ranking["ranking"]["bundle_sha256"],
        digest,
    )
    return str(evaluation["id"])


def _check_ranking(play: Play, track: Track, places: list[dict[str, Any]]) -> None:
    definition = play.definition(track)
    entries = {entry.receipt_no: entry for entry in _reviewed(play, track)}
    scored = [_scored(entry) for entry in entries.values()]
    expected = expected_ranking(scored, definition.selection, definition.money.max_support_krw)
    play.checks.equal(
        f"{track}: the ranking is what the sheets say",
        [[one.rank, one.receipt_no, one.total, one.selected, one.support_krw] for one in expected],
        [
            [one["rank"], one["receipt_no"], one["total"], one["state"] == "selected", one["support_krw"]]
            for one in places
        ],
    )
    stories = {one["receipt_no"]: entries[one["receipt_no"]].applicant.story for one in places}
    _check_tie(play, track, places, stories)
    weak = {number for number, story in stories.items() if story is Story.WEAK}
    below = {one["receipt_no"] for one in places if one["reason"] == "below_threshold"}
    play.checks.equal(f"{track}: the weak are below the threshold", sorted(weak), sorted(below))
    quota = definition.selection.quota
    chosen = sum(one["state"] == "selected" for one in places)
    play.checks.holds(
        f"{track}: as many are selected as the call wants",
        quota.min <= chosen <= quota.max,
        expected=f"{quota.min} to {quota.max}",
        actual=chosen,
    )


def _check_tie(play: Play, track: Track, places: list[dict[str, Any]], stories: dict[str, Story]) -> None:
    tied = [one for one in places if stories[one["receipt_no"]] in (Story.TIED_EARLIER, Story.TIED_LATER)]
    play.checks.equal(f"{track}: two cases tie", 1, len({one["total"] for one in tied}))
    order = [stories[one["receipt_no"]].name for one in tied]
    play.checks.equal(
        f"{track}: the tie-break decides for the later one", ["TIED_LATER", "TIED_EARLIER"], order
    )
    outcome = [one["state"] for one in tied]
    play.checks.equal(f"{track}: so the tie-break decides who is selected", ["selected", "reserve"], outcome)


def _scored(entry: Entry) -> Scored:
    receipt = entry.receipt or {}
    return Scored(
        receipt_no=entry.receipt_no,
        arrived_at=datetime.fromisoformat(receipt["arrived_at"]),
        requested_amount_krw=entry.requested_amount_krw,
        sheets=entry.sheets,
    )
