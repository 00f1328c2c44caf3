"""The selection: proposed and approved by two people, announced at its instant, then everywhere."""

from deploy.local.rehearsal.play import Play
from deploy.local.rehearsal.stages.catalogue import check_shown
from deploy.local.rehearsal.stages.mails import check_outcome_mails
from deploy.local.rehearsal.waiting import until
from shared.auth.caller import Track

SELECTIONS = "/review/v1/selections"
RESULTS = "/review/v1/applications/{}/result"
VISIBLE = 200


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


async def announce(play: Play, track: Track) -> None:
    """At the embargo instant the selection is out: to the public, in the catalogue, to every applicant."""
    await play.clock.step(f"{track}: announcement of the selection", play.round(track).announce_at)
    public, selection = play.door.public, play.selections[track]
    status = await until(lambda: public.status(f"{SELECTIONS}/{selection}"), lambda found: found == VISIBLE)
    play.checks.equal(f"{track}, announced: the public sees the selection", VISIBLE, status)
    chosen = sorted(one["application_id"] for one in play.rankings[track] if one["state"] == "selected")
    told = await public.get(f"{SELECTIONS}/{selection}")
    named = sorted(one["application_id"] for one in told["selected"])
    play.checks.equal(f"{track}, announced: it names the selected", chosen, named)
    await check_shown(play, track, chosen)
    await check_outcome_mails(play, track)
    await _check_results(play, track)


async def _check_results(play: Play, track: Track) -> None:
    entries = [one for one in play.received(track) if one.eligible]
    name = f"{track}, announced"
    results = await play.screen.crowd(
        f"{name}: results", [one.person.get(RESULTS.format(one.application_id)) for one in entries]
    )
    told = {one["application_id"]: [one["outcome"], one["total_points"]] for one in results}
    ranked = {one["application_id"]: [one["state"], one["total"]] for one in play.rankings[track]}
    play.checks.equal(f"{name}: every evaluated applicant has its outcome and total", ranked, told)
    others = [one for one in play.received(track) if not one.eligible]
    statuses = [await one.person.status(RESULTS.format(one.application_id)) for one in others]
    play.checks.equal(f"{name}: who was not evaluated has no result", [404] * len(others), statuses)


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
