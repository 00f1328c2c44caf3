"""The public rules are really applied; that the whole contract keeps them is `make check`'s to see (12 seconds)."""

import json
from pathlib import Path
from typing import Any

import pytest

from deploy.contract.lint import findings
from deploy.contract.versions import read
from shared.http.openapi import MERGED

PATH = "/intake/v1/documents/{document_id}"


def part_of_the_contract() -> dict[str, Any]:
    """One operation with what it refers to."""
    whole = read(MERGED)
    schemas = {name: whole["components"]["schemas"][name] for name in ("Problem", "Violation")}
    components = {**whole["components"], "schemas": schemas}
    return {**whole, "paths": {PATH: whole["paths"][PATH]}, "components": components}


@pytest.mark.needs("node")
@pytest.mark.usefixtures("with_spectral")
class TestLint:
    def test_finds_what_breaks_the_rules_and_nothing_else(self, tmp_path: Path) -> None:
        spoilt = part_of_the_contract()
        operation = spoilt["paths"][PATH]["delete"]
        del operation["operationId"], operation["parameters"][0]["schema"]["maxLength"]
        del operation["responses"]["204"]["headers"]["RateLimit"]
        operation["tags"] = ["strangers"]
        spoilt["servers"] = [{"url": "http://k-city.example"}]
        file = tmp_path / "openapi.json"
        file.write_text(json.dumps(spoilt))
        found = {one.rule for one in findings(file) if one.rule != "oas3-unused-component"}
        assert found == {
            "operation-operationId",
            "operation-tag-defined",
            "owasp:api4:2023-rate-limit",
            "owasp:api4:2023-string-limit",
            "owasp:api8:2023-no-server-http",
            "owasp:api9:2023-inventory-access",
        }
