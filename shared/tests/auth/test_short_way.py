"""``GET /v1/me`` by its short way, and whoever is not let on it."""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from shared.auth.caller import Role
from shared.auth.verifier import LEEWAY_SECONDS
from shared.http.application import create_application
from shared.settings import Profile, Settings
from shared.telemetry.metrics import exposition
from shared.testing.issuer import TokenIssuer


@pytest.fixture
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture
def moment() -> list[float]:
    """Seconds that the verifier's clock is ahead."""
    return [0.0]


@pytest.fixture
async def http(issuer: TokenIssuer, moment: list[float]) -> AsyncIterator[httpx.AsyncClient]:
    @asynccontextmanager
    async def resources(_app: FastAPI) -> AsyncIterator[Mapping[str, Any]]:
        async with issuer.verifier(now=lambda: time.time() + moment[0]) as tokens:
            yield {"tokens": tokens}

    settings = Settings(
        service="intake",
        profile=Profile.LOCAL,
        database_url="postgresql://nobody@127.0.0.1:1/none",
        kafka_bootstrap="127.0.0.1:1",
        issuer_url=TokenIssuer.url,
        public_url="https://k-city.example",
    )
    app = create_application(
        settings=settings, title="Me", description="Me", routers=[], open_resources=resources
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://me") as client,
    ):
        yield client


class TestShortWay:
    async def test_says_what_the_usual_way_says(self, http: httpx.AsyncClient, issuer: TokenIssuer) -> None:
        token = issuer.header("kaia", Role.SECRETARIAT_OFFICER, tracks=["demonstration"])
        short = await http.get("/v1/me", headers=token)
        head = await http.head("/v1/me", headers=token)  # goes the usual way
        assert (short.status_code, short.json()["subject"]) == (200, "kaia")
        assert short.json()["tracks"] == ["demonstration"]
        assert head.headers["content-length"] == short.headers["content-length"]
        for name in ("content-type", "x-request-id", "cache-control", "ratelimit", "content-security-policy"):
            assert short.headers[name]
        assert b'method="GET",route="/v1/me",status="200"' in exposition()[0]

    async def test_is_not_for_whoever_has_no_good_token(
        self, http: httpx.AsyncClient, issuer: TokenIssuer
    ) -> None:
        told = issuer.header("somebody", Role.APPLICANT)["Authorization"]
        twice = [("Authorization", told), ("Authorization", told)]
        for headers in ({}, {"Authorization": told[:-4] + "AAAA"}, {"Authorization": "Basic Zm9v"}, twice):
            refused = await http.get("/v1/me", headers=headers)
            assert (refused.status_code, refused.headers["content-type"]) == (401, "application/problem+json")

    async def test_ends_with_the_token_though_the_answer_is_remembered(
        self, http: httpx.AsyncClient, issuer: TokenIssuer, moment: list[float]
    ) -> None:
        token = issuer.header("brief", Role.APPLICANT, lasts_seconds=60)
        assert (await http.get("/v1/me", headers=token)).status_code == 200
        moment[0] = 60 + LEEWAY_SECONDS + 1
        refused = await http.get("/v1/me", headers=token)
        assert refused.json()["type"].endswith("/token-expired")

    async def test_ends_with_the_key_though_the_answer_is_remembered(
        self, http: httpx.AsyncClient, issuer: TokenIssuer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.auth.issuer_keys.REFETCH_AFTER_SECONDS", 0.0)
        former = issuer.header("former", Role.APPLICANT)
        assert (await http.get("/v1/me", headers=former)).status_code == 200
        issuer.rotate()
        later = issuer.header("later", Role.APPLICANT)
        assert (await http.get("/v1/me", headers=later)).status_code == 200  # the new key is read
        assert (await http.get("/v1/me", headers=former)).status_code == 401

    async def test_gives_no_json_to_who_takes_none(
        self, http: httpx.AsyncClient, issuer: TokenIssuer
    ) -> None:
        token = issuer.header("picky", Role.APPLICANT)
        for accepted, status in (("text/html", 406), ("application/json;q=0", 406), ("*/*", 200)):
            assert (await http.get("/v1/me", headers=token | {"Accept": accepted})).status_code == status
