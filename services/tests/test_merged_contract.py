"""What holds for the one document that front ends and other systems build on."""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from shared.contracts.glossary import is_explained
from shared.contracts.merged import operations
from shared.http.contract.describe import KOREAN_SUMMARY
from shared.http.contract.words import AUDIENCES
from shared.http.deprecation import LEAST_DAYS, SINCE, SUNSET, deprecated
from shared.http.openapi import MERGED
from shared.http.problem_pages import problem_texts
from shared.http.problems import MEDIA_TYPE

HANGUL, LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]{3}")
JSON = "application/json"
Operation = dict[str, Any]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The committed document; that it is current is tested elsewhere."""
    found: dict[str, Any] = json.loads(MERGED.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def by_id(document: dict[str, Any]) -> dict[str, Operation]:
    found = [operation for _, _, operation in operations(document)]
    named = {operation["operationId"]: operation for operation in found}
    assert len(named) == len(found), "an operation id stands twice"
    return named


def resolved(document: dict[str, Any], part: Any) -> Any:
    """What a reference of the document leads to."""
    while isinstance(part, dict) and "$ref" in part:
        found: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        part = found
    return part


def contents(operation: Operation) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every body that is asked for or given: where, media type, content."""
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield "request", media_type, content
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            yield status, media_type, content


