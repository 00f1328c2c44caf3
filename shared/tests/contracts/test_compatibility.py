import copy
from typing import Any

import pytest
from pydantic import BaseModel

from shared.contracts.compatibility import breaking_changes
from shared.contracts.registry import event_classes
from shared.contracts.schemas import schema_of

OLD: dict[str, Any] = {
    "type": "object",
    "required": ["id", "place"],
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "place": {"$ref": "#/$defs/Place"},
        "kind": {"enum": ["plan", "demonstration"]},
        "note": {"anyOf": [{"type": "string", "maxLength": 10}, {"type": "null"}]},
        "rank": {"type": "integer", "minimum": 1},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
    "$defs": {"Place": {"type": "object", "required": ["city"], "properties": {"city": {"type": "string"}}}},
}


def changed(*path: str, to: Any) -> list[str]:
    """The breaking changes when what stands at ``path`` becomes ``to``; None: it is taken away."""
    new = copy.deepcopy(OLD)
    *way, last = path
    place = new
    for step in way:
        place = place[step]
    if to is None:
        del place[last]
    else:
        place[last] = to
    return breaking_changes(OLD, new)


class TestAdditiveChanges:
    def test_nothing_changed(self) -> None:
        assert breaking_changes(OLD, copy.deepcopy(OLD)) == []

    def test_a_new_optional_field(self) -> None:
        assert changed("properties", "colour", to={"type": "string"}) == []
        assert changed("$defs", "Place", "properties", "river", to={"type": "string"}) == []

    def test_other_words_for_the_same(self) -> None:
        assert changed("properties", "rank", "description", to="from 1 on") == []
        assert changed("title", to="Renamed") == []

    def test_a_definition_written_out_in_place(self) -> None:
        assert changed("properties", "place", to=OLD["$defs"]["Place"]) == []


class TestBreakingChanges:
    @pytest.mark.parametrize(
        ("path", "to", "expected"),
        [
            (("properties", "note"), None, "/note: the field was removed"),
            (("$defs", "Place", "properties", "city"), None, "/place/city: the field was removed"),
            (("required",), ["id", "place", "rank"], "/rank: is required now"),
            (("required",), ["id", "place", "colour"], "/colour: a new field is required"),
            (("required",), ["id"], "/place: is no longer required, so readers that need it fail"),
            (("properties", "rank", "type"), "string", "/rank: narrowed, integer is no longer taken"),
            (("properties", "rank", "minimum"), 2, "/rank: minimum narrowed (1 → 2)"),
            (("properties", "rank", "minimum"), 0, "/rank: minimum widened (1 → 0)"),
            (("properties", "rank", "maximum"), 9, "/rank: maximum narrowed (None → 9)"),
            (("properties", "id", "format"), None, "/id: format widened (uuid → None)"),
            (("properties", "kind", "enum"), ["plan"], "/kind: narrowed, 'demonstration' is no longer taken"),
            (
                ("properties", "kind", "enum"),
                ["plan", "demonstration", "study"],
                "/kind: widened by 'study', which readers of this version refuse",
            ),
            (("properties", "kind"), {"type": "string"}, "/kind: widened to any value"),
            (("properties", "note", "anyOf"), [{"type": "string", "maxLength": 10}], "/note: narrowed, null"),
            (
                ("properties", "note", "anyOf"),
                [{"type": "string", "maxLength": 5}, {"type": "null"}],
                "/note: maxLength narrowed (10 → 5)",
            ),
            (
                ("properties", "rank"),
                {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
                "/rank: widened by null",
            ),
            (("properties", "tags", "items", "type"), "integer", "/tags/[]: narrowed, string"),
            (("additionalProperties",), False, ": other fields than those named"),
        ],
    )
    def test_is_named_with_its_place(self, path: tuple[str, ...], to: Any, expected: str) -> None:
        found = changed(*path, to=to)
        assert any(change.startswith(expected) for change in found), found

    def test_are_all_named_at_once(self) -> None:
        found = breaking_changes(OLD, {"type": "object", "properties": {}})
        assert found == [f"/{name}: the field was removed" for name in OLD["properties"]]

    def test_are_found_in_schemas_that_contain_themselves(self) -> None:
        class Tree(BaseModel):
            name: str
            children: list["Tree"] = []

        old = Tree.model_json_schema()
        new = copy.deepcopy(old)
        new["$defs"]["Tree"]["properties"]["name"] = {"type": "integer"}
        assert breaking_changes(old, old) == []
        assert breaking_changes(old, new) != []


class TestOurEvents:
    @pytest.mark.parametrize("kind", event_classes(), ids=lambda kind: kind.__name__)
    def test_losing_any_field_of_an_event_would_be_noticed(self, kind: Any) -> None:
        old = schema_of(kind)
        for name in old["properties"]:
            new = copy.deepcopy(old)
            del new["properties"][name]
            assert f"/{name}: the field was removed" in breaking_changes(old, new)
