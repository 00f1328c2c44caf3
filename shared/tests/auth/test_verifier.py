import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, OKPKey

from shared.auth.caller import Role
from shared.auth.issuer_keys import IssuerUnavailable
from shared.auth.verifier import (
    LEEWAY_SECONDS,
    TokenExpired,
    TokenInvalid,
    TokenVerifier,
)
from shared.ids import new_uuid
from shared.testing.issuer import TokenIssuer
from shared.testing.waiting import eventually


@pytest.fixture
def issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture
async def verifier(issuer: TokenIssuer) -> AsyncIterator[TokenVerifier]:
    async with issuer.verifier() as verifier:
        yield verifier


def signed_by(key: Any, issuer: TokenIssuer, algorithm: str, **header: str) -> str:
    claims = {
        "iss": issuer.url,
        "aud": "kcity",
        "sub": "eve",
        "exp": int(time.time()) + 60,
        "roles": ["operator"],
    }
    return jwt.encode({"alg": algorithm, **header}, claims, key, algorithms=[algorithm])


def signed_claims(issuer: TokenIssuer, **replaced: Any) -> str:
    """A token of the issuer with some claims replaced, or left out where they are None."""
    usual = {"iss": issuer.url, "aud": "kcity", "sub": "a", "exp": int(time.time()) + 60}
    claims = {name: value for name, value in (usual | replaced).items() if value is not None}
    return jwt.encode({"alg": "Ed25519", "kid": issuer.key.kid}, claims, issuer.key, algorithms=["Ed25519"])


