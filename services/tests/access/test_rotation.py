"""The issuer's key is rotated while a service runs: it follows without a restart. A real issuer, a real API."""

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer import Issuer
from deploy.local.ports import free_port
from services.catalog.main import create_app
from services.catalog.settings import CatalogSettings
from services.tests.access.worlds import everywhere
from shared.testing.api import open_api
from shared.testing.plugin import DatabaseOf
from shared.testing.waiting import eventually

FORM = {
    "grant_type": "client_credentials",
    "client_id": "kcity-system",
    "client_secret": "development-kcity-system",
}


@pytest.fixture
def own_issuer(scratch: Path) -> Iterator[Issuer]:
    with Issuer(scratch / "rotating-issuer", free_port()) as issuer:
        yield issuer


@pytest.fixture
async def api(
    own_issuer: Issuer, database_of: DatabaseOf, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    monkeypatch.setattr("shared.auth.issuer_keys.REFETCH_AFTER_SECONDS", 0.0)
    monkeypatch.setattr("shared.auth.issuer_keys.KEYS_FRESH_SECONDS", 0.2)
    url = await database_of("catalog")
    app = create_app(CatalogSettings(**everywhere.settings_of(url, own_issuer.url)))
    async with open_api(app) as api:
        yield api


def rotate(issuer: Issuer, *options: str) -> None:
    command = [sys.executable, "-m", "deploy.local.issuer", "--key-file", str(issuer.key_file), "rotate"]
    subprocess.run([*command, *options], check=True, capture_output=True)  # noqa: S603 - our own module


def token(issuer: Issuer) -> str:
    return str(httpx.post(f"{issuer.url}/token", data=FORM).json()["access_token"])


def published(issuer: Issuer) -> list[str]:
    return [key["kid"] for key in httpx.get(f"{issuer.url}/jwks").json()["keys"]]


async def settled(api: httpx.AsyncClient, bearer: str) -> int:
    """What the service says of a token, once it has read the keys: a busy machine's issuer may keep it waiting."""
    while True:
        answer = await api.get("/v1/me", headers={"Authorization": f"Bearer {bearer}"})
        if answer.status_code != 503:
            return answer.status_code


async def test_tokens_of_both_keys_hold_after_a_rotation(own_issuer: Issuer, api: httpx.AsyncClient) -> None:
    (before,) = published(own_issuer)
    old = token(own_issuer)
    rotate(own_issuer)
    assert published(own_issuer)[1:] == [before]
    fresh = token(own_issuer)
    for bearer in (old, fresh):
        assert await settled(api, bearer) == 200


async def test_tokens_of_a_withdrawn_key_end(own_issuer: Issuer, api: httpx.AsyncClient) -> None:
    old = token(own_issuer)
    assert await settled(api, old) == 200
    rotate(own_issuer, "--withdraw")
    assert len(published(own_issuer)) == 1

    async def refused() -> bool:
        return await settled(api, old) == 401

    await eventually(refused, what="the end of the old token")
    assert await settled(api, token(own_issuer)) == 200
