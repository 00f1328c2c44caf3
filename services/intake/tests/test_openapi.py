"""The committed contract is the one that the code offers."""

import json
from typing import Any

from shared.http.openapi import is_current, path_of

METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> list[dict[str, Any]]:
    paths = json.loads(path_of("intake").read_text(encoding="utf-8"))["paths"]
    return [methods[method] for methods in paths.values() for method in METHODS if method in methods]


class TestOpenApi:
    def test_is_current(self) -> None:
        assert is_current("intake"), "run python -m shared.http.openapi intake"

    def test_every_operation_has_id_summary_tags_and_its_problems(self) -> None:
        assert operations()
        for operation in operations():
            assert operation["operationId"]
            assert operation["summary"]
            assert operation["tags"]
            assert {"500", "503"} <= operation["responses"].keys()

    def test_every_operation_has_its_own_id(self) -> None:
        ids = [operation["operationId"] for operation in operations()]
        assert len(set(ids)) == len(ids)

    def test_a_submission_announces_each_way_it_can_be_refused(self) -> None:
        (submission,) = (one for one in operations() if one["operationId"] == "submitApplication")
        content = submission["responses"]["409"]["content"]["application/problem+json"]
        assert content["examples"].keys() == {
            "not-a-draft",
            "already-submitted",
            "window-not-open",
            "window-closed",
            "twin-in-flight",
            "changed-meanwhile",
        }