def shown(document: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The examples of a body by name."""
    return {name: resolved(document, one)["value"] for name, one in content.get("examples", {}).items()}


def lonely_korean(part: Any, *, beside_english: bool = False) -> Iterator[str]:
    """Korean texts with no English in them or beside them."""
    if isinstance(part, dict):
        for name, member in part.items():
            yield from lonely_korean(member, beside_english=name == "ko" and bool(part.get("en")))
    elif isinstance(part, list):
        in_english = any(isinstance(member, dict) and member.get("@language") == "en" for member in part)
        for member in part:
            beside = in_english and isinstance(member, dict) and "@language" in member
            yield from () if beside else lonely_korean(member)
    elif isinstance(part, str) and HANGUL.search(part) and not LATIN.search(part) and not beside_english:
        yield part


def deprecated_without_end(part: Any, place: str = "") -> Iterator[str]:
    """What is marked as deprecated and does not say since when and until when, or ends too soon."""
    if isinstance(part, dict):
        if part.get("deprecated") is True and not _ends_in_time(part):
            yield place
        for name, member in part.items():
            if name not in ("example", "examples"):
                yield from deprecated_without_end(member, f"{place}/{name}")
    elif isinstance(part, list):
        for number, member in enumerate(part):
            yield from deprecated_without_end(member, f"{place}/{number}")


def _ends_in_time(part: dict[str, Any]) -> bool:
    if not {SINCE, SUNSET} <= part.keys():
        return False
    return (date.fromisoformat(part[SUNSET]) - date.fromisoformat(part[SINCE])).days >= LEAST_DAYS


class TestDocument:
    def test_is_valid_openapi_3_1(self, document: dict[str, Any]) -> None:
        assert document["openapi"].startswith("3.1")
        assert [error.message for error in OpenAPIV31SpecValidator(document).iter_errors()] == []
        broken = {**document, "paths": {"/x": {"get": {"responses": {"200": {}}}}}}
        assert list(OpenAPIV31SpecValidator(broken).iter_errors())

    def test_can_be_read_by_a_safe_yaml_loader(self, document: dict[str, Any]) -> None:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        assert yaml.load(MERGED.read_text(encoding="utf-8"), loader) == document  # noqa: S506 - it is the safe one

    def test_names_no_place_of_this_machine(self) -> None:
        text = MERGED.read_text(encoding="utf-8")
        assert not re.search(r"localhost|127\.0\.0\.1|/work/|/home/", text)

    def test_every_deprecation_says_since_when_and_until_when(self, document: dict[str, Any]) -> None:
        assert list(deprecated_without_end(document)) == []
        without, soon = {"deprecated": True, SINCE: "2027-01-15"}, {SUNSET: "2027-02-01"}
        in_time = deprecated(date(2027, 1, 15), sunset=date(2027, 9, 1), see="/x")
        assert list(deprecated_without_end({"a": [without, without | soon, in_time]})) == ["/a/0", "/a/1"]

    def test_explains_every_schema_and_every_member(self, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]
        assert [name for name, schema in schemas.items() if not schema.get("description")] == []
        unexplained = [
            f"{name}.{member}"
            for name, schema in schemas.items()
            for member, described in schema.get("properties", {}).items()
            if not is_explained(described)
        ]
        assert unexplained == []
        assert not is_explained({"type": "string", "anyOf": [{"type": "null"}]})


class TestOperations:
    def test_have_id_summary_description_and_one_audience(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        known = {tag["name"] for tag in document["tags"]}
        assert known == {audience.value for audience in AUDIENCES}
        for name, operation in by_id.items():
            assert re.fullmatch(r"[a-z][A-Za-z]+", name)
            assert operation["summary"], name
            assert HANGUL.search(operation[KOREAN_SUMMARY]), name
            assert "**Who may call it:**" in operation["description"], name
            assert len(operation["tags"]) == 1, name
            assert set(operation["tags"]) <= known, name

    def test_describe_every_parameter_with_an_example_that_fits(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        for name, operation in by_id.items():
            for parameter in operation.get("parameters", ()):
                place = f"{name} {parameter['name']}"
                assert parameter["description"], place
                whole = {**parameter["schema"], "components": document["components"]}
                Draft202012Validator(whole).validate(parameter["example"])

    def test_show_bodies_that_fit_their_schema(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        checked = 0
        for name, operation in by_id.items():
            for place, media_type, content in contents(operation):
                examples = shown(document, content)
                if media_type in (JSON, MEDIA_TYPE):
                    assert examples, f"{name} {place} has no example"
                whole = {**content["schema"], "components": document["components"]}
                validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
                for example in examples.values():
                    validator.validate(example)
                    checked += 1
        assert checked > len(by_id)

    def test_show_korean_beside_english(self, document: dict[str, Any], by_id: dict[str, Operation]) -> None:
        in_both = set()
        for name, operation in by_id.items():
            for place, _, content in contents(operation):
                examples = shown(document, content)
                if {"en", "ko"} & examples.keys():
                    in_both.add(name)
                    assert {"en", "ko"} <= examples.keys(), f"{name} {place}"
                    assert list(lonely_korean(examples["en"])) == [], f"{name} {place}"
                else:
                    assert list(lonely_korean(examples)) == [], f"{name} {place}"
        assert {"createApplication", "changeApplication", "submitScoreSheet", "getResult"} <= in_both

    def test_link_to_operations_that_take_what_they_give(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        linked = set()
        for name, operation in by_id.items():
            for status, response in operation["responses"].items():
                for link in response.get("links", {}).values():
                    target = by_id[link["operationId"]]
                    taken = {(one["in"], one["name"]) for one in target.get("parameters", ())}
                    for parameter, source in link["parameters"].items():
                        place = f"{name} {status} → {link['operationId']} {parameter}"
                        kind, _, plain = parameter.rpartition(".")
                        assert {(kind, plain)} & taken or (not kind and plain in {n for _, n in taken}), place
                        assert given(document, response, source), place
                    linked.add((name, link["operationId"]))
        life = ["createApplication", "changeApplication", "submitApplication", "getReceipt"]
        assert {("createApplication", later) for later in life[1:]} <= linked
        assert ("submitApplication", "getReceipt") in linked

    def test_refuse_with_problems_that_are_explained(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        pages = problem_texts()
        for name, operation in by_id.items():
            for place, media_type, content in contents(operation):
                if media_type == MEDIA_TYPE:
                    assert int(place) >= 400, name
                    for slug, example in shown(document, content).items():
                        assert example["type"].endswith(f"/{slug}")
                        assert example["status"] == int(place)
                        assert slug in pages, f"{name} {slug}"

    def test_promise_a_request_id_with_every_answer(self, by_id: dict[str, Operation]) -> None:
        for name, operation in by_id.items():
            for status, response in operation["responses"].items():
                assert "X-Request-Id" in response["headers"], f"{name} {status}"
                assert ("Retry-After" in response["headers"]) or status not in ("429", "503"), (
                    f"{name} {status}"
                )

    def test_ask_systems_for_scopes_that_exist(
        self, document: dict[str, Any], by_id: dict[str, Operation]
    ) -> None:
        flows = document["components"]["securitySchemes"]["machines"]["flows"]
        granted = flows["clientCredentials"]["scopes"].keys()
        asked = {
            scope
            for operation in by_id.values()
            for alternative in operation.get("security", ())
            for scope in alternative.get("machines", ())
        }
        assert asked <= granted
        assert "cases:read:planning" in asked


def given(document: dict[str, Any], response: dict[str, Any], source: str) -> bool:
    """Whether an answer has what a runtime expression takes out of it: a header, or a member of every example."""
    if source.startswith("$response.header."):
        return source.rpartition(".")[2] in response["headers"]
    steps = source.removeprefix("$response.body#/").split("/")
    return all(_has(example, steps) for example in shown(document, response["content"][JSON]).values())


def _has(part: Any, steps: list[str]) -> bool:
    for step in steps:
        if isinstance(part, list):
            part = part[int(step)] if int(step) < len(part) else {}
        elif step in part:
            part = part[step]
        else:
            return False
    return True
