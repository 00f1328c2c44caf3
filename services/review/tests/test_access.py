"""Who may call what, on which objects: every operation, every kind of caller."""

from dataclasses import dataclass
from typing import Any

from services.review.tests import made
from services.review.tests.house import House, Person
from shared.auth.dependencies import access_of
from shared.http.openapi import document_of
from shared.ids import new_uuid

CALLERS = [
    "public",
    "kaia",
    "kind",
    "ministry",
    "anna",
    "dora",
    "applicant",
    "stranger",
    "operator",
    "system",
]
"""kaia and kind: secretariats of the demonstration and the planning track. anna: assigned to the case, adviser
of the planning case; dora: a reviewer of neither. applicant: of both cases; stranger: another organisation."""

OFFICERS = "401 yes yes yes 403 403 403 403 403 403"
OWN_CASE = "401 yes 404 yes yes 404 yes 404 404 404"
OWN_PLAN = "401 404 yes yes yes 404 yes 404 404 404"
OF_TRACK = "401 yes 404 yes 404 404 404 404 404 404"
EVERYBODY = " ".join(["yes"] * 10)
OPERATOR = "401 403 403 403 403 403 403 403 yes 403"


@dataclass(frozen=True)
class Row:
    """An operation on a standing object, and each caller's answer; "yes" is any but 401, 403 and 404.

    The bodies are such that an allowed call changes nothing: it is refused later, by state or content.
    """

    method: str
    path: str
    expected: str
    body: Any = None
    absent: str = "401 404 404 404 404 404 404 404 404 404"


