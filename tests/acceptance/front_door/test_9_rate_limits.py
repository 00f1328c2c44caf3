"""Item 9: how often one client may ask; counted over processes and without a counter in ``shared/tests/limits``."""

import httpx
import pytest

from deploy.local.issuer import DEVELOPMENT_GRANT
from shared.ids import new_uuid
from shared.limits import Cost
from shared.settings import SERVICES
from tests.stack import PLAYED_WITHIN_SECONDS, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

SUBMISSIONS_A_MINUTE = 240


def token(stack: RunningStack, subject: str) -> dict[str, str]:
    form = {
        "grant_type": DEVELOPMENT_GRANT,
        "subject": subject,
        "roles": "applicant",
        "organisation_id": str(new_uuid()),
    }
    answer = httpx.post(f"{stack.stack.issuer_url}/token", data=form)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_tells_where_a_client_stands(played: RunningStack, service: str) -> None:
    answer = httpx.get(f"{played.front_door}/{service}/v1/time")
    assert answer.headers["ratelimit-policy"] == '"public_reads";q=1200;w=60'
    assert answer.headers["ratelimit"].startswith('"public_reads";r=')


def test_one_client_too_often_is_told_when_to_come_back_and_another_is_served(played: RunningStack) -> None:
    path = f"/intake/v1/applications/{new_uuid()}/submission"
    seen: list[httpx.Response] = []
    with httpx.Client(base_url=played.front_door, headers=token(played, "in-a-loop")) as http:
        for number in range(2 * SUBMISSIONS_A_MINUTE + 1):  # a window may end on the way
            seen.append(http.post(path, headers={"Idempotency-Key": f"loop-{number}"}))
            if seen[-1].status_code == httpx.codes.TOO_MANY_REQUESTS:
                break
    refused = seen.pop()
    assert {one.status_code for one in seen} == {404}
    assert len(seen) >= SUBMISSIONS_A_MINUTE
    assert refused.json()["type"].endswith("/problems/rate-limited")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit"].startswith(f'"{Cost.SUBMISSIONS}";r=0;')
    other = httpx.post(
        played.front_door + path, headers={**token(played, "patient"), "Idempotency-Key": "patient-1"}
    )
    assert other.status_code == httpx.codes.NOT_FOUND
