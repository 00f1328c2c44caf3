"""The call: published by the ministry, kept under its embargo, announced at its instant."""

import re
from uuid import uuid4

from deploy.local.rehearsal.definition import Rehearsed
from deploy.local.rehearsal.door import Person
from deploy.local.rehearsal.play import Play
from deploy.local.rehearsal.waiting import until
from shared.auth.caller import Role

CALLS = "/intake/v1/calls"
VISIBLE = 200
YAML = {"Content-Type": "application/yaml"}


async def next_rehearsal(ministry: Person, rehearsed: Rehearsed) -> Rehearsed:
    """The call under the first code that no rehearsal on this database has used."""
    pattern = re.compile(re.escape(rehearsed.call.code) + r"(?:-R(\d+))?")
    codes = [str(call["code"]) for call in await ministry.all_of(CALLS)]
    used = [int(found[1] or 1) for code in codes if (found := pattern.fullmatch(code))]
    return rehearsed.again(max(used, default=0) + 1)


async def publish_under_embargo(play: Play) -> None:
    """A second before the announcement the ministry publishes the call, and nobody else knows."""
    await play.clock.step("a second before the announcement", play.timetable.before_announcement)
    ministry, text = play.staff.ministry[0], play.rehearsed.text.encode()
    published = (await ministry.do("POST", CALLS, content=text, headers=YAML)).json()
    play.call_id = published["call_id"]
    again = (await ministry.do("POST", CALLS, content=text, headers=YAML)).json()
    play.checks.equal("a call published twice is one call", play.call_id, again["call_id"])
    play.checks.equal("the ministry sees the call as scheduled", "scheduled", published["state"])
    await _check_hidden(play)


async def _check_hidden(play: Play) -> None:
    door, here = play.door, f"{CALLS}/{play.code}"
    applicant = await door.person("rehearsal-early-bird", Role.APPLICANT, organisation_id=uuid4())
    people = {
        "the public": door.public,
        "a secretariat officer": play.staff.secretariat["planning"],
        "an applicant": applicant,
        "an operator": play.staff.operator,
    }
    for name, person in people.items():
        play.checks.equal(f"before the announcement {name} gets 404", 404, await person.status(here))
        listed = [call["code"] for call in await person.all_of(CALLS)]
        play.checks.equal(f"before the announcement {name} finds it in no list", 0, listed.count(play.code))
    refusal = await applicant.refused(
        "POST", "/intake/v1/applications", json={"call_code": play.code, "track": "planning"}
    )
    play.checks.equal("before the announcement nobody can begin an application", 404, refusal.status)


async def announce(play: Play) -> None:
    """At the announcement instant everybody sees the call, with its windows still closed."""
    await play.clock.step("announcement of the call", play.timetable.announcement)
    status = await until(
        lambda: play.door.public.status(f"{CALLS}/{play.code}"), lambda found: found == VISIBLE
    )
    play.checks.equal("at the announcement instant the public sees the call", VISIBLE, status)
    call = await play.door.public.get(f"{CALLS}/{play.code}")
    states = {track["track"]: track["window"]["state"] for track in call["tracks"]}
    play.checks.equal(
        "no window is open at the announcement", {"demonstration": "not_open", "planning": "not_open"}, states
    )
    listed = [one["code"] for one in await play.door.public.all_of(CALLS)]
    play.checks.equal("the public list shows the call once", 1, listed.count(play.code))
    shown = len(call["assumptions"])
    play.checks.equal("assumed values are marked", len(play.rehearsed.call.assumptions), shown)
