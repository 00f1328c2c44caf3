"""Who may call what: reading is everybody's, delivery and the rehearsal's clock are the operators'."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.catalog.domain.project import id_of_completed
from shared.auth.caller import Role
from shared.auth.dependencies import access_of
from shared.ids import new_uuid

pytestmark = pytest.mark.usefixtures("loaded")

PUBLIC = {
    "getHealth": "/health",
    "getReadiness": "/ready",
    "getTime": "/v1/time",
    "listProjects": "/v1/projects",
    "getProject": f"/v1/projects/{id_of_completed(1)}",
    "getProjectByNumber": "/v1/projects/by-number/1",
    "getStatistics": "/v1/statistics",
}
OPERATORS: dict[str, tuple[str, str, Any, int]] = {
    "getRehearsalClock": ("GET", "/v1/rehearsal/clock", None, 200),
    "stepRehearsalClock": (
        *("POST", "/v1/rehearsal/clock"),
        *({"name": "opening", "instant": "2025-02-06T00:00:00Z"}, 201),
    ),
    "getDelivery": ("GET", "/v1/delivery", None, 200),
    "listHeldEvents": ("GET", "/v1/delivery/held-events", None, 200),
    "listDeadLetters": ("GET", "/v1/delivery/dead-letters", None, 200),
    "redriveHeldKey": (
        *("POST", f"/v1/delivery/held-keys/{new_uuid()}/redrive"),
        *({"topic": "intake.call.v1"}, 200),
    ),
    "placeDeliveryOrder": ("POST", "/v1/delivery/orders", {"kind": "replay"}, 202),
    "listDeliveryOrders": ("GET", "/v1/delivery/orders", None, 200),
    "getDeliveryOrder": ("GET", f"/v1/delivery/orders/{new_uuid()}", None, 404),
}
SIGNED_IN = {"getIdempotencyKey": "/v1/idempotency-keys/unknown"}
CALLERS: list[tuple[str, ...] | None] = [None, (), *((role.value,) for role in Role)]


def headers_for(roles: tuple[str, ...] | None, token_for: Callable[..., str]) -> dict[str, str]:
    return {} if roles is None else {"Authorization": f"Bearer {token_for(*roles)}"}


def operations(app: FastAPI) -> set[str]:
    return {
        operation["operationId"]
        for methods in app.openapi()["paths"].values()
        for operation in methods.values()
    }


class TestAccess:
    def test_every_operation_is_in_a_table_of_this_test(self, app: FastAPI) -> None:
        assert operations(app) == {*PUBLIC, *OPERATORS, *SIGNED_IN}

    def test_every_route_is_public_on_purpose_or_asks_for_a_token(self, app: FastAPI) -> None:
        access = access_of(app)
        assert None not in access.values()
        assert {route for route, kind in access.items() if kind == "authenticated"} == {
            "GET /v1/rehearsal/clock",
            "POST /v1/rehearsal/clock",
            "GET /v1/delivery",
            "GET /v1/delivery/held-events",
            "GET /v1/delivery/dead-letters",
            "POST /v1/delivery/held-keys/{aggregate_id}/redrive",
            "GET /v1/delivery/orders",
            "POST /v1/delivery/orders",
            "GET /v1/delivery/orders/{order_id}",
            "GET /v1/idempotency-keys/{key}",
        }

    @pytest.mark.parametrize("operation", PUBLIC)
    async def test_reading_is_everybodys(
        self, api: httpx.AsyncClient, token_for: Callable[..., str], operation: str
    ) -> None:
        for roles in CALLERS:
            answer = await api.get(PUBLIC[operation], headers=headers_for(roles, token_for))
            assert (roles, answer.status_code) == (roles, 200)

    @pytest.mark.parametrize(
        "address", ["/v1/projects/01936f00-0000-7000-8000-000000000000", "/v1/projects/by-number/9999"]
    )
    async def test_an_absent_project_is_absent_for_everybody(
        self, api: httpx.AsyncClient, token_for: Callable[..., str], address: str
    ) -> None:
        for roles in CALLERS:
            answer = await api.get(address, headers=headers_for(roles, token_for))
            assert (roles, answer.status_code) == (roles, 404)

    @pytest.mark.parametrize("operation", OPERATORS)
    async def test_clock_and_delivery_are_its_operators(
        self, api: httpx.AsyncClient, token_for: Callable[..., str], operation: str
    ) -> None:
        method, address, body, allowed = OPERATORS[operation]
        found = {}
        for roles in CALLERS:
            headers = headers_for(roles, token_for) | {"Idempotency-Key": str(new_uuid())}
            answer = await api.request(method, address, json=body, headers=headers)
            found[roles] = answer.status_code
        assert found == {
            **dict.fromkeys(CALLERS, 403),
            None: 401,
            (Role.OPERATOR.value,): allowed,
        }

    async def test_a_kept_answer_is_found_by_who_asked_only(
        self, api: httpx.AsyncClient, token_for: Callable[..., str]
    ) -> None:
        for roles in CALLERS:
            answer = await api.get(SIGNED_IN["getIdempotencyKey"], headers=headers_for(roles, token_for))
            assert answer.status_code == (401 if roles is None else 404)

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    @pytest.mark.parametrize("address", [PUBLIC["listProjects"], PUBLIC["getProject"]])
    async def test_nobody_writes_over_http(self, api: httpx.AsyncClient, method: str, address: str) -> None:
        answer: Any = await api.request(method, address, json={})
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET")


class TestContract:
    def test_says_that_null_means_not_published(self, app: FastAPI) -> None:
        document = app.openapi()
        assert "**`null` means not published.**" in document["info"]["description"]
        for name, member in document["components"]["schemas"]["ProjectOut"]["properties"].items():
            if {"type": "null"} in member.get("anyOf", []):
                assert "null" in member["description"], name
