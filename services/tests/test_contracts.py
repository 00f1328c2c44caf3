"""What holds for the OpenAPI document and the routes of every service."""

import importlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from fastapi import FastAPI

from shared.auth.dependencies import rules_of
from shared.auth.rules import Token
from shared.http.openapi import document_of, is_current, path_of
from shared.settings import SERVICES, ServiceName

METHODS = ("get", "post", "put", "patch", "delete")
PUBLIC: dict[ServiceName, set[str]] = {
    "intake": {"listCalls", "getCall", "getReceiptKeys", "getPartnerConfirmation", "confirmPartner"},
    "review": {"listSelections", "getSelection"},
    "notification": set(),
    "catalog": {
        *("listProjects", "getProject", "getProjectByNumber", "getProjectFacets", "getStatistics"),
        *("getProjectHistory", "exportProjectsCsv", "exportProjectsXlsx"),
        *("exportProjectsGeojson", "exportProjectsJsonLines", "getProjectJsonLd", "getDataset"),
    },
}
PUBLIC_EVERYWHERE = {"getHealth", "getReadiness", "GET /metrics", "getTime"}
PAGE = re.compile(r"GET /((ko|en|static)(/.*)?)?")
"""What the catalogue shows to people; it is no part of the contract."""
WITHOUT_IDEMPOTENCY_KEY = {
    "stepRehearsalClock",  # setting a clock to an instant twice leaves it there
    "confirmPartner",  # the link itself is the key: the first confirmation stands
}


@cache
def made_once(service: ServiceName) -> dict[str, Any]:
    return document_of(service)


def operations(service: ServiceName) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in made_once(service)["paths"].items():
        for method in METHODS:
            if method in methods:
                yield f"{method.upper()} {path}", methods[method]


def app_of(service: ServiceName, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    from shared.http.openapi import _PLACEHOLDERS  # noqa: PLC0415 - the settings that documents are made with

    for name, value in _PLACEHOLDERS.items():
        monkeypatch.setenv(name, value)
    app = importlib.import_module(f"services.{service}.main").create_app()
    assert isinstance(app, FastAPI)
    return app


@pytest.mark.parametrize("service", SERVICES)
class TestContract:
    def test_is_current(self, service: ServiceName) -> None:
        assert is_current(service), "run make openapi"

    def test_comes_out_the_same_each_time(self, service: ServiceName) -> None:
        assert document_of(service) == document_of(service)

    def test_can_be_read_by_a_safe_yaml_loader(self, service: ServiceName) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        document = yaml.load(path_of(service).read_text(), loader)  # noqa: S506 - it is the safe one
        assert document["openapi"].startswith("3.1")

    def test_every_operation_has_an_id_of_its_own_a_summary_a_description_and_tags(
        self, service: ServiceName
    ) -> None:
        found = dict(operations(service))
        ids = [operation.get("operationId") for operation in found.values()]
        assert len(set(ids)) == len(ids)
        for name, operation in found.items():
            missing = {"operationId", "summary", "tags"} - {key for key in operation if operation[key]}
            assert missing == set(), name

    def test_every_refusal_is_a_problem_with_an_example(self, service: ServiceName) -> None:
        for name, operation in operations(service):
            for status, answer in operation["responses"].items():
                if status.startswith(("4", "5")) and name != "GET /ready":
                    content = answer["content"]
                    assert "application/problem+json" in content, f"{name} {status}"
                    assert content["application/problem+json"].get("examples"), f"{name} {status}"

    def test_every_operation_says_who_may_call_it(
        self, service: ServiceName, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rules = rules_of(app_of(service, monkeypatch))
        assert [operation for operation, rule in rules.items() if rule is None] == []
        public = {name for name, rule in rules.items() if rule and rule.token is not Token.NEEDED}
        pages = {name for name in public if service == "catalog" and PAGE.fullmatch(name)}
        assert public - pages - PUBLIC_EVERYWHERE == PUBLIC[service]

    def test_every_post_that_acts_asks_for_an_idempotency_key(self, service: ServiceName) -> None:
        without = {
            operation["operationId"]
            for name, operation in operations(service)
            if name.startswith("POST ")
            and "Idempotency-Key" not in {each["name"] for each in operation.get("parameters", [])}
        }
        assert without <= WITHOUT_IDEMPOTENCY_KEY

    def test_every_change_in_place_asks_for_the_version_it_changes(self, service: ServiceName) -> None:
        without = {
            name
            for name, operation in operations(service)
            if name.startswith(("PUT ", "PATCH "))
            and "If-Match" not in {each["name"] for each in operation.get("parameters", [])}
        }
        assert without <= {
            "PUT /v1/cases/{case_id}/conflict-declaration"
        }  # saying the same again is harmless
