"""From the case to its eligibility: screening by the secretariat, confirmations by partners, pre-consulting."""

from typing import Any

from deploy.local.rehearsal.applications import APPLICATIONS
from deploy.local.rehearsal.door import Refusal, at_once
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.samples.story import Story
from deploy.local.rehearsal.waiting import until
from shared.auth.caller import Track

S = Story
CASES = "/review/v1/cases"
REVISION_SAVES_KRW = 10_000_000
CONSULTED = frozenset({S.STRONG, S.TIED_EARLIER, S.TIED_LATER})
"""The proposals that are chosen for pre-consulting (사전컨설팅)."""


async def open_cases(play: Play, track: Track) -> None:
    """Every received application has one case, a withdrawn one a closed case."""
    received = {entry.application_id: entry for entry in play.received(track)}
    withdrawn = {key for key, entry in received.items() if entry.withdrawn}
    cases = await until(
        lambda: cases_of(play, track),
        lambda found: (
            set(found) == set(received) and all(found[key]["state"] == "withdrawn" for key in withdrawn)
        ),
    )
    play.checks.equal(f"{track}: one case for each received application", sorted(received), sorted(cases))
    closed = {key for key, case in cases.items() if case["state"] == "withdrawn"}
    play.checks.equal(f"{track}: withdrawn applications have closed cases", sorted(withdrawn), sorted(closed))
    for key, case in cases.items():
        if key in received:
            received[key].case_id = case["id"]
    late = sorted(key for key, entry in received.items() if entry.applicant.story is S.AFTER_CUT_OFF)
    rolling = sorted(key for key, case in cases.items() if case["rolls_over"])
    play.checks.equal(f"{track}: who missed the cut-off rolls over to the next year", late, rolling)


async def cases_of(play: Play, track: Track) -> dict[str, dict[str, Any]]:
    """The cases of this rehearsal's call, by application id."""
    officer = play.staff.secretariat[track]
    found = await officer.all_of(CASES, call_id=play.call_id, track=track)
    return {case["application_id"]: case for case in found}


async def confirm_partners(play: Play, track: Track) -> None:
    """Partners follow the link in their mail; one does not."""
    if play.mailboxes is None:
        play.tally["left_out"] = ["partner confirmations: the mailboxes are not on this machine"]
        return
    asked = [one for one in play.received(track) if one.applicant.partner and not one.withdrawn]
    confirming = [one for one in asked if one.applicant.story is not S.UNCONFIRMED]
    await play.screen.crowd(f"{track}: partners confirm", [_confirm(play, one) for one in confirming])
    play.checks.equal(
        f"{track}: every partner was sent a link",
        len(confirming),
        sum(one.partner_confirmed for one in confirming),
    )
    marks = await play.screen.crowd(f"{track}: confirmed cases", [_marked(play, one) for one in asked])
    play.checks.equal(
        f"{track}: the cases of those who confirmed are marked, the others are not",
        [one.partner_confirmed for one in asked],
        marks,
    )


async def _marked(play: Play, entry: Entry) -> bool:
    """Whether review knows of the confirmation; waits where there was one."""
    officer = play.staff.secretariat[entry.applicant.track]
    case = await until(
        lambda: officer.get(f"{CASES}/{entry.case_id}"),
        lambda found: not entry.partner_confirmed or found["partner_confirmed_at"] is not None,
    )
    return case["partner_confirmed_at"] is not None


async def _confirm(play: Play, entry: Entry) -> None:
    partner, mailboxes = entry.applicant.partner, play.mailboxes
    if partner is None or mailboxes is None:
        return
    address, receipt_no = partner["contact"]["email"], entry.receipt_no
    link = await until(
        lambda: mailboxes.confirmation_link(address, receipt_no), lambda found: found is not None
    )
    if link is None:
        return
    await play.door.public.get(link)
    before = await entry.person.get(f"{APPLICATIONS}/{entry.application_id}")
    await play.door.public.do("POST", link)
    await play.door.public.do("POST", link)
    entry.partner_confirmed = before["partner"]["confirmed_at"] is None