CASE, PLAN = "/v1/cases/{case}", "/v1/cases/{plan}/pre-consulting"
SHEET, EVALUATION = "/v1/assignments/{assignment}/score-sheet", "/v1/evaluations/{evaluation}"
SELECTION = "/v1/selections/{selection}"
NOBODY = " ".join(["404"] * 10)
REPORT = {"text": "x", "recommendations": ["y"]}
REVISED = {"title": {"en": "x"}, "summary": {"en": "x"}, "requested_amount_krw": 1, "changes": "x"}
TABLE: dict[str, Row] = {
    "listCases": Row("GET", "/v1/cases", "401 yes yes yes yes yes yes yes 403 403"),
    "getCase": Row("GET", CASE, OWN_CASE),
    "decideEligibility": Row(
        "POST", f"{CASE}/eligibility", "401 yes 404 403 403 404 403 404 404 404", {"eligible": True}
    ),
    "startPreConsulting": Row(
        "POST", PLAN, "401 404 yes yes 403 404 403 404 404 404", {"adviser_id": "{absent}"}
    ),
    "getPreConsulting": Row("GET", PLAN, OWN_PLAN),
    "putPreConsultingReport": Row("PUT", f"{PLAN}/report", "401 404 yes yes yes 404 403 404 404 404", REPORT),
    "putRevisedProposal": Row(
        "PUT", f"{PLAN}/revised-proposal", "401 404 yes yes 403 404 yes 404 404 404", REVISED
    ),
    "completePreConsulting": Row("POST", f"{PLAN}/completion", "401 404 yes yes 403 404 403 404 404 404"),
    "registerReviewer": Row(
        "POST",
        "/v1/reviewers",
        OFFICERS,
        {"subject": "{anna}", "expertise": ["x"], "languages": ["ko"]},
    ),
    "listReviewers": Row("GET", "/v1/reviewers", OFFICERS),
    "createPanel": Row(
        "POST",
        "/v1/panels",
        "401 yes 403 yes 403 403 403 403 403 403",
        {"call_id": "{call}", "track": "demonstration", "reviewer_ids": ["{absent}"]},
    ),
    "listPanels": Row("GET", "/v1/panels", OFFICERS),
    "declareConflict": Row(
        "PUT",
        f"{CASE}/conflict-declaration",
        "401 403 404 403 yes 404 403 404 404 404",
        {"has_conflict": True},
    ),
    "assignReviewers": Row(
        "POST",
        f"{CASE}/assignments",
        "401 yes 404 yes 403 404 403 404 404 404",
        {"reviewer_ids": ["{absent}"]},
    ),
    "listAssignments": Row("GET", "/v1/assignments", "401 403 403 403 yes yes 403 403 403 403"),
    "getScoreSheet": Row("GET", SHEET, "401 403 404 403 yes 404 404 404 404 404"),
    "putScoreSheet": Row("PUT", SHEET, "401 403 404 403 yes 404 404 404 404 404", {"scores": []}),
    "submitScoreSheet": Row("POST", f"{SHEET}/submission", "401 403 404 403 yes 404 404 404 404 404"),
    "closeEvaluation": Row(
        "POST",
        "/v1/evaluations",
        "401 yes 403 yes 403 403 403 403 403 403",
        {"call_id": "{call}", "track": "demonstration"},
    ),
    "getEvaluation": Row("GET", EVALUATION, OF_TRACK),
    "getRanking": Row("GET", f"{EVALUATION}/ranking", OF_TRACK),
    "getEvaluationBundle": Row("GET", f"{EVALUATION}/bundle", OF_TRACK),
    "proposeSelection": Row(
        "POST",
        "/v1/selections",
        "401 yes 404 yes 403 403 403 403 403 403",
        {"evaluation_id": "{evaluation}", "announce_at": made.ANNOUNCED.isoformat()},
    ),
    "listSelections": Row("GET", "/v1/selections", EVERYBODY),
    "getSelection": Row("GET", SELECTION, "404 yes 404 yes 404 404 404 404 404 404", absent=NOBODY),
    "approveSelection": Row("POST", f"{SELECTION}/approval", "401 403 404 yes 404 404 404 404 404 404"),
    "rejectSelection": Row(
        "POST", f"{SELECTION}/rejection", "401 yes 404 yes 404 404 404 404 404 404", {"reason": "x"}
    ),
    "issueInvitations": Row(
        "POST",
        f"{SELECTION}/invitations",
        "401 403 404 yes 404 404 404 404 404 404",
        {"occasion_code": "wsce_2025"},
    ),
    # before the announcement it is absent for its own applicant too; afterwards: test_selections.py
    "getResult": Row(
        "GET",
        "/v1/applications/{application}/result",
        "401 403 403 403 403 403 404 404 403 403",
        absent="401 403 403 403 403 403 404 404 403 403",
    ),
    "getIdempotencyKey": Row(
        "GET", "/v1/idempotency-keys/{absent}", "401 404 404 404 404 404 404 404 404 404"
    ),
    "getHealth": Row("GET", "/health", EVERYBODY),
    "getReadiness": Row("GET", "/ready", EVERYBODY),
    "getTime": Row("GET", "/v1/time", EVERYBODY),
    "getRehearsalClock": Row("GET", "/v1/rehearsal/clock", OPERATOR),
    "stepRehearsalClock": Row(
        "POST",
        "/v1/rehearsal/clock",
        OPERATOR,
        {"name": "same", "instant": made.AFTER_INTAKE.isoformat()},
    ),
    "getDelivery": Row("GET", "/v1/delivery", OPERATOR),
    "listHeldEvents": Row("GET", "/v1/delivery/held-events", OPERATOR),
    "listDeadLetters": Row("GET", "/v1/delivery/dead-letters", OPERATOR),
    "redriveHeldKey": Row(
        "POST", "/v1/delivery/held-keys/{absent}/redrive", OPERATOR, {"topic": "intake.call.v1"}
    ),
    "placeDeliveryOrder": Row("POST", "/v1/delivery/orders", OPERATOR, {"kind": "replay"}),
    "listDeliveryOrders": Row("GET", "/v1/delivery/orders", OPERATOR),
    "getDeliveryOrder": Row("GET", "/v1/delivery/orders/{absent}", "401 403 403 403 403 403 403 403 404 403"),
}
OBJECTS = ("case", "plan", "assignment", "evaluation", "selection", "application")


