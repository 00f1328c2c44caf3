"""Item 2: the contract as a product: complete, linted, versioned, and not to be broken unseen."""

import copy
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.contract.breaks import breaks
from deploy.contract.lint import findings
from deploy.contract.versions import CHANGES, RELEASED, complaints, entries, read, version_of
from shared.contracts.merged import operations
from shared.http.contract.words import AUDIENCES
from shared.http.deprecation import LEAST_DAYS
from shared.http.openapi import MERGED
from tests.stack import PLAYED_WITHIN_SECONDS, ROOT, RunningStack

pytestmark = [pytest.mark.journey, pytest.mark.timeout(PLAYED_WITHIN_SECONDS + 300)]

Operation = dict[str, Any]
JSON, PROBLEM = "application/json", "application/problem+json"
HANGUL = range(ord("가"), ord("힣") + 1)


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    return read(MERGED)


@pytest.fixture(scope="module")
def every(contract: dict[str, Any]) -> list[Operation]:
    found = [operation for _, _, operation in operations(contract)]
    assert len(found) > 80
    return found


def is_korean(value: object) -> bool:
    return any(ord(letter) in HANGUL for letter in json.dumps(value, ensure_ascii=False))


def successes(operation: Operation) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((status, answer) for status, answer in operation["responses"].items() if status < "300")


def test_2_the_running_front_door_gives_it_as_openapi_3_1(played: RunningStack) -> None:
    given = httpx.get(f"{played.front_door}/openapi.json", trust_env=False).json()
    assert given["openapi"].startswith("3.1.")
    assert given == read(MERGED)


def test_2_every_operation_is_named_told_and_for_somebody(every: list[Operation]) -> None:
    ids = [operation["operationId"] for operation in every]
    assert len(set(ids)) == len(ids)
    audiences = {audience.value for audience in AUDIENCES}
    for operation in every:
        name = operation["operationId"]
        assert len(operation["summary"]) > 5, name
        assert len(operation["description"]) > len(operation["summary"]), name
        assert is_korean(operation["x-summary-ko"]), name
        assert set(operation["tags"]) <= audiences, name
        assert len(operation["tags"]) == 1, name


def test_2_every_operation_says_with_which_token_or_scope_or_that_it_needs_none(
    contract: dict[str, Any], every: list[Operation]
) -> None:
    schemes = contract["components"]["securitySchemes"]
    grantable = schemes["machines"]["flows"]["clientCredentials"]["scopes"]
    scoped = 0
    for operation in every:
        for alternative in operation.get("security", ()):
            assert alternative.keys() <= schemes.keys(), operation["operationId"]
            assert set(alternative.get("machines", ())) <= grantable.keys(), operation["operationId"]
            scoped += bool(alternative.get("machines"))
        assert ("401" in operation["responses"]) == bool(operation.get("security")), operation["operationId"]
    assert scoped > 5


def test_2_every_request_and_answer_has_an_example_in_both_languages_where_text_is_shown(
    every: list[Operation],
) -> None:
    korean = 0
    for operation in every:
        name = operation["operationId"]
        asked = operation.get("requestBody", {}).get("content", {})
        assert all(content.get("examples") for media_type, content in asked.items() if media_type == JSON), (
            name
        )
        for status, answer in successes(operation):
            shown = answer.get("content", {}).get(JSON, {})
            if not shown:
                continue
            examples = {key: one["value"] for key, one in shown["examples"].items()}
            assert examples, f"{name} {status}"
            if "ko" in examples or "en" in examples:
                assert {"en", "ko"} <= examples.keys(), f"{name} {status}"
                korean += is_korean(examples["ko"])  # a fresh draft has no text yet
    assert korean > 15


def test_2_every_refusal_is_a_problem_with_a_page(played: RunningStack, every: list[Operation]) -> None:
    slugs = set()
    for operation in every:
        refusals = [one for status, one in operation["responses"].items() if status >= "400"]
        assert refusals, operation["operationId"]
        for refusal in refusals:
            slugs |= refusal["content"][PROBLEM]["examples"].keys()
    assert len(slugs) > 40
    with httpx.Client(base_url=played.front_door, trust_env=False) as http:
        assert [slug for slug in sorted(slugs) if http.get(f"/problems/{slug}").status_code != 200] == []


def test_2_links_lead_to_operations_and_give_what_those_take(every: list[Operation]) -> None:
    by_id = {operation["operationId"]: operation for operation in every}
    followed = 0
    for operation in every:
        for _, answer in successes(operation):
            for name, link in answer.get("links", {}).items():
                taken = {one["name"] for one in by_id[link["operationId"]].get("parameters", ())}
                assert {key.rpartition(".")[2] for key in link["parameters"]} <= taken, name
                followed += 1
    assert followed > 50


@pytest.mark.needs("node")
def test_2_the_public_rules_find_no_error() -> None:
    assert [str(one) for one in findings(MERGED) if one.serious] == []


@pytest.mark.needs("go")
def test_2_nothing_is_broken_since_the_release_and_a_break_is_seen(
    contract: dict[str, Any], tmp_path: Path
) -> None:
    assert breaks(RELEASED, MERGED) == []
    path = "/catalog/v1/projects"
    old = {**contract, "paths": {path: copy.deepcopy(contract["paths"][path])}}
    for _, _, operation in operations(old):
        for answer in operation["responses"].values():
            answer.pop("links", None)
    new = copy.deepcopy(old)
    del new["paths"][path]["get"]["responses"]["200"]
    for name, document in (("old", old), ("new", new)):
        (tmp_path / f"{name}.json").write_text(json.dumps(document))
    assert breaks(tmp_path / "old.json", tmp_path / "old.json") == []
    assert breaks(tmp_path / "old.json", tmp_path / "new.json") != []


def test_2_the_policy_and_the_change_log_are_of_the_present_version(
    played: RunningStack, contract: dict[str, Any]
) -> None:
    log = CHANGES.read_text()
    assert complaints(contract, read(RELEASED), log) == []
    assert entries(log)[0] == version_of(contract)
    policy = (ROOT / "docs" / "api" / "versioning.md").read_text()
    for promised in ("Deprecation", "Sunset", f"{LEAST_DAYS} days", "semantic versioning"):
        assert promised in policy
    for page in ("versioning", "changes"):
        assert httpx.get(f"{played.front_door}/guides/{page}", trust_env=False).status_code == 200


def test_2_what_is_deprecated_says_in_its_answers_when_it_ends(every: list[Operation]) -> None:
    """What the running code then sends is tried in ``shared/tests/http/test_deprecation.py``."""
    for operation in every:
        marked = {"x-sunset", "x-deprecated-since"} <= operation.keys()
        assert operation.get("deprecated", False) == marked, operation["operationId"]
        for answer in operation["responses"].values():
            promised = {"Deprecation", "Sunset"} <= answer["headers"].keys()
            assert promised == marked, operation["operationId"]
