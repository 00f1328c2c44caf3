"""The contract's examples are no fiction: sent as they stand, in either language, they lead to a receipt."""

import json
from typing import Any

import pytest

from services.intake.tests.house import DOCUMENTS, House
from shared.contracts.merged import operations
from shared.http.openapi import path_of


@pytest.fixture(scope="module")
def examples() -> dict[str, dict[str, Any]]:
    """The JSON request examples of the committed contract, by operation and name."""
    document = json.loads(path_of("intake").read_text(encoding="utf-8"))
    return {
        operation["operationId"]: {
            name: example["value"]
            for name, example in operation["requestBody"]["content"]["application/json"]["examples"].items()
        }
        for _, _, operation in operations(document)
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    }


class TestStory:
    async def test_begins_with_a_call_that_can_be_published(
        self, empty_house: House, examples: dict[str, dict[str, Any]]
    ) -> None:
        definition = examples["publishCall"]["example"]
        answer = await empty_house.ministry.post("/v1/calls", definition)
        assert answer.status_code == 201, answer.text

    @pytest.mark.parametrize("language", ["en", "ko"])
    async def test_leads_from_the_draft_to_the_receipt(
        self, house: House, examples: dict[str, dict[str, Any]], language: str
    ) -> None:
        applicant = house.applicant()
        begun = await applicant.post("/v1/applications", examples["createApplication"][language])
        assert begun.status_code == 201, begun.text
        path, track = begun.headers["Location"], begun.json()["track"]
        filled = await applicant.patch(path, examples["changeApplication"][language])
        assert filled.status_code == 200, filled.text
        findings = (await applicant.get(f"{path}/completeness")).json()["findings"]
        assert {one["pointer"] for one in findings} == {f"/documents/{kind}" for kind in DOCUMENTS[track]}
        for kind in DOCUMENTS[track]:
            await applicant.upload(begun.json()["id"], kind)
        received = await applicant.submit(begun.json()["id"])
        assert received.status_code == 201, received.text
        assert received.json()["track"] == track
