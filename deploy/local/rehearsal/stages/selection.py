"""The selection: proposed and approved by two people, under embargo until its instant, then everywhere."""

from collections import Counter
from typing import Any

from deploy.local.rehearsal.door import Person
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.stages.screening import CASES
from deploy.local.rehearsal.timetable import A_MILLISECOND
from deploy.local.rehearsal.waiting import until
from shared.auth.caller import Track

SELECTIONS = "/review/v1/selections"
RESULTS = "/review/v1/applications/{}/result"
PROJECTS, STATISTICS = "/catalog/v1/projects", "/catalog/v1/statistics"
MESSAGES = "/notification/v1/messages"
OUTCOMES = ("selection", "non_selection")


async def decide(play: Play, track: Track, evaluation_id: str) -> None:
    """One ministry officer proposes, another approves; the same one may not."""
    announce_at = play.round(track).announce_at
    await play.clock.step(f"{track}: proposal of the selection", play.round(track).proposing)
    proposer, approver = play.staff.ministry
    body = {"evaluation_id": evaluation_id, "announce_at": announce_at.isoformat()}
    selection = await proposer.post(SELECTIONS, body)
    play.selections[track] = selection["id"]
    path = f"{SELECTIONS}/{selection['id']}/approval"
    refusal = await proposer.refused("POST", path)
    play.checks.equal(f"{track}: nobody approves what they proposed", "four-eyes-required", refusal.type)
    refusal = await play.staff.secretariat[track].refused("POST", path)
    play.checks.equal(f"{track}: a secretariat does not approve", 403, refusal.status)
    await approver.post(path)


async def hold_embargo(play: Play, track: Track) -> None:
    """A millisecond before the embargo instant nothing of the outcome is visible, by any route."""
    instant = play.round(track).announce_at - A_MILLISECOND
    await play.clock.step(f"{track}: embargo − 1 ms", instant)
    public, selection = play.door.public, play.selections[track]
    play.checks.equal(
        f"{track}, embargo: the public sees no selection",
        404,
        await public.status(f"{SELECTIONS}/{selection}"),
    )
    listed = [one["id"] for one in await public.all_of(SELECTIONS)]
    play.checks.equal(f"{track}, embargo: the public list has no selection", 0, listed.count(selection))
    play.checks.equal(f"{track}, embargo: the catalogue shows none", [], await _shown(play, track))
    counted = await _counted(public)
    play.checks.equal(f"{track}, embargo: statistics are as before", _before(play, track), counted)
    await _check_people(play, track)
    mails = [one for one in await messages(play) if _is_outcome(play, track, one)]
    play.checks.equal(f"{track}, embargo: no mail about an outcome is queued", [], mails)


def _before(play: Play, track: Track) -> dict[str, int]:
    """The catalogue's numbers before this selection: as at first, with the demonstrations where they are out."""
    found: dict[str, int] = play.tally["catalogue"]["before" if track == "demonstration" else "between"]
    return found


async def _check_people(play: Play, track: Track) -> None:
    entries = [one for one in play.received(track) if one.eligible]
    name = f"{track}, embargo"
    statuses = await play.screen.crowd(
        f"{name}: results", [one.person.status(RESULTS.format(one.application_id)) for one in entries]
    )
    play.checks.equal(f"{name}: no applicant has a result", [404], sorted(set(statuses)))
    states = await play.screen.crowd(
        f"{name}: applicants' cases", [_case_state(one.person, one) for one in entries]
    )
    play.checks.equal(
        f"{name}: no case tells its outcome",
        [],
        [one for one in states if one in ("selected", "not_selected")],
    )


async def _case_state(person: Person, entry: Entry) -> str:
    answer = await person.ask("GET", f"{CASES}/{entry.case_id}")
    return str(answer.json().get("state", "hidden"))


async def announce(play: Play, track: Track) -> None:
    """At the embargo instant the selection is out: to the public, in the catalogue, to every applicant."""
    await play.clock.step(f"{track}: announcement of the selection", play.round(track).announce_at)
    public, selection = play.door.public, play.selections[track]
    status = await until(lambda: public.status(f"{SELECTIONS}/{selection}"), lambda found: found == 200)  # noqa: PLR2004 - seen
    play.checks.equal(f"{track}, announced: the public sees the selection", 200, status)
    chosen = sorted(one["application_id"] for one in play.rankings[track] if one["state"] == "selected")
    told = await public.get(f"{SELECTIONS}/{selection}")
    play.checks.equal(
        f"{track}, announced: it names the selected",
        chosen,
        sorted(one["application_id"] for one in told["selected"]),
    )
    applicants = {entry.application_id: entry.applicant for entry in play.entered(track)}
    titles = sorted(applicants[one].project["title"]["en"] for one in chosen)
    shown = await until(lambda: _shown(play, track), lambda found: found == titles)
    play.checks.equal(f"{track}, announced: the catalogue shows the selected", titles, shown)
    await _check_results(play, track, set(chosen))
    await _count_after(play, track, len(chosen))


async def _check_results(play: Play, track: Track, chosen: set[str]) -> None:
    entries = [one for one in play.received(track) if one.eligible]
    name = f"{track}, announced"
    results = await play.screen.crowd(
        f"{name}: results", [one.person.get(RESULTS.format(one.application_id)) for one in entries]
    )
    selected = {one["application_id"] for one in results if one["outcome"] == "selected"}
    play.checks.equal(f"{name}: every applicant has its result", len(entries), len(results))
    play.checks.equal(f"{name}: results say who is selected", sorted(chosen), sorted(selected))
    others = [one for one in play.received(track) if not one.eligible]
    statuses = [await one.person.status(RESULTS.format(one.application_id)) for one in others]
    play.checks.equal(f"{name}: who was not evaluated has no result", [404] * len(others), statuses)


