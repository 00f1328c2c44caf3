"""Item 6: every POST of all four services is done once, however often and by however many it is repeated.

Each POST is tried in detail, with deaths between effect and answer, in ``services/tests/idempotency``; here the whole
stack is asked, through the front door.
"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from deploy.local.issuer import mint
from deploy.local.keys import load_key
from shared.ids import new_uuid
from shared.settings import SERVICES, ServiceName
from tests.stack import RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(900)]

HARMLESS_BY_NATURE = {
    ("intake", "confirmPartner"),
    *((service, "stepRehearsalClock") for service in SERVICES),
}
"""A confirmation and a clock step say a state, not an act: repeating them finds it there."""
TWINS = 12
Answer = httpx.Response


def operator_of(stack: RunningStack) -> str:
    """A token of an operator."""
    parts = stack.stack
    key = load_key(parts.keys.issuer_key_file, kid_prefix="local-")
    return mint(key, parts.issuer_url, subject="acceptance-operator", roles=["operator"])


def place_order(stack: RunningStack, service: ServiceName, token: str, key: str, **changed: Any) -> Answer:
    """Order a replay of nothing: an act that each of the four services knows."""
    return httpx.post(
        f"{stack.front_door}/{service}/v1/delivery/orders",
        json={"kind": "replay", "aggregate_id": "01950000-0000-7000-8000-00000000dead", **changed},
        headers={"Authorization": f"Bearer {token}", "Idempotency-Key": key},
        timeout=30,
        trust_env=False,
    )


def test_6_every_post_asks_for_a_key(played: RunningStack) -> None:
    without = set()
    posts = 0
    for service in SERVICES:
        document = httpx.get(f"{played.front_door}/{service}/openapi.json", trust_env=False).json()
        for item in document["paths"].values():
            if operation := item.get("post"):
                posts += 1
                headers = {one["name"] for one in operation.get("parameters", ()) if one["required"]}
                if "Idempotency-Key" not in headers:
                    without.add((service, operation["operationId"]))
    assert posts > len(HARMLESS_BY_NATURE)
    assert without == HARMLESS_BY_NATURE


@pytest.mark.parametrize("service", SERVICES)
def test_6_twins_are_one_act_and_each_learns_its_outcome(played: RunningStack, service: ServiceName) -> None:
    token, key = operator_of(played), str(new_uuid())
    with ThreadPoolExecutor(TWINS) as pool:
        twins = list(pool.map(lambda _: place_order(played, service, token, key), range(TWINS)))
    told = Counter(answer.status_code for answer in twins)
    assert set(told) <= {202, 409}, told
    assert told[202] >= 1
    for answer in twins:
        if answer.status_code == 409:
            assert answer.json()["type"].endswith("/twin-in-flight")
            assert int(answer.headers["Retry-After"]) >= 1
    repeat = place_order(played, service, token, key)
    made = {answer.json()["id"] for answer in (*twins, repeat) if answer.status_code == 202}
    assert len(made) == 1
    other = place_order(played, service, token, key, aggregate_id=str(new_uuid()))
    assert (other.status_code, other.json()["type"].rpartition("/")[2]) == (422, "key-reused")
    kept = httpx.get(
        f"{played.front_door}/{service}/v1/idempotency-keys/{key}",
        headers={"Authorization": f"Bearer {token}"},
        trust_env=False,
    ).json()
    assert [(one["status"], one["reference"]) for one in kept["items"]] == [(202, *made)]
