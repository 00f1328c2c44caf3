"""What an applicant's front end does: begin, fill in, upload, submit, withdraw."""

from typing import Any
from uuid import uuid4

import httpx

from deploy.local.rehearsal.door import Refusal, at_once
from deploy.local.rehearsal.play import Entry, Play
from deploy.local.rehearsal.samples.answers import answers_to
from deploy.local.rehearsal.samples.applicant import Applicant
from deploy.local.rehearsal.samples.pdf import small_pdf
from deploy.local.rehearsal.samples.story import Story
from shared.auth.caller import Role

APPLICATIONS = "/intake/v1/applications"
PDF = {"Content-Type": "application/pdf"}


async def prepare(play: Play, applicant: Applicant) -> Entry:
    """A draft that is as complete as the applicant's story wants it. It stands in ``play.entries``."""
    person = await play.door.person(
        applicant.subject, Role.APPLICANT, organisation_id=applicant.organisation_id(play.code)
    )
    begun = await person.do("POST", APPLICATIONS, json={"call_code": play.code, "track": applicant.track})
    entry = Entry(applicant, person, application_id=begun.json()["id"], etag=begun.headers["ETag"])
    play.entries[applicant.number] = entry
    await fill_in(entry, _sections(play, applicant))
    for kind in _documents(play, applicant):
        await upload(entry, kind)
    return entry


async def fill_in(entry: Entry, sections: dict[str, Any]) -> None:
    """Change the draft; the entry learns its new ETag."""
    path = f"{APPLICATIONS}/{entry.application_id}"
    changed = await entry.person.do("PATCH", path, json=sections, headers={"If-Match": entry.etag})
    entry.etag = changed.headers["ETag"]


async def upload(entry: Entry, kind: str) -> None:
    """Put in a small PDF as the document of this kind."""
    number = entry.applicant.number
    await entry.person.do(
        "POST",
        f"{APPLICATIONS}/{entry.application_id}/documents",
        params={"kind": kind, "file_name": f"{kind}-{number:03d}.pdf"},
        content=small_pdf(f"Rehearsal sample {number}: {kind}"),
        headers=PDF,
    )


async def missing(entry: Entry) -> list[str]:
    """Pointers to what the draft still lacks, as the API tells."""
    told = await entry.person.get(f"{APPLICATIONS}/{entry.application_id}/completeness")
    return sorted(violation["pointer"] for violation in told["findings"])


async def submit(entry: Entry) -> None:
    """Submit; the entry has its receipt then. Raises ``Refused``."""
    entry.submission_key = str(uuid4())
    answer = await _submission(entry, entry.submission_key)
    answer.raise_for_status()
    entry.receipt = answer.json()


async def submit_again(entry: Entry) -> dict[str, Any]:
    """The same submission once more, with the key of the first: the receipt that is given."""
    found: dict[str, Any] = (await _submission(entry, entry.submission_key)).json()
    return found


async def submit_twice_at_once(entry: Entry) -> list[httpx.Response]:
    """Two submissions in parallel, each with a key of its own; the entry has the receipt of the one accepted."""
    keys = [str(uuid4()), str(uuid4())]
    answers: list[httpx.Response] = await at_once(*(_submission(entry, key) for key in keys))
    for key, answer in zip(keys, answers, strict=True):
        if answer.is_success:
            entry.submission_key, entry.receipt = key, answer.json()
    return answers


async def try_to_submit(entry: Entry) -> Refusal | None:
    """A submission that should be refused: with what, or None when it was accepted (the entry has the receipt)."""
    answer = await _submission(entry, str(uuid4()))
    if answer.is_success:
        entry.receipt = answer.json()
        return None
    refusal = Refusal.of(answer)
    entry.refusals.append(refusal.type)
    return refusal


async def withdraw(entry: Entry) -> None:
    """Take the application back."""
    await entry.person.post(f"{APPLICATIONS}/{entry.application_id}/withdrawal")
    entry.withdrawn = True


async def _submission(entry: Entry, key: str) -> httpx.Response:
    return await entry.person.ask("POST", f"{APPLICATIONS}/{entry.application_id}/submission", key=key)


def _sections(play: Play, applicant: Applicant) -> dict[str, Any]:
    answers = answers_to(play.definition(applicant.track).form, applicant)
    sections = applicant.sections | {"answers": answers}
    if applicant.story is Story.LACKS_ANSWERS:
        return {name: value for name, value in sections.items() if name not in ("project", "answers")}
    return sections


def _documents(play: Play, applicant: Applicant) -> list[str]:
    kinds = [document.kind for document in play.definition(applicant.track).documents if document.required]
    return kinds[1:] if applicant.story is Story.LACKS_DOCUMENT else kinds
