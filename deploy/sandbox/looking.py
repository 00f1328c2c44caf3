"""What a round left, found through the API: which thing is in which state, and who may see it."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

from deploy.local.rehearsal.applications import APPLICATIONS
from deploy.local.rehearsal.door import Door, Person, at_once
from deploy.local.rehearsal.stages.announcement import CALLS
from deploy.local.rehearsal.stages.catalogue import PROJECTS
from deploy.local.rehearsal.stages.mails import MESSAGES
from deploy.local.rehearsal.stages.selection import SELECTIONS
from deploy.sandbox.applying import CASES
from deploy.sandbox.calls import NAMES, Round, Which
from deploy.sandbox.people import APPLICANTS, MINISTRY, OPERATOR, People
from deploy.sandbox.samples import SAMPLES, Ending, Sample
from deploy.sandbox.states import Kind, Met

VISIBLE = 200
_ENGLISH = 2


@dataclass(frozen=True, slots=True)
class Found:
    """A thing in a state. ``path``: where it is read through the front door."""

    kind: Kind
    state: str
    about: str
    id: str
    path: str

    @property
    def met(self) -> Met:
        """What it is a sample of."""
        return (self.kind, self.state)


@dataclass(frozen=True, slots=True)
class Shown:
    """One sample of a state. ``number``: how many there are in it. ``seen_by``: sample people, None for everybody."""

    found: Found
    number: int
    seen_by: tuple[str, ...] | None


async def look(people: People, one: Round) -> list[Found]:
    """Everything of a round. Raises ``Refused``."""
    return [found async for found in _everything(people, one)]


async def shown(door: Door, people: People, found: Iterable[Found]) -> list[Shown]:
    """The first thing in each state, and who may see it: everybody is asked."""
    by_state: dict[Met, list[Found]] = {}
    for one in found:
        by_state.setdefault(one.met, []).append(one)
    return await at_once(*(_shown(door, people, ones) for ones in by_state.values()))


async def _shown(door: Door, people: People, ones: list[Found]) -> Shown:
    path = ones[0].path
    if await door.public.status(path) == VISIBLE:
        return Shown(ones[0], len(ones), None)
    seen = [name for name, person in people if await person.status(path) == VISIBLE]
    return Shown(ones[0], len(ones), tuple(seen))


async def _everything(people: People, one: Round) -> AsyncIterator[Found]:
    ministry = people[MINISTRY[0]]
    call_ids: dict[str, Which] = {}
    for which in Which:
        call = await ministry.get(f"{CALLS}/{one.code(which)}")
        call_ids[call["call_id"]] = which
        for found in _of_call(which, call):
            yield found
    applications: dict[str, str] = {}
    for name in APPLICANTS:
        async for found in _of_applications(people[name], one, applications):
            yield found
    async for found in _of_review(ministry, call_ids, applications):
        yield found
    async for found in _of_messages(people[OPERATOR], applications):
        yield found
    for project in await ministry.all_of(PROJECTS):
        if project["state"] == "completed" or _is_of(project, one):
            title = (project["title"] or project["city"] or {}).get("en") or "a project"
            yield Found(Kind.PROJECT, project["state"], title, project["id"], f"{PROJECTS}/{project['id']}")


async def _of_review(
    ministry: Person, call_ids: dict[str, Which], applications: dict[str, str]
) -> AsyncIterator[Found]:
    for call_id, which in call_ids.items():
        for case in await ministry.all_of(CASES, call_id=call_id):
            if case["application_id"] not in applications:
                continue
            about = f"{applications[case['application_id']]} ({NAMES[which][1]})"
            yield Found(Kind.CASE, case["state"], about, case["id"], f"{CASES}/{case['id']}")
    for selection in await ministry.all_of(SELECTIONS):
        if selection["call_id"] in call_ids:
            about, path = f"selection of the {selection['track']} track", f"{SELECTIONS}/{selection['id']}"
            yield Found(Kind.SELECTION, selection["state"], about, selection["id"], path)


async def _of_messages(operator: Person, applications: dict[str, str]) -> AsyncIterator[Found]:
    for message in await operator.all_of(MESSAGES):
        if message["application_id"] in applications:
            about = f"{message['template'].replace('_', ' ')}: {applications[message['application_id']]}"
            yield Found(Kind.MESSAGE, message["state"], about, message["id"], f"{MESSAGES}/{message['id']}")


def _of_call(which: Which, call: dict[str, Any]) -> Iterable[Found]:
    about, path = NAMES[which][_ENGLISH], f"{CALLS}/{call['code']}"
    yield Found(Kind.CALL, call["state"], about, call["code"], path)
    for track in call["tracks"]:
        told = f"the {track['track']} track of the call that is {NAMES[which][1]}"
        yield Found(Kind.WINDOW, track["window"]["state"], told, call["code"], path)


async def _of_applications(person: Person, one: Round, known: dict[str, str]) -> AsyncIterator[Found]:
    """Sample applications of somebody's organisation, and their documents; ``known`` learns what each is, by id.

    What people wrote who tried the sandbox is left out.
    """
    codes = {one.code(which): which for which in Which}
    for line in await person.all_of(APPLICATIONS):
        which = codes.get(line["call_code"])
        about = None if which is None else _about(one, which, line)
        if about is None:
            continue
        path = f"{APPLICATIONS}/{line['id']}"
        known[line["id"]] = about
        yield Found(Kind.APPLICATION, line["state"], about, line["id"], path)
        if line["state"] != "withdrawn":
            for document in (await person.get(path))["documents"]:
                at = f"/intake/v1/documents/{document['id']}/content"
                name = f"{document['file_name']}, {about}"
                yield Found(Kind.DOCUMENT, document["scan_state"], name, document["id"], at)


def _about(one: Round, which: Which, line: dict[str, Any]) -> str | None:
    """What an application is for: known by its title, the one without title is the empty one."""
    title = (line["title"] or {}).get("en")
    for sample in SAMPLES:
        if sample.which is which and sample.track == line["track"] and title == _title(one, sample):
            return sample.ending.value
    return None


def _title(one: Round, sample: Sample) -> str | None:
    if sample.ending is Ending.EMPTY:
        return None
    title: str = sample.applicant(one.track(sample.which, sample.track)).project["title"]["en"]
    return title


def _is_of(project: dict[str, Any], one: Round) -> bool:
    return bool(project["call"] and project["call"]["code"] == one.code(Which.PAST))