async def screen_cases(play: Play, track: Track) -> None:
    """The secretariat decides; at one case two officers decide at once."""
    await _check_foreign_officer(play, track)
    entries = [one for one in play.received(track) if not one.withdrawn]
    entries = [one for one in entries if one.applicant.story is not S.AFTER_CUT_OFF]
    first, others = entries[0], entries[1:]
    answers = await at_once(*(_decision(play, first, f"{n}") for n in range(2)))
    refused = [Refusal.of(answer).type for answer in answers if not answer.is_success]
    play.checks.equal(
        f"{track}: of two decisions at once one is refused", ["eligibility-already-decided"], refused
    )
    await play.screen.crowd(f"{track}: screening", [_decide(play, one) for one in others])
    wanted = {one.application_id: "eligible" if one.eligible else "ineligible" for one in entries}
    cases = await cases_of(play, track)
    states = {key: case["state"] for key, case in cases.items() if key in wanted}
    play.checks.equal(f"{track}: every case is decided", wanted, states)


async def _check_foreign_officer(play: Play, track: Track) -> None:
    other = play.staff.secretariat["planning" if track == "demonstration" else "demonstration"]
    entry = play.received(track)[0]
    status = await other.status(f"{CASES}/{entry.case_id}")
    play.checks.equal(f"{track}: the other secretariat sees no case", 404, status)
    stranger = play.received(track)[1].person
    status = await stranger.status(f"{APPLICATIONS}/{entry.application_id}")
    play.checks.equal(f"{track}: another applicant sees no application", 404, status)


async def _decide(play: Play, entry: Entry) -> None:
    answer = await _decision(play, entry, "only")
    answer.raise_for_status()


async def _decision(play: Play, entry: Entry, who: str) -> Any:
    track = entry.applicant.track
    rules = [rule.code for rule in play.definition(track).eligibility]
    entry.eligible = entry.applicant.story is not S.INELIGIBLE
    body = {
        "eligible": entry.eligible,
        "unmet_rules": [] if entry.eligible else [rules[entry.applicant.number % len(rules)]],
        "note": f"Rehearsal, decision {who}.",
    }
    return await play.staff.secretariat[track].ask("POST", f"{CASES}/{entry.case_id}/eligibility", json=body)


async def check_no_pre_consulting(play: Play, track: Track) -> None:
    """The demonstration track has no pre-consulting."""
    entry = next(one for one in play.received(track) if one.eligible)
    refusal = await play.staff.secretariat[track].refused(
        "POST", f"{CASES}/{entry.case_id}/pre-consulting", json={"adviser_id": play.adviser_id}
    )
    play.checks.equal(f"{track}: pre-consulting is refused", "no-pre-consulting-on-this-track", refusal.type)


async def pre_consult(play: Play, track: Track) -> None:
    """The chosen proposals get an adviser's report and are revised."""
    chosen = play.entered(track, *CONSULTED)
    await play.screen.crowd(f"{track}: pre-consulting", [_consult(play, one) for one in chosen])
    cases = await cases_of(play, track)
    states = [cases[one.application_id]["state"] for one in chosen]
    play.checks.equal(f"{track}: consulted proposals are ready", ["ready"] * len(chosen), states)


async def _consult(play: Play, entry: Entry) -> None:
    officer = play.staff.secretariat[entry.applicant.track]
    path = f"{CASES}/{entry.case_id}/pre-consulting"
    begun = await officer.do("POST", path, json={"adviser_id": play.adviser_id})
    refusal = await officer.refused("POST", f"{path}/completion")
    name = f"planning applicant {entry.applicant.number}: pre-consulting needs report and revision"
    play.checks.equal(name, "pre-consulting-incomplete", refusal.type)
    report = {
        "text": f"Rehearsal: the plan for {entry.applicant.place.en} is sound; its phases are to be reordered.",
        "recommendations": ["Begin with one quarter.", "Name who pays for operation after two years."],
    }
    match = {"If-Match": begun.headers["ETag"]}
    written = await play.staff.adviser.do("PUT", f"{path}/report", json=report, headers=match)
    match = {"If-Match": written.headers["ETag"]}
    entry.revised_amount_krw = entry.requested_amount_krw - REVISION_SAVES_KRW
    revised = {
        "title": entry.applicant.project["title"],
        "summary": entry.applicant.project["summary"],
        "requested_amount_krw": entry.revised_amount_krw,
        "changes": "Rehearsal: begins with one quarter, which lowers the sum.",
    }
    await entry.person.do("PUT", f"{path}/revised-proposal", json=revised, headers=match)
    await officer.do("POST", f"{path}/completion")