async def _shown(play: Play, track: Track) -> list[str]:
    """English titles of this call's projects of a track in the public catalogue."""
    kinds = {"demonstration"} if track == "demonstration" else {"development_plan", "solution_plan"}
    found = await play.door.public.all_of(PROJECTS, state="selected", year=play.rehearsed.call.year)
    return sorted(one["title"]["en"] for one in found if _is_of(play, one) and one["type"] in kinds)


def _is_of(play: Play, project: dict[str, Any]) -> bool:
    return bool(project["call"] and project["call"]["code"] == play.code)


async def _counted(public: Person) -> dict[str, int]:
    """The catalogue's own counts."""
    totals = {one["measure"]: one for one in (await public.get(STATISTICS))["totals"]}
    listed = await public.all_of(PROJECTS)
    return {
        "projects in the list": len(listed),
        "completed projects": totals["projects"]["completed"]["value"],
        "selected projects": totals["projects"]["selected"]["value"],
        "selected demonstrations": totals["demonstration"]["selected"]["value"],
        "selected plans": sum(
            totals[measure]["selected"]["value"] for measure in ("development_plan", "solution_plan", "plan")
        ),
    }


async def count_before(play: Play) -> None:
    """What the catalogue counts before anything is announced: the completed projects are all there."""
    before = await until(lambda: _counted(play.door.public), lambda found: found["completed projects"] > 0)
    play.tally["catalogue"] = {"before": before}
    play.checks.equal("the catalogue has the 49 completed projects", 49, before["completed projects"])


async def _count_after(play: Play, track: Track, chosen: int) -> None:
    before = _before(play, track)
    after = await _counted(play.door.public)
    what = "selected demonstrations" if track == "demonstration" else "selected plans"
    wanted = before | {
        name: before[name] + chosen for name in ("projects in the list", "selected projects", what)
    }
    play.checks.equal(f"{track}, announced: the catalogue counts the selected", wanted, after)
    play.tally["catalogue"]["between" if track == "demonstration" else "after"] = after


async def messages(play: Play) -> list[dict[str, Any]]:
    """Every mail about an application of this rehearsal."""
    own = {entry.application_id for entry in play.entries.values()}
    found = await play.staff.operator.all_of(MESSAGES)
    return [one for one in found if one["application_id"] in own]


def _is_outcome(play: Play, track: Track, message: dict[str, Any]) -> bool:
    own = {entry.application_id for entry in play.entered(track)}
    return message["template"] in OUTCOMES and message["application_id"] in own


async def invite(play: Play, track: Track) -> None:
    """Officials of the selected cities are invited to the occasion; asking twice invites once."""
    occasion = next(one for one in play.rehearsed.call.occasions if track in one.tracks)
    await play.clock.step(f"{track}: invitations", play.timetable.inviting)
    path, body = f"{SELECTIONS}/{play.selections[track]}/invitations", {"occasion_code": occasion.code}
    first = await play.staff.ministry[0].post(path, body)
    again = await play.staff.ministry[1].post(path, body)
    chosen = sum(one["state"] == "selected" for one in play.rankings[track])
    ids = [sorted(one["id"] for one in answer["items"]) for answer in (first, again)]
    play.checks.equal(f"{track}: one invitation for each selected project", chosen, len(ids[0]))
    play.checks.equal(f"{track}: who is invited twice has one invitation", ids[0], ids[1])


async def settle_mails(play: Play) -> None:
    """Every mail is delivered, or bounced where the mailbox refuses it; one for each reason and addressee."""
    wanted = _wanted_mails(play)
    found = await until(lambda: _states(play), lambda states: states == wanted)
    play.tally["mails"] = found
    play.checks.equal("every mail has been sent once, by template and state", wanted, found)
    ids = [one["message_id"] for one in await messages(play)]
    play.checks.equal("every mail has a Message-ID of its own", len(ids), len(set(ids)))


async def _states(play: Play) -> dict[str, dict[str, int]]:
    counted = Counter((one["template"], one["state"]) for one in await messages(play))
    found: dict[str, dict[str, int]] = {}
    for (template, state), number in sorted(counted.items()):
        found.setdefault(template, {})[state] = number
    return found


def _wanted_mails(play: Play) -> dict[str, dict[str, int]]:
    counted: Counter[tuple[str, str]] = Counter()
    outcomes = {one["receipt_no"]: one["state"] for places in play.rankings.values() for one in places}
    invited = {one["receipt_no"] for one in play.rankings["demonstration"] if one["state"] == "selected"}
    for entry in play.entries.values():
        if entry.receipt is None:
            continue
        to_applicant = "bounced" if entry.applicant.contact["email"].startswith("bounce") else "delivered"
        counted["receipt", to_applicant] += 1
        if entry.applicant.partner:
            counted["partner_confirmation_request", "delivered"] += 1
        if entry.eligible is not None:
            counted["decision_eligible" if entry.eligible else "decision_ineligible", to_applicant] += 1
        if entry.receipt_no in outcomes:
            chosen = outcomes[entry.receipt_no] == "selected"
            counted["selection" if chosen else "non_selection", to_applicant] += 1
        if entry.receipt_no in invited:
            counted["expo_invitation", "delivered"] += 1
    found: dict[str, dict[str, int]] = {}
    for (template, state), number in sorted(counted.items()):
        found.setdefault(template, {})[state] = number
    return found
