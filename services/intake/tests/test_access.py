"""Who may do what with which object: every operation stands in this table, or the test fails."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.intake.tests.house import PDF, House, Person
from shared.auth.dependencies import access_of
from shared.ids import new_uuid

PUBLIC = {
    "GET /health",
    "GET /ready",
    "GET /metrics",
    "GET /v1/time",
    "GET /v1/calls",
    "GET /v1/calls/{code}",
    "GET /v1/receipt-keys",
    "GET /v1/partner-confirmations/{token}",
    "POST /v1/partner-confirmations/{token}",
}
ROLES = (
    "owner",
    "colleague",
    "stranger",
    "kaia",
    "kind",
    "ministry",
    "reviewer",
    "operator",
    "system",
    "nobody",
)
Ask = Callable[[Person, str, str], Awaitable[httpx.Response]]


@dataclass(frozen=True)
class Rule:
    """Statuses by role for a draft and for a received application of the demonstration track."""

    ask: Ask
    draft: dict[str, int]
    received: dict[str, int]


def statuses(*, own: int, overseeing: int, hidden: int = 404) -> dict[str, int]:
    found = dict.fromkeys(ROLES, hidden)
    found |= {"owner": own, "colleague": own, "kaia": overseeing, "ministry": overseeing, "nobody": 401}
    return found


async def _submit(person: Person, application_id: str, _document: str) -> httpx.Response:
    return await person.submit(application_id)


async def _patch(person: Person, application_id: str, _document: str) -> httpx.Response:
    return await person.patch(f"/v1/applications/{application_id}", {"answers": {}}, '"999"')


def _read(path: str) -> Ask:
    async def ask(person: Person, application_id: str, document: str) -> httpx.Response:
        return await person.get(path.format(application_id=application_id, document_id=document))

    return ask


async def _withdraw(person: Person, application_id: str, _document: str) -> httpx.Response:
    return await person.post(f"/v1/applications/{application_id}/withdrawal")


async def _upload(person: Person, application_id: str, _document: str) -> httpx.Response:
    return await person.upload(application_id, "letter_of_intent", PDF)


async def _delete(person: Person, _application_id: str, document: str) -> httpx.Response:
    return await person.delete(f"/v1/documents/{document}")


SEEN = statuses(own=200, overseeing=200)
OWN_ONLY = statuses(own=200, overseeing=404)
RULES: dict[str, Rule] = {
    "getApplication": Rule(_read("/v1/applications/{application_id}"), OWN_ONLY, SEEN),
    "getCompleteness": Rule(_read("/v1/applications/{application_id}/completeness"), OWN_ONLY, SEEN),
    "listDocuments": Rule(_read("/v1/applications/{application_id}/documents"), OWN_ONLY, SEEN),
    "downloadDocument": Rule(_read("/v1/documents/{document_id}/content"), OWN_ONLY, SEEN),
    "getReceipt": Rule(
        _read("/v1/applications/{application_id}/receipt"), statuses(own=404, overseeing=404), SEEN
    ),
    "changeApplication": Rule(_patch, statuses(own=412, overseeing=404), statuses(own=412, overseeing=403)),
    "uploadDocument": Rule(_upload, statuses(own=201, overseeing=404), statuses(own=409, overseeing=403)),
    # the first to come does it; the others, officers too, see it as received from then on
    "submitApplication": Rule(
        _submit, {**statuses(own=409, overseeing=403), "owner": 201}, statuses(own=409, overseeing=403)
    ),
    "withdrawApplication": Rule(
        _withdraw,
        {**statuses(own=409, overseeing=404), "owner": 201},
        {**statuses(own=409, overseeing=403), "owner": 201},
    ),
    "deleteDocument": Rule(
        _delete, {**statuses(own=404, overseeing=404), "owner": 204}, statuses(own=409, overseeing=403)
    ),
}
OPERATORS = {**dict.fromkeys(ROLES, 403), "operator": 200, "nobody": 401}
DELIVERY = "/v1/delivery"
WITHOUT_OBJECT: dict[str, dict[str, int]] = {
    "publishCall": {**dict.fromkeys(ROLES, 403), "ministry": 422, "nobody": 401},
    "createApplication": {
        **dict.fromkeys(ROLES, 403),
        "owner": 422,
        "colleague": 422,
        "stranger": 422,
        "nobody": 401,
    },
    "listApplications": {
        **dict.fromkeys(ROLES, 200),
        **dict.fromkeys(("reviewer", "operator", "system"), 403),
        "nobody": 401,
    },
    "getIdempotencyKey": {**dict.fromkeys(ROLES, 404), "nobody": 401},
    "getRehearsalClock": {**dict.fromkeys(ROLES, 403), "operator": 200, "nobody": 401},
    "stepRehearsalClock": {**dict.fromkeys(ROLES, 403), "operator": 422, "nobody": 401},
    "getDelivery": OPERATORS,
    "listHeldEvents": OPERATORS,
    "listDeadLetters": OPERATORS,
    "redriveHeldKey": OPERATORS,
    "placeDeliveryOrder": {**OPERATORS, "operator": 202},
    "listDeliveryOrders": OPERATORS,
    "getDeliveryOrder": {**OPERATORS, "operator": 404},
}
ANYBODY = {
    "getHealth",
    "getReadiness",
    "getTime",
    "listCalls",
    "getCall",
    "getReceiptKeys",
    "getPartnerConfirmation",
    "confirmPartner",
}


def people(house: House) -> dict[str, Person]:
    return {
        "owner": house.applicant(),
        "colleague": house.applicant("adam", "anna"),
        "stranger": house.applicant("bora"),
        "kaia": house.kaia,
        "kind": house.kind,
        "ministry": house.ministry,
        "reviewer": house.person("reviewer", "reviewer"),
        "operator": house.person("operator", "operator"),
        "system": house.person("system", "system"),
        "nobody": house.public,
    }


class TestRoutes:
    async def test_each_is_public_or_authenticated(self, house: House) -> None:
        access = access_of(house.app)
        assert {route for route, kind in access.items() if kind is None} == set()
        assert {route for route, kind in access.items() if kind == "public"} == PUBLIC

    async def test_each_operation_stands_in_a_table(self, house: House) -> None:
        assert operations(house.app) == {*RULES, *WITHOUT_OBJECT, *ANYBODY}

    async def test_no_authenticated_one_answers_without_a_token_of_our_issuer(self, house: House) -> None:
        unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIiwicm9sZXMiOlsibWluaXN0cnlfb2ZmaWNlciJdfQ."
        tokens = {
            "unsigned": unsigned,
            "expired": house.token_for("ministry_officer", expires_in=-3600),
            "foreign audience": house.token_for("ministry_officer", aud="another"),
            "foreign issuer": house.token_for("ministry_officer", iss="https://issuer.example"),
            "garbage": "x",
        }
        for name, token in tokens.items():
            answer = await house.api.get("/v1/applications", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401, name
            assert answer.headers["www-authenticate"].startswith("Bearer")


class TestObjects:
    @pytest.mark.parametrize("operation", sorted(RULES))
    async def test_a_draft_is_its_organisations_own(self, house: House, operation: str) -> None:
        application_id = await house.complete(house.applicant())
        assert await self._ask(house, operation, application_id) == RULES[operation].draft

    @pytest.mark.parametrize("operation", sorted(RULES))
    async def test_what_was_received_is_seen_by_officers_of_its_track(
        self, house: House, operation: str
    ) -> None:
        application_id = await house.submitted(house.applicant())
        assert await self._ask(house, operation, application_id) == RULES[operation].received

    @pytest.mark.parametrize("operation", sorted(RULES))
    async def test_an_absent_one_is_found_by_nobody(self, house: House, operation: str) -> None:
        for name, person in people(house).items():
            answer = await RULES[operation].ask(person, str(new_uuid()), str(new_uuid()))
            assert answer.status_code == (401 if name == "nobody" else 404), name

    async def _ask(self, house: House, operation: str, application_id: str) -> dict[str, int]:
        items = (await house.applicant().get(f"/v1/applications/{application_id}/documents")).json()["items"]
        found = {}
        for name, person in people(house).items():
            answer = await RULES[operation].ask(person, application_id, items[0]["id"])
            found[name] = answer.status_code
        return found


class TestWithoutObject:
    async def test_each_role_may_do_what_its_table_says(self, house: House) -> None:
        asks: dict[str, Callable[[Person], Awaitable[httpx.Response]]] = {
            "publishCall": lambda person: house.post_raw(person, "/v1/calls", b"a: 1", "application/yaml"),
            "createApplication": lambda person: (
                person.post("/v1/applications", {"call_code": "nothing", "track": "planning"})
                if person.subject.startswith(("anna", "adam", "bora", "public"))
                else person.post("/v1/applications", {"call_code": "KCN-2025", "track": "planning"})
            ),
            "listApplications": lambda person: person.get("/v1/applications"),
            "getIdempotencyKey": lambda person: person.get("/v1/idempotency-keys/none"),
            "getRehearsalClock": lambda person: person.get("/v1/rehearsal/clock"),
            "stepRehearsalClock": lambda person: person.post("/v1/rehearsal/clock", _no_step(person)),
            "getDelivery": lambda person: person.get(DELIVERY),
            "listHeldEvents": lambda person: person.get(f"{DELIVERY}/held-events"),
            "listDeadLetters": lambda person: person.get(f"{DELIVERY}/dead-letters"),
            "redriveHeldKey": lambda person: person.post(
                f"{DELIVERY}/held-keys/{new_uuid()}/redrive", {"topic": "intake.call.v1"}
            ),
            "placeDeliveryOrder": lambda person: person.post(f"{DELIVERY}/orders", {"kind": "replay"}),
            "listDeliveryOrders": lambda person: person.get(f"{DELIVERY}/orders"),
            "getDeliveryOrder": lambda person: person.get(f"{DELIVERY}/orders/{new_uuid()}"),
        }
        for operation, expected in WITHOUT_OBJECT.items():
            found = {
                name: (await asks[operation](person)).status_code for name, person in people(house).items()
            }
            assert found == expected, operation


def _no_step(person: Person) -> dict[str, Any]:
    return {} if person.subject.startswith("operator") else {"name": "x", "instant": "2025-03-01T00:00:00Z"}


def operations(app: FastAPI) -> set[str]:
    methods = ("get", "post", "put", "patch", "delete")
    paths = app.openapi()["paths"].values()
    return {path[method]["operationId"] for path in paths for method in methods if method in path}
