"""The committed contract is the one that the code offers."""

import json
from typing import Any

from shared.http.openapi import document_of, is_current, path_of

METHODS = ("get", "post", "put", "patch", "delete")


def operations() -> list[dict[str, Any]]:
    paths = json.loads(path_of("notification").read_text(encoding="utf-8"))["paths"]
    return [methods[method] for methods in paths.values() for method in METHODS if method in methods]


class TestOpenApi:
    def test_is_current(self) -> None:
        assert is_current("notification"), "run python -m shared.http.openapi notification"

    def test_comes_out_the_same_each_time(self) -> None:
        assert document_of("notification") == document_of("notification")

    def test_every_operation_has_id_summary_tags_and_its_problems(self) -> None:
        assert operations()
        for operation in operations():
            assert operation["operationId"]
            assert operation["summary"]
            assert operation["tags"]
            assert {"500", "503"} <= operation["responses"].keys()
