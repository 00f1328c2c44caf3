"""What the catalogue's contract promises beyond every service's."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from services.catalog.domain.project import id_of_completed

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("address", ["/v1/projects", f"/v1/projects/{id_of_completed(1)}"])
async def test_nobody_adds_replaces_or_deletes_a_project_over_http(
    api: httpx.AsyncClient, method: str, address: str
) -> None:
    answer: Any = await api.request(method, address, json={})
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]


def test_null_means_not_published(app: FastAPI) -> None:
    document = app.openapi()
    assert "**`null` means not published.**" in document["info"]["description"]
    for name, member in document["components"]["schemas"]["ProjectOut"]["properties"].items():
        if {"type": "null"} in member.get("anyOf", []):
            assert "null" in member["description"], name
