"""Tokens of the local issuer for systems and for tests, and the key that signs them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer import DEVELOPMENT_GRANT, Issuer, mint
from deploy.local.issuer.clients import MACHINES
from deploy.local.keys import load_key
from deploy.local.ports import free_port
from deploy.local.tests.signing_in import claims_of, refusal


@pytest.fixture(scope="module")
def issuer(scratch: Path) -> Iterator[Issuer]:
    with Issuer(scratch / "issuer-alone", free_port()) as issuer:
        yield issuer


class TestSystems:
    def ask(self, issuer: Issuer, **form: str) -> httpx.Response:
        return httpx.post(f"{issuer.url}/token", data={"grant_type": "client_credentials", **form})

    @pytest.mark.parametrize("client_id", MACHINES)
    def test_get_their_role_and_the_scopes_they_ask_for(self, issuer: Issuer, client_id: str) -> None:
        machine = MACHINES[client_id]
        scope = " ".join(sorted(machine.scopes))
        secret = f"development-{client_id}"
        answer = self.ask(issuer, client_id=client_id, client_secret=secret, scope=scope)
        claims = claims_of(issuer, answer.json()["access_token"])
        assert (claims["sub"], claims["roles"]) == (client_id, [machine.role])
        assert claims.get("scope", "") == scope
        assert not claims.keys() & {"tracks", "organisation_id"}

    def test_may_show_their_secret_in_the_header(self, issuer: Issuer) -> None:
        answer = httpx.post(
            f"{issuer.url}/token",
            data={"grant_type": "client_credentials", "scope": "cases:read"},
            auth=("kcity-system", "development-kcity-system"),
        )
        assert answer.json()["scope"] == "cases:read"

    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ({"client_secret": "guess"}, (401, "invalid_client")),
            ({"client_id": "nobody", "client_secret": "development-nobody"}, (401, "invalid_client")),
            ({"client_id": "kcity-front-end"}, (401, "invalid_client")),
            ({"scope": "cases:write"}, (400, "invalid_scope")),
            ({"client_id": "kcity-system-planning", "scope": "cases:read"}, (400, "invalid_scope")),
        ],
    )
    def test_get_nothing_beyond(
        self, issuer: Issuer, form: dict[str, str], expected: tuple[int, str]
    ) -> None:
        client_id = form.get("client_id", "kcity-system")
        usual = {"client_id": client_id, "client_secret": f"development-{client_id}"}
        assert refusal(self.ask(issuer, **{**usual, **form})) == expected


class TestDevelopmentGrant:
    def ask(self, issuer: Issuer, **form: str) -> httpx.Response:
        return httpx.post(f"{issuer.url}/token", data={"grant_type": DEVELOPMENT_GRANT, **form})

    def test_gives_a_token_for_whoever_is_named(self, issuer: Issuer) -> None:
        organisation = "0198f000-0000-7000-8000-000000000001"
        form = {"subject": "lee", "roles": "applicant", "organisation_id": organisation, "expires_in": "60"}
        claims = claims_of(issuer, self.ask(issuer, **form).json()["access_token"])
        assert claims["exp"] - claims["iat"] == 60  # type: ignore[operator]  # both are integers
        del claims["exp"], claims["iat"]
        assert claims == {
            "iss": issuer.url,
            "aud": "kcity",
            "sub": "lee",
            "roles": ["applicant"],
            "organisation_id": organisation,
        }

    @pytest.mark.parametrize(
        "form",
        [
            {"subject": "lee", "roles": "emperor"},
            {"roles": "applicant"},
            {"subject": "lee", "expires_in": "604801"},
            {"subject": "lee", "expires_in": "soon"},
        ],
    )
    def test_refuses_what_it_does_not_know(self, issuer: Issuer, form: dict[str, str]) -> None:
        assert refusal(self.ask(issuer, **form)) == (400, "invalid_request")

    def test_is_there_instead_of_passwords(self, issuer: Issuer) -> None:
        answer = httpx.post(f"{issuer.url}/token", data={"grant_type": "password", "username": "lee"})
        assert refusal(answer) == (400, "unsupported_grant_type")


class TestKey:
    def test_stays_and_is_closed(self, issuer: Issuer) -> None:
        assert issuer.key_file.stat().st_mode & 0o777 == 0o600
        kept = load_key(issuer.key_file, kid_prefix="local-")
        assert kept.kid == load_key(issuer.key_file, kid_prefix="x").kid

    def test_signs_what_a_test_mints_and_claims_can_be_replaced(self, issuer: Issuer) -> None:
        key = load_key(issuer.key_file, kid_prefix="local-")
        token = mint(key, issuer.url, subject="lee", tracks=["planning"], aud="elsewhere", expires_in=-5)
        claims = claims_of(issuer, token)
        assert (claims["aud"], claims["tracks"]) == ("elsewhere", ["planning"])