async def standing_objects(house: House) -> dict[str, str]:
    """A closed evaluation of the demonstration track with a rejected selection, and a running pre-consulting."""
    selection_id = await house.proposed()
    shown = (await house.kaia.get(f"/v1/selections/{selection_id}")).json()
    await house.ministry.post(f"/v1/selections/{selection_id}/rejection", {"reason": "x"})
    (assignment, *_) = (await house.reviewer("anna").get("/v1/assignments")).json()["items"]
    owner = {number: house.organisations[number] for number in (1,)}
    await house.apply(9, track="planning", organisation_id=owner[1])
    await house.eligible(9, officer=house.kind)
    adviser = {"adviser_id": str(house.reviewers["anna"])}
    await house.kind.post(f"/v1/cases/{house.case(9)}/pre-consulting", adviser)
    await house.register("dora")
    return {
        "case": assignment["case_id"],
        "plan": str(house.case(9)),
        "assignment": assignment["id"],
        "evaluation": shown["trail"]["evaluation_id"],
        "selection": selection_id,
        "application": str(house.applications[1]),
        "call": str(house.call_id),
        "anna": house.reviewer("anna").subject,
        "absent": str(new_uuid()),
    }


def callers(house: House) -> dict[str, Person]:
    house.organisations[99] = new_uuid()
    return {
        "public": house.public,
        "kaia": house.kaia,
        "kind": house.kind,
        "ministry": house.ministry,
        "anna": house.reviewer("anna"),
        "dora": house.reviewer("dora"),
        "applicant": house.applicant(1),
        "stranger": house.applicant(99),
        "operator": house.person("operator", "operator"),
        "system": house.person("system", "system"),
    }


def filled(content: Any, names: dict[str, str]) -> Any:
    """The content with ``{name}`` replaced."""
    if isinstance(content, str):
        return content.format(**names)
    if isinstance(content, list):
        return [filled(one, names) for one in content]
    if isinstance(content, dict):
        return {key: filled(value, names) for key, value in content.items()}
    return content


async def answers(row: Row, people: dict[str, Person], names: dict[str, str]) -> str:
    found = []
    for caller in CALLERS:
        person, path = people[caller], filled(row.path, names)
        if row.method == "GET":
            answer = await person.get(path)
        elif row.method == "PUT":
            answer = await person.put(path, filled(row.body, names), '"999"')
        else:
            answer = await person.post(path, filled(row.body, names))
        assert answer.status_code < 500, answer.text
        found.append(str(answer.status_code) if answer.status_code in (401, 403, 404) else "yes")
    return " ".join(found)


class TestAccess:
    def test_every_operation_is_in_the_table(self) -> None:
        document = document_of("review")
        offered = {
            operation["operationId"]
            for methods in document["paths"].values()
            for operation in methods.values()
        }
        assert offered == set(TABLE)

    async def test_every_route_is_public_on_purpose_or_asks_for_a_token(self, house: House) -> None:
        access = access_of(house.app)
        assert None not in access.values()
        assert {route for route, kind in access.items() if kind == "public"} == {
            "GET /health",
            "GET /ready",
            "GET /metrics",
            "GET /v1/time",
            "GET /v1/selections",
            "GET /v1/selections/{selection_id}",
        }

    async def test_each_caller_reaches_what_is_theirs_and_nothing_else(self, house: House) -> None:
        names = await standing_objects(house)
        people = callers(house)
        found = {operation: await answers(row, people, names) for operation, row in TABLE.items()}
        assert found == {operation: row.expected for operation, row in TABLE.items()}

    async def test_what_does_not_exist_looks_like_what_is_hidden(self, house: House) -> None:
        await house.register("anna", "dora")
        await house.apply(1)
        people = callers(house)
        names = dict.fromkeys((*OBJECTS, "absent", "anna"), str(new_uuid())) | {"call": str(house.call_id)}
        on_objects = {
            operation: row
            for operation, row in TABLE.items()
            if any(f"{{{name}}}" in row.path for name in OBJECTS)
        }
        found = {operation: await answers(row, people, names) for operation, row in on_objects.items()}
        assert found == {operation: row.absent for operation, row in on_objects.items()}

    async def test_a_bad_token_is_refused_on_public_routes_too(self, house: House) -> None:
        answer = await house.api.get("/v1/selections", headers={"Authorization": "Bearer junk"})
        assert answer.status_code == 401
