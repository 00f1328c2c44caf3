"""Four documents become one, and every reference still leads to what it led to before."""

from typing import Any

import pytest

from shared.contracts.merged import merged, operations

INFO = {"title": "All", "version": "1.0.0"}


def document(paths: dict[str, Any], **schemas: Any) -> dict[str, Any]:
    return {"paths": paths, "components": {"schemas": schemas}, "tags": [{"name": "public"}]}


def get(operation_id: str, schema: str, **more: Any) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    response = {"description": "OK", "content": content, **more}
    return {"get": {"operationId": operation_id, "responses": {"200": response}}}


def answer(path: str, whole: dict[str, Any]) -> dict[str, Any]:
    """The schema that a path answers with, followed."""
    response = whole["paths"][path]["get"]["responses"]["200"]
    reference: str = response["content"]["application/json"]["schema"]["$ref"]
    found: dict[str, Any] = whole["components"]["schemas"][reference.rpartition("/")[2]]
    return found


@pytest.fixture
def whole() -> dict[str, Any]:
    same = {"type": "object", "title": "Same"}
    outer = {"properties": {"inner": {"$ref": "#/components/schemas/Inner"}}}
    again = {"operationId": "getHealth"}
    intake = document(
        {"/health": get("getHealth", "Same", links={"again": again}), "/calls": get("getCall", "Outer")},
        Same=same,
        Outer=outer,
        Inner={"type": "string"},
    )
    review = document(
        {"/health": get("getHealth", "Same"), "/cases": get("getCase", "Outer")},
        Same=same,
        Outer=outer,
        Inner={"type": "integer"},
    )
    return merged({"intake": intake, "review": review}, INFO)


class TestMerged:
    def test_puts_each_service_under_its_prefix(self, whole: dict[str, Any]) -> None:
        assert set(whole["paths"]) == {"/intake/health", "/intake/calls", "/review/health", "/review/cases"}

    def test_names_operations_of_several_services_apart_and_leaves_the_others(
        self, whole: dict[str, Any]
    ) -> None:
        ids = {operation["operationId"] for _, _, operation in operations(whole)}
        assert ids == {"getIntakeHealth", "getReviewHealth", "getCall", "getCase"}
        links = whole["paths"]["/intake/health"]["get"]["responses"]["200"]["links"]
        assert links["again"]["operationId"] == "getIntakeHealth"

    def test_keeps_once_what_is_the_same_everywhere(self, whole: dict[str, Any]) -> None:
        assert whole["components"]["schemas"]["Same"] == {"type": "object", "title": "Same"}

    def test_keeps_apart_what_differs_and_what_refers_to_it(self, whole: dict[str, Any]) -> None:
        schemas = set(whole["components"]["schemas"])
        assert schemas == {"Same", "IntakeInner", "ReviewInner", "IntakeOuter", "ReviewOuter"}
        for path, kind in (("/intake/calls", "string"), ("/review/cases", "integer")):
            reference = answer(path, whole)["properties"]["inner"]["$ref"]
            assert whole["components"]["schemas"][reference.rpartition("/")[2]] == {"type": kind}

    def test_names_each_tag_once(self, whole: dict[str, Any]) -> None:
        assert whole["tags"] == [{"name": "public"}]

    def test_leaves_out_what_only_the_watcher_of_a_process_asks_and_what_only_that_needed(self) -> None:
        intake = document(
            {"/ready": get("getReady", "Readiness"), "/calls": get("getCall", "Call")},
            Readiness={"properties": {"part": {"$ref": "#/components/schemas/Part"}}},
            Part={"type": "string"},
            Call={"type": "object"},
        )
        intake["components"]["securitySchemes"] = {"people": {"type": "http", "scheme": "bearer"}}
        whole = merged({"intake": intake}, INFO)
        assert set(whole["paths"]) == {"/intake/calls"}
        assert whole["components"] == {
            "schemas": {"Call": {"type": "object"}},
            "securitySchemes": {"people": {"type": "http", "scheme": "bearer"}},
        }
