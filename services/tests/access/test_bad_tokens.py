"""Forged, foreign and odd tokens at a real service: each is refused in the same few words, and fetches nothing."""

from collections.abc import AsyncIterator

import httpx
import pytest
from joserfc.jwk import OKPKey

from deploy.local.issuer import Issuer
from services.review.main import create_app
from services.review.settings import ReviewSettings
from services.tests.access.forged import FORGERIES, INVALID, Forger
from services.tests.access.worlds import everywhere
from shared.auth.caller import Role
from shared.testing.api import open_api
from shared.testing.issuer import TokenIssuer
from shared.testing.plugin import DatabaseOf

KEYS_READ = ["/.well-known/openid-configuration", "/jwks"]


@pytest.fixture(scope="module")
def own_issuer() -> TokenIssuer:
    return TokenIssuer()


@pytest.fixture(scope="module")
async def api(
    lasting_database_of: DatabaseOf, issuer: Issuer, own_issuer: TokenIssuer
) -> AsyncIterator[httpx.AsyncClient]:
    """Review, which trusts ``own_issuer``."""
    url = await lasting_database_of("review")
    app = create_app(ReviewSettings(**everywhere.settings_of(url, issuer.url)))
    async with open_api(app) as api, own_issuer.verifier() as tokens:
        app.state.tokens = tokens
        yield api


@pytest.fixture
def forger(own_issuer: TokenIssuer) -> Forger:
    return Forger(own_issuer, OKPKey.generate_key("Ed25519", {"kid": "stranger"}))


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"]).rpartition("/")[2]


class TestBadTokens:
    async def test_are_forged_from_one_that_is_good(self, api: httpx.AsyncClient, forger: Forger) -> None:
        answer = await api.get("/v1/me", headers={"Authorization": f"Bearer {forger.token()}"})
        assert (answer.status_code, answer.json()["subject"]) == (200, "eve")

    @pytest.mark.parametrize("forgery", FORGERIES)
    @pytest.mark.parametrize("address", ["/v1/me", "/v1/selections"])
    async def test_are_refused_where_a_token_is_needed_and_where_it_need_not_be(
        self, api: httpx.AsyncClient, forger: Forger, forgery: str, address: str
    ) -> None:
        write, problem = FORGERIES[forgery]
        token = write(forger)
        answer = await api.get(address, headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, slug(answer)) == (401, problem)
        assert answer.headers["www-authenticate"] == 'Bearer error="invalid_token"'
        assert answer.json().keys() <= {"type", "title", "status", "detail", "request_id"}
        said = answer.json()["title"] + answer.json()["detail"]
        assert not [word for word in ("eve", "kid", "key", "claim", "joserfc", "Ed25519") if word in said]
        assert forger.issuer.asked_hosts == {"127.0.0.1:8180"}

    async def test_in_two_headers_are_refused_even_if_both_are_good(
        self, api: httpx.AsyncClient, forger: Forger
    ) -> None:
        good = f"Bearer {forger.token()}"
        for second in (good, "Basic YTpi", ""):
            for pair in ((good, second), (second, good)):
                headers = [("Authorization", value) for value in pair]
                answer = await api.get("/v1/me", headers=headers)
                assert (answer.status_code, slug(answer)) == (401, INVALID)

    async def test_in_the_address_or_a_cookie_are_not_looked_for(
        self, api: httpx.AsyncClient, forger: Forger
    ) -> None:
        token = forger.token()
        answers = [
            await api.get("/v1/me", params={"access_token": token}),
            await api.get("/v1/me", headers={"Cookie": f"access_token={token}"}),
            await api.get("/v1/me", headers={"X-Access-Token": token}),
        ]
        assert {(answer.status_code, slug(answer)) for answer in answers} == {(401, "token-missing")}
        assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}

    async def test_do_not_keep_a_good_one_out(self, api: httpx.AsyncClient, forger: Forger) -> None:
        for write, _ in FORGERIES.values():
            await api.get("/v1/me", headers={"Authorization": f"Bearer {write(forger)}"})
        answer = await api.get("/v1/me", headers={"Authorization": f"Bearer {forger.token()}"})
        assert answer.status_code == 200


class TestTheIssuer:
    async def test_is_asked_for_its_keys_once_for_any_number_of_tokens_and_requests(
        self, api: httpx.AsyncClient, own_issuer: TokenIssuer
    ) -> None:
        await api.get("/v1/me", headers=own_issuer.header("first", Role.REVIEWER))
        own_issuer.asked.clear()
        for number in range(30):
            header = own_issuer.header(f"person-{number}", Role.MINISTRY_OFFICER)
            for path in ("/v1/me", "/v1/panels", "/v1/selections"):
                assert (await api.get(path, headers=header)).status_code == 200
        assert own_issuer.asked == []

    async def test_is_not_asked_again_for_each_key_that_somebody_makes_up(
        self, api: httpx.AsyncClient, own_issuer: TokenIssuer, forger: Forger
    ) -> None:
        own_issuer.asked.clear()
        for number in range(30):
            token = forger.by_stranger(kid=f"made-up-{number}")
            await api.get("/v1/me", headers={"Authorization": f"Bearer {token}"})
        assert own_issuer.asked in ([], KEYS_READ)


class TestScopes:
    async def test_that_a_system_lacks_are_named(
        self, api: httpx.AsyncClient, own_issuer: TokenIssuer
    ) -> None:
        headers = own_issuer.header("other-ministry", Role.SYSTEM, scope="messages:read")
        answer = await api.get("/v1/cases", headers=headers)
        assert (answer.status_code, slug(answer)) == (403, "scope-missing")
        assert answer.json()["scope"] == "cases:read"
        challenge = 'Bearer error="insufficient_scope", scope="cases:read"'
        assert answer.headers["www-authenticate"] == challenge
