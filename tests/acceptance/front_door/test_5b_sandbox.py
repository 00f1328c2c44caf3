"""Item 5, second half: a sandbox with sample data of every state and people of every role."""

import httpx
import pytest

from deploy.local.issuer.clients import DEVELOPMENT_GRANT
from deploy.local.people import sample_people, sample_person
from deploy.sandbox.states import EVERY_STATE, WITHOUT_SAMPLE
from shared.auth.caller import Role
from tests.acceptance.front_door.conftest import Filled, fill
from tests.stack import PLAYED_WITHIN_SECONDS

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]
GIVEN = {"applicant", "secretariat_officer", "ministry_officer", "reviewer", "operator"}


def token(sandbox: Filled, username: str) -> dict[str, str]:
    """The header that makes somebody of the sample people ask."""
    person = sample_person(username)
    form = {
        "grant_type": DEVELOPMENT_GRANT,
        "subject": person.subject,
        "roles": person.role.value,
        "organisation_id": str(person.organisation_id or ""),
        "tracks": " ".join(person.tracks),
    }
    answer = httpx.post(f"{sandbox.running.stack.issuer_url}/token", data=form).raise_for_status()
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


def test_5_every_state_has_a_sample_that_stands_in_it(sandbox: Filled) -> None:
    shown = {(one["kind"], one["state"]) for one in sandbox.samples}
    assert shown >= {
        (kind.value, state) for kind, state in EVERY_STATE if (kind, state) not in WITHOUT_SAMPLE
    }
    assert "officer-kaia" in sandbox.printed
    for kind, state in (("application", "draft"), ("case", "in_pre_consulting"), ("message", "failed")):
        one = sandbox.sample(kind, state)
        told = httpx.get(sandbox.running.front_door + one["path"], headers=token(sandbox, one["seen_by"][0]))
        assert told.json()["state"] == state


def test_5_who_may_see_a_sample_is_what_the_services_say(sandbox: Filled) -> None:
    draft = sandbox.sample("application", "draft")
    assert draft["seen_by"] == ["sample-applicant-abroad"]
    withheld = sandbox.sample("selection", "approved")
    assert set(withheld["seen_by"]) == {
        *("sample-officer-kind", "sample-officer-ministry", "sample-officer-ministry-second"),
    }
    for name, status in (("sample-officer-kind", 200), ("sample-officer-kaia", 404)):
        told = httpx.get(sandbox.running.front_door + withheld["path"], headers=token(sandbox, name))
        assert told.status_code == status
    assert [one["public"] for one in sandbox.samples if one["state"] == "announced"] == [True, True]


def test_5_there_are_people_of_every_role(sandbox: Filled) -> None:
    assert {person.role.value for person in sample_people()} == GIVEN == {*Role} - {Role.SYSTEM}
    seeing = {name for one in sandbox.samples for name in one["seen_by"]}
    assert {sample_person(name).role.value for name in seeing} == GIVEN


def test_5_the_second_time_it_finds_what_is_there(sandbox: Filled) -> None:
    before = {
        (one["kind"], one["state"]): one["id"] for one in sandbox.samples if one["kind"] != "application"
    }
    again = fill(sandbox.running)
    assert again.code == 0, again.printed[-4000:]
    assert "nothing was added" in again.printed
    after = {(one["kind"], one["state"]): one["id"] for one in again.samples if one["kind"] != "application"}
    assert {state: after[state] for state in before if state[0] != "message"} == {
        state: before[state] for state in before if state[0] != "message"
    }
