"""Role × operation × object. An operation that is not in the table fails the test."""

from collections.abc import Mapping

import httpx
import pytest
from fastapi import FastAPI

from services.notification.tests.endpoints.callers import CALLERS, headers_of, with_key
from services.notification.tests.mails import World, execute, rows_of
from shared.auth.dependencies import access_of
from shared.database.connection import Database
from shared.delivery.inbox import Inbox
from shared.ids import new_uuid
from shared.testing.plugin import TokenFor

READ_OWN = {"kaia": 200, "ministry": 200, "operator": 200, "kind": 404, "officer_of_nothing": 404}
READ_ABSENT = {"kaia": 404, "ministry": 404, "operator": 404, "kind": 404, "officer_of_nothing": 404}
OFFICERS = dict.fromkeys(("kaia", "kind", "officer_of_nothing", "ministry", "operator"), 200)
ANYBODY = dict.fromkeys(CALLERS, 200)
SIGNED_IN = dict.fromkeys(CALLERS, 404) | {"nobody": 401}

# operation id -> object -> expected status by caller; who is not named gets 403, nobody 401
TABLE: dict[str, dict[str, tuple[str, str, Mapping[str, int]]]] = {
    "listMessages": {"all": ("GET", "/v1/messages", OFFICERS)},
    "getMessage": {
        "of the demonstration track": ("GET", "/v1/messages/{own}", READ_OWN),
        "absent": ("GET", "/v1/messages/{absent}", READ_ABSENT),
    },
    "resendMessage": {
        "of the demonstration track": ("POST", "/v1/messages/{own}/resend", {"operator": 202}),
        "absent": ("POST", "/v1/messages/{absent}/resend", {"operator": 404}),
    },
    "listTemplates": {"all": ("GET", "/v1/templates", {"ministry": 200, "operator": 200})},
    "previewTemplate": {
        "one": ("GET", "/v1/templates/receipt/preview", {"ministry": 200, "operator": 200}),
    },
    "getTime": {"": ("GET", "/v1/time", ANYBODY)},
    "getHealth": {"": ("GET", "/health", ANYBODY)},
    "getReadiness": {"": ("GET", "/ready", ANYBODY)},
    "getRehearsalClock": {"": ("GET", "/v1/rehearsal/clock", {"operator": 200})},
    "stepRehearsalClock": {"": ("POST", "/v1/rehearsal/clock", {"operator": 201})},
    "getIdempotencyKey": {"absent": ("GET", "/v1/idempotency-keys/unknown", SIGNED_IN)},
    "getDelivery": {"": ("GET", "/v1/delivery", {"operator": 200})},
    "listHeldEvents": {"": ("GET", "/v1/delivery/held-events", {"operator": 200})},
    "listDeadLetters": {"": ("GET", "/v1/delivery/dead-letters", {"operator": 200})},
    "redriveHeldKey": {"": ("POST", "/v1/delivery/held-keys/{absent}/redrive", {"operator": 200})},
    "placeDeliveryOrder": {"": ("POST", "/v1/delivery/orders", {"operator": 202})},
    "listDeliveryOrders": {"": ("GET", "/v1/delivery/orders", {"operator": 200})},
    "getDeliveryOrder": {"absent": ("GET", "/v1/delivery/orders/{absent}", {"operator": 404})},
}
CASES = [
    pytest.param(operation, thing, id=f"{operation} {thing}")
    for operation in TABLE
    for thing in TABLE[operation]
]
BODIES = {
    "stepRehearsalClock": {"name": "noon", "instant": "2025-03-11T03:00:00Z"},
    "redriveHeldKey": {"topic": "intake.call.v1"},
    "placeDeliveryOrder": {"kind": "replay"},
}


@pytest.fixture
async def own(database: Database, inbox: Inbox) -> str:
    """A bounced message of the demonstration track."""
    world = World()
    for record in (world.call(), world.contact(), world.submitted(partner=False)):
        await inbox.receive(record)
    await execute(database, "UPDATE message SET state = 'bounced', next_attempt_at = NULL")
    (row,) = await rows_of(database, "SELECT id FROM message")
    return str(row["id"])


@pytest.mark.parametrize(("operation", "thing"), CASES)
async def test_who_may_do_what_with_which_object(
    api: httpx.AsyncClient, token_for: TokenFor, own: str, operation: str, thing: str
) -> None:
    method, path, allowed = TABLE[operation][thing]
    address = path.format(own=own, absent=new_uuid())
    answered = {}
    for caller in CALLERS:
        headers = with_key(headers_of(caller, token_for))
        answer = await api.request(method, address, headers=headers, json=BODIES.get(operation))
        answered[caller] = answer.status_code
    assert answered == dict.fromkeys(CALLERS, 403) | {"nobody": 401} | dict(allowed)


class TestTable:
    def test_names_every_operation(self, app: FastAPI) -> None:
        operations = {
            operation["operationId"]
            for path in app.openapi()["paths"].values()
            for operation in path.values()
            if isinstance(operation, dict) and "operationId" in operation
        }
        assert operations == set(TABLE)

    def test_every_route_is_authenticated_or_public_on_purpose(self, app: FastAPI) -> None:
        access = access_of(app)
        assert None not in access.values()
        assert {route for route, how in access.items() if how == "public"} == {
            *("GET /health", "GET /ready", "GET /metrics", "GET /v1/time"),
        }
