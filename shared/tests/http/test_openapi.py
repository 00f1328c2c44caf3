import json
import os
from typing import Any

import pytest
from fastapi import FastAPI

from shared.http.openapi import document_of, rendered


@pytest.fixture
def document(app: FastAPI) -> dict[str, Any]:
    return app.openapi()


class TestOpenApi:
    def test_is_the_same_every_time_it_is_asked_for(self, app: FastAPI) -> None:
        assert rendered(app.openapi()) == rendered(app.openapi())

    def test_gives_every_error_as_a_problem(self, document: dict[str, Any]) -> None:
        errors = [
            (path, method, status, list(response["content"]))
            for path, methods in document["paths"].items()
            for method, operation in methods.items()
            for status, response in operation["responses"].items()
            if status >= "400" and path != "/ready"
        ]
        assert errors
        assert {tuple(content) for *_, content in errors} == {("application/problem+json",)}
        assert "ValidationError" not in json.dumps(document)

    def test_keeps_a_routes_own_problems_beside_those_of_all(self, document: dict[str, Any]) -> None:
        responses = document["paths"]["/v1/trams"]["post"]["responses"]
        of_all = ["400", "406", "408", "413", "415", "429", "431", "500", "503"]
        assert list(responses) == sorted(["201", "409", "422", *of_all])
        examples = responses["422"]["content"]["application/problem+json"]["examples"]
        assert list(examples) == ["invalid", "invalid-input"]

    def test_names_the_token_and_its_problems_where_one_is_needed(self, document: dict[str, Any]) -> None:
        operation = document["paths"]["/v1/depots/mine"]["get"]
        assert operation["security"] == [{"people": []}, {"bearer": []}, {"machines": []}]
        assert {"401", "403"} <= operation["responses"].keys()
        assert "security" not in document["paths"]["/v1/trams"]["post"]
        scheme = document["components"]["securitySchemes"]["bearer"]
        assert (scheme["type"], scheme["scheme"], scheme["bearerFormat"]) == ("http", "bearer", "JWT")

    def test_refers_only_to_what_it_defines(self, document: dict[str, Any]) -> None:
        text = json.dumps(document)
        schemas = document["components"]["schemas"]
        used = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}
        assert used <= schemas.keys()
        assert {"Problem", "Violation"} <= used

    def test_gives_an_id_and_a_summary_to_the_operations_of_the_house(self, document: dict[str, Any]) -> None:
        for path in ("/health", "/ready"):
            operation = document["paths"][path]["get"]
            assert operation["operationId"]
            assert operation["summary"]

    def test_leaves_the_surroundings_as_they_were(self, monkeypatch: pytest.MonkeyPatch) -> None:
        before = dict(os.environ)
        monkeypatch.setattr("importlib.import_module", _no_such_service)
        with pytest.raises(ModuleNotFoundError):
            document_of("intake")
        assert dict(os.environ) == before


def _no_such_service(name: str) -> None:
    raise ModuleNotFoundError(name)
