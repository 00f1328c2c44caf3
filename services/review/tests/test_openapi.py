"""The committed contract is the one that the code offers."""

import json
from typing import Any

from shared.http.openapi import document_of, is_current, path_of

METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> list[dict[str, Any]]:
    paths = json.loads(path_of("review").read_text(encoding="utf-8"))["paths"]
    return [methods[method] for methods in paths.values() for method in METHODS if method in methods]


class TestOpenApi:
    def test_is_current(self) -> None:
        assert is_current("review"), "run python -m shared.http.openapi review"

    def test_every_operation_has_an_id_of_its_own_a_summary_and_tags(self) -> None:
        found = operations()
        assert len({one["operationId"] for one in found}) == len(found)
        assert all(one["summary"] and one["tags"] for one in found)

    def test_every_post_that_acts_asks_for_an_idempotency_key(self) -> None:
        paths = document_of("review")["paths"]
        without = {
            methods["post"]["operationId"]
            for methods in paths.values()
            if "post" in methods
            and "Idempotency-Key" not in {each["name"] for each in methods["post"].get("parameters", [])}
        }
        assert without == {"stepRehearsalClock"}

    def test_public_selections_need_no_token(self) -> None:
        paths = document_of("review")["paths"]
        assert {} in paths["/v1/selections"]["get"]["security"]
