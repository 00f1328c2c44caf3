"""A millisecond before the announcement of a selection: nobody sees anything of it, by any route."""

from deploy.local.rehearsal.door import Person
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.stages.catalogue import before, counted, shown
from deploy.local.rehearsal.stages.mails import outcome_mails
from deploy.local.rehearsal.stages.screening import CASES
from deploy.local.rehearsal.stages.selection import RESULTS, SELECTIONS
from deploy.local.rehearsal.timetable import A_MILLISECOND
from shared.auth.caller import Track


async def hold_embargo(play: Play, track: Track) -> None:
    """A millisecond before its instant the approved selection is invisible; the long look at people comes first."""
    instant = play.round(track).announce_at - A_MILLISECOND
    await play.clock.step(f"{track}: embargo − 1 ms", instant)
    name = f"{track}, embargo"
    await _check_people(play, track)
    await _check_selection(play, track)
    play.checks.equal(f"{name}: the catalogue shows none", [], await shown(play, track))
    numbers = await counted(play.door.public)
    play.checks.equal(f"{name}: the catalogue counts as before", before(play, track), numbers)
    play.checks.equal(f"{name}: no mail about an outcome exists", {}, await outcome_mails(play, track))


async def _check_selection(play: Play, track: Track) -> None:
    selection = play.selections[track]
    others = {
        "the public": play.door.public,
        "a selected applicant": _first(play, track).person,
        "a reviewer": play.staff.reviewers[0],
        "the other secretariat": play.staff.secretariat[_other(track)],
        "an operator": play.staff.operator,
    }
    for who, person in others.items():
        status = await person.status(f"{SELECTIONS}/{selection}")
        listed = [one["id"] for one in await person.all_of(SELECTIONS)]
        name = f"{track}, embargo: {who} sees no selection and finds none in the list"
        play.checks.equal(name, [404, 0], [status, listed.count(selection)])


def _first(play: Play, track: Track) -> Entry:
    receipt_no = play.rankings[track][0]["receipt_no"]
    return next(one for one in play.received(track) if one.receipt_no == receipt_no)


def _other(track: Track) -> Track:
    return "planning" if track == "demonstration" else "demonstration"


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
