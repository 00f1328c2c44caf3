"""What applicants do in a sandbox: begin, fill in, upload, submit, withdraw."""

from deploy.local.rehearsal.applications import APPLICATIONS, fill_in, submit, upload, withdraw
from deploy.local.rehearsal.door import at_once
from deploy.local.rehearsal.play import Entry
from deploy.local.rehearsal.samples.answers import answers_to
from deploy.local.rehearsal.waiting import until
from deploy.sandbox.people import MINISTRY
from deploy.sandbox.samples import NEVER_RECEIVED, SAMPLES, Ending, Sample
from deploy.sandbox.scene import Scene
from shared.events.call_definition import TrackDefinition

CASES = "/review/v1/cases"
PATIENCE_SECONDS = 120.0
"""How long workers may take; on a busy machine much of it."""


class NoCase(Exception):
    """Review did not open a case for a received application in time."""


async def apply(scene: Scene) -> None:
    """Every sample application, as far as its applicant takes it. Raises ``Refused``, ``NoCase``."""
    await at_once(*(_write(scene, sample) for sample in SAMPLES))
    received = [sample for sample in SAMPLES if sample.ending not in NEVER_RECEIVED]
    await at_once(*(submit(scene.entries[sample]) for sample in received))
    cases = await _cases(scene, received)
    for sample in received:
        entry = scene.entries[sample]
        scene.case_ids[sample] = cases[entry.application_id]
        if sample.ending is Ending.WITHDRAWN:
            await withdraw(entry)


async def _write(scene: Scene, sample: Sample) -> None:
    person = scene.people[sample.owner]
    definition = scene.round.track(sample.which, sample.track)
    applicant = sample.applicant(definition)
    begun = await person.do(
        "POST", APPLICATIONS, json={"call_code": scene.round.code(sample.which), "track": sample.track}
    )
    entry = Entry(applicant, person, application_id=begun.json()["id"], etag=begun.headers["ETag"])
    scene.entries[sample] = entry
    if sample.ending is not Ending.EMPTY:
        answers = answers_to(definition.form, applicant)
        await fill_in(entry, {**applicant.sections, "answers": answers})
        for kind in _documents(sample, definition):
            await upload(entry, kind)
    if sample.ending is Ending.DRAFT_WITHDRAWN:
        await withdraw(entry)


def _documents(sample: Sample, track: TrackDefinition) -> list[str]:
    kinds = [document.kind for document in track.documents if document.required]
    return kinds[:-1] if sample.ending is Ending.ALMOST else kinds


async def _cases(scene: Scene, received: list[Sample]) -> dict[str, str]:
    """Ids of their cases by application, once review has heard of all. Raises ``NoCase``."""
    wanted = {scene.entries[sample].application_id for sample in received}
    ministry = scene.people[MINISTRY[0]]

    async def found() -> dict[str, str]:
        calls = {scene.call_ids[sample.which] for sample in received}
        cases = [case for call_id in calls for case in await ministry.all_of(CASES, call_id=call_id)]
        return {case["application_id"]: case["id"] for case in cases}

    cases = await until(found, lambda known: wanted <= known.keys(), within=PATIENCE_SECONDS, every=0.5)
    if missing := wanted - cases.keys():
        raise NoCase(f"no case for {len(missing)} applications: is the worker of review up?")
    return cases
