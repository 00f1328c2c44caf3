"""What the contract calls its schemas, and which of them may grow."""

from typing import Any

import pytest

from shared.http.contract.growth import let_answers_grow
from shared.http.contract.names import COMPONENT_NAMES, name_components
from shared.http.openapi import document_of
from shared.settings import SERVICES


def reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def posting(asked: str, answered: str) -> dict[str, Any]:
    """One operation that takes the one and answers the other."""

    def content(name: str) -> dict[str, Any]:
        return {"content": {"application/json": {"schema": reference(name)}}}

    operation = {
        "operationId": "post",
        "requestBody": content(asked),
        "responses": {"201": content(answered)},
    }
    schemas = {
        "TrackIn": closed(line=reference("Line")),
        "TrackShown": closed(line=reference("Line"), stop=reference("StopIn")),
        "Line": {"type": "string"},
        "StopIn": {"title": "StopIn", **closed(name={"type": "string"})},
        "Whole": closed(stop=reference("StopIn")),
    }
    return {"paths": {"/tracks": {"post": operation}}, "components": {"schemas": schemas}}


def is_closed(document: dict[str, Any], name: str) -> bool:
    return "additionalProperties" in document["components"]["schemas"][name]


class TestLetAnswersGrow:
    def test_opens_what_is_answered_and_keeps_what_is_asked_closed(self) -> None:
        document = posting("TrackIn", "TrackShown")
        let_answers_grow(document)
        assert (is_closed(document, "TrackIn"), is_closed(document, "TrackShown")) == (True, False)
        assert not is_closed(document, "StopIn")

    def test_splits_what_is_both_asked_and_answered(self) -> None:
        document = posting("Whole", "TrackShown")
        let_answers_grow(document)
        schemas = document["components"]["schemas"]
        assert (is_closed(document, "StopIn"), is_closed(document, "StopOut")) == (True, False)
        assert schemas["Whole"]["properties"]["stop"] == reference("StopIn")
        assert schemas["TrackShown"]["properties"]["stop"] == reference("StopOut")
        assert (schemas["StopIn"]["title"], schemas["StopOut"]["title"]) == ("StopIn", "StopOut")

    def test_leaves_what_is_answered_as_it_was_asked_alone_when_nothing_is_closed(self) -> None:
        document = posting("Line", "Line")
        let_answers_grow(document)
        assert "LineOut" not in document["components"]["schemas"]

    def test_refuses_to_take_a_name_that_another_schema_has(self) -> None:
        document = posting("Whole", "TrackShown")
        document["components"]["schemas"]["StopOut"] = {"type": "string"}
        with pytest.raises(ValueError, match="StopOut"):
            let_answers_grow(document)


class TestNames:
    def test_are_changed_wherever_a_schema_is_referred_to(self) -> None:
        document = posting("Whole", "TrackShown")
        name_components(document, {"StopIn": "PlaceIn"})
        schemas = document["components"]["schemas"]
        assert schemas["PlaceIn"]["title"] == "PlaceIn"
        assert schemas["Whole"]["properties"]["stop"] == reference("PlaceIn")
        assert "StopIn" not in schemas

    def test_are_none_that_no_contract_needs(self) -> None:
        used = {name for service in SERVICES for name in document_of(service)["components"]["schemas"]}
        assert set(COMPONENT_NAMES.values()) - used == set()
