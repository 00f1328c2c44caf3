"""A contract that breaks the released one is refused; one that only adds is not."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deploy.contract.breaks import breaks
from deploy.contract.versions import RELEASED, read
from shared.contracts.merged import operations
from shared.http.openapi import MERGED

pytestmark = [pytest.mark.needs("go"), pytest.mark.usefixtures("with_oasdiff")]

Change = Callable[[dict[str, Any]], None]
APPLICATIONS, CALLS = "/intake/v1/applications", "/intake/v1/calls"


@pytest.fixture(scope="module")
def old() -> dict[str, Any]:
    """A part of the released contract, so that a comparison takes a moment."""
    document = read(RELEASED)
    document["paths"] = {path: document["paths"][path] for path in (APPLICATIONS, CALLS)}
    for _, _, operation in operations(document):
        for response in operation["responses"].values():
            response.pop("links", None)
    return document


def schema(document: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][name]
    return found


def parameter(document: dict[str, Any], path: str, name: str) -> dict[str, Any]:
    return next(one for one in document["paths"][path]["get"]["parameters"] if one["name"] == name)


def remove_field(new: dict[str, Any]) -> None:
    del schema(new, "ApplicationOut")["properties"]["revision"]


def require_field(new: dict[str, Any]) -> None:
    schema(new, "ApplicationIn")["properties"]["note"] = {"type": "string"}
    schema(new, "ApplicationIn")["required"].append("note")


def require_parameter(new: dict[str, Any]) -> None:
    query = {"name": "year", "in": "query", "required": True, "schema": {"type": "integer"}}
    new["paths"][CALLS]["get"]["parameters"].append(query)


def narrow_enum_of_body(new: dict[str, Any]) -> None:
    schema(new, "ApplicationIn")["properties"]["track"]["enum"].remove("planning")


def narrow_enum_of_parameter(new: dict[str, Any]) -> None:
    parameter(new, APPLICATIONS, "track")["schema"]["enum"].remove("planning")


def shorten_text(new: dict[str, Any]) -> None:
    parameter(new, APPLICATIONS, "call")["schema"]["maxLength"] = 3


def widen_enum_of_answer(new: dict[str, Any]) -> None:
    schema(new, "WindowState")["enum"].append("paused")


def remove_operation(new: dict[str, Any]) -> None:
    del new["paths"][CALLS]["get"]


def change_type(new: dict[str, Any]) -> None:
    schema(new, "ApplicationOut")["properties"]["revision"]["type"] = "string"


def let_be_null(new: dict[str, Any]) -> None:
    schema(new, "ApplicationOut")["properties"]["revision"]["type"] = ["integer", "null"]


def remove_status(new: dict[str, Any]) -> None:
    del new["paths"][CALLS]["post"]["responses"]["201"]


def remove_header(new: dict[str, Any]) -> None:
    del new["paths"][APPLICATIONS]["post"]["responses"]["201"]["headers"]["ETag"]


def ask_for_scope(new: dict[str, Any]) -> None:
    alternatives = new["paths"][APPLICATIONS]["get"]["security"]
    (machines,) = (one for one in alternatives if one.get("machines") == ["applications:read"])
    machines["machines"].append("dossiers:read")


def ask_for_token(new: dict[str, Any]) -> None:
    alternatives = new["paths"][CALLS]["get"]["security"]
    alternatives.remove({})


def rename_operation(new: dict[str, Any]) -> None:
    new["paths"][CALLS]["get"]["operationId"] = "findCalls"


def end_too_soon(new: dict[str, Any]) -> None:
    new["paths"][CALLS]["get"] |= {"deprecated": True, "x-sunset": "2020-01-01"}


def end_without_a_day(new: dict[str, Any]) -> None:
    new["paths"][CALLS]["get"]["deprecated"] = True


def add_field_to_answer(new: dict[str, Any]) -> None:
    schema(new, "ApplicationOut")["properties"]["hint"] = {"type": "string"}


def add_optional_field(new: dict[str, Any]) -> None:
    schema(new, "ApplicationIn")["properties"]["note"] = {"type": "string"}


def add_optional_parameter(new: dict[str, Any]) -> None:
    query = {"name": "year", "in": "query", "schema": {"type": "integer"}}
    new["paths"][CALLS]["get"]["parameters"].append(query)


def add_operation(new: dict[str, Any]) -> None:
    new["paths"]["/intake/v1/news"] = {"get": {**new["paths"][CALLS]["get"], "operationId": "listNews"}}


def widen_enum_of_parameter(new: dict[str, Any]) -> None:
    parameter(new, APPLICATIONS, "track")["schema"]["enum"].append("research")


def add_problem(new: dict[str, Any]) -> None:
    responses = new["paths"][CALLS]["get"]["responses"]
    responses["409"] = copy.deepcopy(responses["400"])


def tell_otherwise(new: dict[str, Any]) -> None:
    new["paths"][CALLS]["get"]["summary"] = "Calls"


BREAKING: tuple[Change, ...] = (
    *(remove_field, require_field, require_parameter, narrow_enum_of_body, narrow_enum_of_parameter),
    *(shorten_text, widen_enum_of_answer, remove_operation, change_type, let_be_null, remove_status),
    *(remove_header, ask_for_scope, ask_for_token, rename_operation, end_too_soon, end_without_a_day),
)
HARMLESS: tuple[Change, ...] = (
    *(add_field_to_answer, add_optional_field, add_optional_parameter, add_operation),
    *(widen_enum_of_parameter, add_problem, tell_otherwise),
)


def compared(old: dict[str, Any], change: Change, folder: Path) -> list[str]:
    new = copy.deepcopy(old)
    change(new)
    assert new != old
    before, after = folder / "old.json", folder / "new.json"
    before.write_text(json.dumps(old))
    after.write_text(json.dumps(new))
    return breaks(before, after)


class TestBreaks:
    @pytest.mark.parametrize("change", BREAKING, ids=lambda change: change.__name__)
    def test_refuse(self, old: dict[str, Any], change: Change, tmp_path: Path) -> None:
        assert compared(old, change, tmp_path)

    @pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
    def test_accept(self, old: dict[str, Any], change: Change, tmp_path: Path) -> None:
        assert compared(old, change, tmp_path) == []

    def test_find_none_between_the_released_contract_and_the_present_one(self) -> None:
        assert breaks(RELEASED, MERGED) == []

    def test_tell_of_a_document_that_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "broken.json").write_text("{")
        with pytest.raises(RuntimeError, match="oasdiff failed"):
            breaks(RELEASED, tmp_path / "broken.json")