class TestTokenVerifier:
    async def test_reads_who_the_caller_is(self, issuer: TokenIssuer, verifier: TokenVerifier) -> None:
        organisation = new_uuid()
        token = issuer.token(
            "person-1",
            Role.APPLICANT,
            Role.SECRETARIAT_OFFICER,
            organisation_id=organisation,
            tracks=["planning"],
            scope="feed:read replay",
        )
        caller = await verifier.verify(token)
        assert caller.subject == "person-1"
        assert caller.roles == {Role.APPLICANT, Role.SECRETARIAT_OFFICER}
        assert caller.organisation_id == organisation
        assert caller.tracks == {"planning"}
        assert caller.scopes == {"feed:read", "replay"}

    async def test_ignores_roles_and_tracks_it_does_not_know(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        token = signed_claims(issuer, roles=["king", 7, "reviewer"], tracks=["north", None])
        caller = await verifier.verify(token)
        assert caller.roles == {Role.REVIEWER}
        assert caller.tracks == frozenset()

    async def test_refuses_an_expired_token_by_real_time(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        with pytest.raises(TokenExpired):
            await verifier.verify(issuer.token("a", lasts_seconds=-LEEWAY_SECONDS - 1))

    @pytest.mark.parametrize("minutes_off", [-5, 5])
    async def test_goes_by_the_time_it_is_given_where_the_hosts_clock_is_off(
        self, issuer: TokenIssuer, monkeypatch: pytest.MonkeyPatch, minutes_off: int
    ) -> None:
        true_time = time.time
        token, expired = issuer.token("a", lasts_seconds=60), issuer.token("b", lasts_seconds=-60)
        monkeypatch.setattr("time.time", lambda: true_time() + minutes_off * 60)
        async with issuer.verifier(now=true_time) as verifier:
            assert (await verifier.verify(token)).subject == "a"
            assert (await verifier.verify(token)).subject == "a"
            with pytest.raises(TokenExpired):
                await verifier.verify(expired)

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": "https://elsewhere.example"},
            {"aud": "another"},
            {"aud": None},
            {"exp": None},
            {"exp": "tomorrow"},
            {"nbf": 4_000_000_000},
            {"sub": ""},
            {"sub": "with space"},
            {"sub": 7},
            {"organisation_id": "not-a-uuid"},
            {"organisation_id": 7},
        ],
    )
    async def test_refuses_a_token_whose_claims_are_foreign_or_unreadable(
        self, issuer: TokenIssuer, verifier: TokenVerifier, claims: dict[str, Any]
    ) -> None:
        with pytest.raises(TokenInvalid):
            await verifier.verify(signed_claims(issuer, **claims))

    async def test_refuses_a_token_without_a_signature(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        header, claims, _ = issuer.token("a").split(".")
        unsigned = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
        for token in (f"{header}.{claims}.", f"{unsigned}.{claims}."):
            with pytest.raises(TokenInvalid):
                await verifier.verify(token)

    async def test_refuses_a_token_signed_by_somebody_else_or_with_a_shared_secret(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        key_id = str(issuer.key.kid)
        stranger = OKPKey.generate_key("Ed25519", {"kid": key_id})
        public = OctKey.import_key(str(issuer.key.as_dict(private=False)["x"]))
        tokens = (
            signed_by(stranger, issuer, "Ed25519", kid=key_id),
            signed_by(public, issuer, "HS256", kid=key_id),
            signed_by(ECKey.generate_key("P-256"), issuer, "ES256", kid=key_id),
        )
        for token in tokens:
            with pytest.raises(TokenInvalid):
                await verifier.verify(token)

    @pytest.mark.parametrize("garbage", ["", "a", "a.b.c", "é.é.é", "x" * 20_000, "..", "e30.e30.e30"])
    async def test_refuses_garbage(self, verifier: TokenVerifier, garbage: str) -> None:
        with pytest.raises(TokenInvalid):
            await verifier.verify(garbage)


class TestKeys:
    async def test_are_read_once_for_many_callers_at_once(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        await asyncio.gather(*(verifier.verify(issuer.token(f"person-{n}")) for n in range(20)))
        assert issuer.asked == ["/.well-known/openid-configuration", "/jwks"]

    async def test_are_read_again_when_a_token_names_a_new_one(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        await verifier.verify(issuer.token("a"))
        issuer.rotate()
        assert (await verifier.verify(issuer.token("b"))).subject == "b"

    async def test_are_not_read_again_for_each_token_with_a_made_up_key(
        self, issuer: TokenIssuer, verifier: TokenVerifier
    ) -> None:
        """At most once, in case it is a new one, for all of them together."""
        await verifier.verify(issuer.token("a"))
        for number in range(5):
            forger = OKPKey.generate_key("Ed25519", {"kid": f"made-up-{number}"})
            with pytest.raises(TokenInvalid):
                await verifier.verify(signed_by(forger, issuer, "Ed25519", kid=f"made-up-{number}"))
        assert issuer.asked.count("/jwks") == 2

    async def test_that_were_withdrawn_stop_counting_for_remembered_tokens_too(
        self, issuer: TokenIssuer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.auth.issuer_keys.KEYS_FRESH_SECONDS", 0.01)
        withdrawn = issuer.token("a")
        async with issuer.verifier() as verifier:
            await verifier.verify(withdrawn)
            issuer.rotate()

            async def refused() -> bool:
                try:
                    await verifier.verify(withdrawn)
                except TokenInvalid:
                    return True
                return False

            await eventually(refused, what="the refusal of a token by a withdrawn key")

    async def test_are_read_before_the_first_token_comes(self, issuer: TokenIssuer) -> None:
        async with issuer.verifier():
            await eventually(lambda: "/jwks" in issuer.asked, what="the keys")

    async def test_of_another_issuer_are_not_taken(self, issuer: TokenIssuer) -> None:
        client = httpx.AsyncClient(transport=issuer.transport)
        async with TokenVerifier("http://127.0.0.1:8180/", "kcity", client=client) as verifier:
            with pytest.raises(IssuerUnavailable):
                await verifier.verify(issuer.token("a"))

    async def test_behind_tls_are_not_read_without_it(self, issuer: TokenIssuer) -> None:
        asked: list[str] = []

        def answer(request: httpx.Request) -> httpx.Response:
            asked.append(str(request.url))
            found = {"issuer": "https://issuer.example", "jwks_uri": "http://issuer.example/jwks"}
            return httpx.Response(200, json=found)

        client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        verifier = TokenVerifier("https://issuer.example", "kcity", client=client)
        with pytest.raises(IssuerUnavailable):
            await verifier.verify(issuer.token("a"))
        await verifier.close()
        assert asked == ["https://issuer.example/.well-known/openid-configuration"]

    async def test_that_cannot_be_read_make_an_outage_not_a_refusal(self, issuer: TokenIssuer) -> None:
        issuer.reachable = False
        async with issuer.verifier() as verifier:
            with pytest.raises(IssuerUnavailable):
                await verifier.verify(issuer.token("a"))
            issuer.reachable = True
            assert (await verifier.verify(issuer.token("a"))).subject == "a"

    async def test_once_read_outlive_an_outage_of_the_issuer(
        self, issuer: TokenIssuer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.auth.issuer_keys.KEYS_FRESH_SECONDS", 0.01)
        monkeypatch.setattr("shared.auth.issuer_keys.RETRY_SECONDS", 0.01)
        async with issuer.verifier() as verifier:
            await verifier.verify(issuer.token("a"))
            issuer.reachable = False
            tried = len(issuer.asked)
            await eventually(lambda: len(issuer.asked) > tried, what="a try")
            assert (await verifier.verify(issuer.token("b"))).subject == "b"


class TestRemembering:
    async def test_ends_when_the_token_does(self, issuer: TokenIssuer) -> None:
        now = time.time()
        token = issuer.token("a", lasts_seconds=60)
        async with issuer.verifier(now=lambda: now) as verifier:
            await verifier.verify(token)
            now += 60 + LEEWAY_SECONDS + 1
            with pytest.raises(TokenExpired):
                await verifier.verify(token)

    async def test_is_bounded(
        self, issuer: TokenIssuer, verifier: TokenVerifier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("shared.auth.verifier.REMEMBERED_TOKENS", 2)
        for number in range(4):
            await verifier.verify(issuer.token(f"person-{number}"))
        assert len(verifier._remembered) == 2
