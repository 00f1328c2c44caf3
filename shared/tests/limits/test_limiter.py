"""How often one client may ask, and what it is told."""

import re
from typing import Any

import httpx
import pytest

from shared.testing.issuer import TokenIssuer
from shared.tests.limits.conftest import Open, settings_of


async def statuses(
    client: httpx.AsyncClient, times: int, path: str = "/v1/papers", **options: Any
) -> list[int]:
    return [(await client.get(path, **options)).status_code for _ in range(times)]


class TestRefusal:
    async def test_comes_with_the_first_request_too_many_and_says_when_to_come_back(
        self, open_kiosk: Open
    ) -> None:
        async with open_kiosk() as client:
            assert await statuses(client, 3) == [200, 200, 200]
            answer = await client.get("/v1/papers")
        assert answer.status_code == 429
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "https://k-city.example/problems/rate-limited"
        assert answer.json()["request_id"] == answer.headers["x-request-id"]
        assert 1 <= int(answer.headers["retry-after"]) <= 3600
        assert answer.headers["ratelimit"].startswith('"public_reads";r=0;t=')

    async def test_of_one_address_leaves_others_alone(self, open_kiosk: Open) -> None:
        async with open_kiosk() as client:
            assert await statuses(client, 4) == [200, 200, 200, 429]
            elsewhere = httpx.ASGITransport(client._transport.app, client=("192.0.2.9", 1))  # type: ignore[attr-defined]
            async with httpx.AsyncClient(transport=elsewhere, base_url="http://kiosk") as other:
                assert await statuses(other, 1) == [200]

    async def test_counts_the_network_of_an_ipv6_client_whose_rest_is_its_own_to_choose(
        self, open_kiosk: Open
    ) -> None:
        async with open_kiosk(address="2001:db8:1:2:3::4") as client:
            assert await statuses(client, 3) == [200, 200, 200]
            beside = httpx.ASGITransport(client._transport.app, client=("2001:db8:1:2::ffff", 1))  # type: ignore[attr-defined]
            async with httpx.AsyncClient(transport=beside, base_url="http://kiosk") as other:
                assert await statuses(other, 1) == [429]


class TestClient:
    async def test_with_a_token_is_its_subject_whichever_token_and_address_it_uses(
        self, open_kiosk: Open, issuer: TokenIssuer
    ) -> None:
        async with open_kiosk() as client:
            for number in range(3):
                headers = issuer.header("hanoi-1", jti=str(number))
                assert (await client.get("/v1/papers", headers=headers)).status_code == 200
            assert (await client.get("/v1/papers", headers=issuer.header("hanoi-1"))).status_code == 429
            assert (await client.get("/v1/papers", headers=issuer.header("hue-1"))).status_code == 200
            assert (await client.get("/v1/papers")).status_code == 200

    @pytest.mark.parametrize("authorization", ["Bearer nonsense", "Basic YTpi", "Bearer ", "bearer a.b.c"])
    async def test_with_a_bad_token_is_its_address(self, open_kiosk: Open, authorization: str) -> None:
        async with open_kiosk() as client:
            headers = {"Authorization": authorization}
            assert await statuses(client, 4, headers=headers) == [200, 200, 200, 429]

    async def test_is_not_whoever_a_forwarding_header_says(self, open_kiosk: Open) -> None:
        async with open_kiosk() as client:
            seen = [
                (await client.get("/v1/papers", headers={"X-Forwarded-For": f"192.0.2.{number}"})).status_code
                for number in range(4)
            ]
        assert seen == [200, 200, 200, 429]


class TestHeaders:
    async def test_tell_the_policy_and_what_is_left_of_it(self, open_kiosk: Open) -> None:
        async with open_kiosk(rate_limit_writes="20 per 10 seconds") as client:
            answer = await client.post("/v1/papers")
        assert answer.headers["ratelimit-policy"] == '"writes";q=20;w=10'
        assert re.fullmatch(r'"writes";r=19;t=([1-9]|10)', answer.headers["ratelimit"])


class TestCosts:
    async def test_are_counted_apart(self, open_kiosk: Open, issuer: TokenIssuer) -> None:
        headers = issuer.header("hanoi-1")
        async with open_kiosk() as client:
            assert await statuses(client, 4, headers=headers) == [200, 200, 200, 429]
            assert (await client.post("/v1/papers", headers=headers)).status_code == 200
            answer = await client.post("/v1/papers/1/submission", headers=headers)
        assert answer.headers["ratelimit"].startswith('"submissions";r=2;')

    @pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
    async def test_nothing_is_to_be_asked_how_one_is(self, open_kiosk: Open, path: str) -> None:
        async with open_kiosk() as client:
            seen = [await client.get(path) for _ in range(5)]
        assert 429 not in {answer.status_code for answer in seen}
        assert not any("ratelimit" in answer.headers for answer in seen)

    async def test_an_address_that_leads_nowhere_counts_too(self, open_kiosk: Open) -> None:
        async with open_kiosk() as client:
            assert await statuses(client, 4, "/v1/nowhere") == [404, 404, 404, 429]


class TestSettings:
    @pytest.mark.parametrize("wrong", ["", "many", "5", "5/fortnight"])
    def test_refuse_a_limit_that_nobody_can_read(self, wrong: str) -> None:
        with pytest.raises(ValueError, match="rate_limit_reads"):
            settings_of(rate_limit_reads=wrong)
