"""The local issuer as a process: people sign in with code and PKCE, systems with their secret, keys rotate."""

import re
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from deploy.local.issuer import Issuer
from deploy.local.issuer.refusals import OAuthError
from deploy.local.issuer.sessions import CODE_SECONDS, SESSION_SECONDS, Sessions, SignIn
from deploy.local.people import sample_people, sample_person
from deploy.local.ports import free_port
from deploy.local.tests.signing_in import BACK, CLIENT, Browser, claims_of, refusal, returned


@pytest.fixture(scope="module")
def issuer(scratch: Path) -> Iterator[Issuer]:
    with Issuer(scratch / "issuer-alone", free_port()) as issuer:
        yield issuer


@pytest.fixture
def browser(issuer: Issuer) -> Browser:
    return Browser(issuer, secrets.token_urlsafe(48))


class TestConfiguration:
    def test_names_what_there_is(self, issuer: Issuer) -> None:
        found = httpx.get(f"{issuer.url}/.well-known/openid-configuration").json()
        assert found["issuer"] == issuer.url
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint"):
            assert httpx.options(found[name]).status_code == 405, name
        assert found["code_challenge_methods_supported"] == ["S256"]
        assert {"cases:read", "cases:read:planning"} <= set(found["scopes_supported"])

    @pytest.mark.parametrize(
        ("origin", "allowed"),
        [
            ("http://localhost:5173", True),
            ("http://127.0.0.1:3000", True),
            ("https://localhost.example", False),
            ("http://localhost.example:5173", False),
            ("null", False),
        ],
    )
    def test_is_open_to_pages_of_this_machine(self, issuer: Issuer, origin: str, allowed: bool) -> None:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = httpx.options(f"{issuer.url}/token", headers=headers)
        assert ("access-control-allow-origin" in answer.headers) == allowed

    def test_is_not_reached_under_a_foreign_name(self, issuer: Issuer) -> None:
        assert httpx.get(f"{issuer.url}/jwks", headers={"Host": "rebound.example"}).status_code == 400


class TestSigningIn:
    @pytest.mark.parametrize("language", ["en", "ko"])
    def test_lists_everybody_in_both_languages(self, browser: Browser, language: str) -> None:
        page = browser.ask(ui_locales=language)
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        for person in sample_people():
            assert (person.name.ko if language == "ko" else person.name.en) in page.text
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.text)
        assert "form-action 'self' http://localhost:5173" in page.headers["content-security-policy"]

    def test_shows_what_it_was_asked_as_text(self, browser: Browser) -> None:
        page = browser.ask(state='"><script>alert(1)</script>')
        assert "<script" not in page.text

    @pytest.mark.parametrize("username", [person.username for person in sample_people()])
    def test_gives_tokens_that_say_who_was_chosen(
        self, issuer: Issuer, browser: Browser, username: str
    ) -> None:
        back = returned(browser.choose(username))
        assert (back["state"], back["iss"]) == ("state-1", issuer.url)
        answer = browser.redeem(back["code"])
        assert answer.headers["cache-control"] == "no-store"
        person = sample_person(username)
        access = claims_of(issuer, answer.json()["access_token"])
        assert (access["sub"], access["roles"], access["aud"]) == (person.subject, [person.role], "kcity")
        assert access.get("tracks", []) == list(person.tracks)
        assert access.get("organisation_id") == (person.organisation_id and str(person.organisation_id))
        assert not {"name", "email"} & access.keys()
        identity = claims_of(issuer, answer.json()["id_token"])
        assert (identity["aud"], identity["nonce"]) == (CLIENT, "nonce-1")
        assert identity["name"] == person.name.en

    @pytest.mark.parametrize(
        "changes",
        [
            {"client_id": "kcity-system"},
            {"client_id": ""},
            {"redirect_uri": ""},
            {"redirect_uri": "https://localhost:5173/callback"},
            {"redirect_uri": "http://localhost.example:5173/callback"},
            {"redirect_uri": "http://localhost:5173@attacker.example/callback"},
            {"redirect_uri": "http://localhost:5173/callback/../other"},
            {"redirect_uri": "http://localhost:5173/callback?next=/"},
            {"redirect_uri": "http://localhost:5173/callback#"},
            {"redirect_uri": "http://localhost:5173/Callback"},
            {"redirect_uri": "http://10.0.0.1:5173/callback"},
        ],
    )
    def test_sends_nobody_where_the_front_end_does_not_live(
        self, browser: Browser, changes: Mapping[str, str]
    ) -> None:
        for answer in (browser.ask(**changes), browser.choose("sample-operator", **changes)):
            assert answer.status_code in (400, 401)
            assert "location" not in answer.headers

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"response_type": "token"}, "unsupported_response_type"),
            ({"code_challenge_method": "plain"}, "invalid_request"),
            ({"code_challenge_method": ""}, "invalid_request"),
            ({"code_challenge": ""}, "invalid_request"),
            ({"scope": "openid cases:read"}, "invalid_scope"),
            ({"prompt": "none"}, "login_required"),
        ],
    )
    def test_tells_the_front_end_what_it_did_wrong(
        self, browser: Browser, changes: Mapping[str, str], error: str
    ) -> None:
        for answer in (browser.ask(**changes), browser.choose("sample-operator", **changes)):
            assert returned(answer)["error"] == error
            assert returned(answer)["state"] == "state-1"

    def test_knows_nobody_else(self, browser: Browser) -> None:
        assert refusal(browser.choose("sample-emperor")) == (400, "invalid_request")


class TestCodes:
    def test_prove_the_front_end_that_asked(self, browser: Browser) -> None:
        for changes in (
            {"code_verifier": "x" * 43},
            {"code_verifier": ""},
            {"redirect_uri": "http://localhost:5174/callback"},
        ):
            assert refusal(browser.redeem(browser.code(), **changes)) == (400, "invalid_grant")
        assert refusal(browser.redeem(browser.code(), client_id="other")) == (401, "invalid_client")

    def test_are_for_one_use_and_a_second_ends_the_sign_in(self, browser: Browser) -> None:
        code = browser.code()
        first = browser.redeem(code)
        assert first.status_code == 200
        assert refusal(browser.redeem(code)) == (400, "invalid_grant")
        assert refusal(browser.refresh(first.json()["refresh_token"])) == (400, "invalid_grant")

    def test_are_no_refresh_tokens(self, browser: Browser) -> None:
        assert refusal(browser.refresh(browser.code())) == (400, "invalid_grant")


class TestRefreshing:
    def test_gives_fresh_tokens_and_a_fresh_refresh_token(self, issuer: Issuer, browser: Browser) -> None:
        first = browser.redeem(browser.code()).json()
        second = browser.refresh(first["refresh_token"]).json()
        assert second["refresh_token"] != first["refresh_token"]
        assert claims_of(issuer, second["access_token"])["roles"] == ["secretariat_officer"]
        assert browser.refresh(second["refresh_token"]).status_code == 200

    def test_with_a_spent_one_ends_the_sign_in_for_everybody(self, browser: Browser) -> None:
        first = browser.redeem(browser.code()).json()
        second = browser.refresh(first["refresh_token"]).json()
        assert refusal(browser.refresh(first["refresh_token"])) == (400, "invalid_grant")
        assert refusal(browser.refresh(second["refresh_token"])) == (400, "invalid_grant")

    def test_is_no_more_after_signing_out(self, issuer: Issuer, browser: Browser) -> None:
        tokens = browser.redeem(browser.code()).json()
        asked = {
            "id_token_hint": tokens["id_token"],
            "post_logout_redirect_uri": BACK,
            "state": "bye",
        }
        assert returned(httpx.get(f"{issuer.url}/logout", params=asked)) == {"state": "bye"}
        assert refusal(browser.refresh(tokens["refresh_token"])) == (400, "invalid_grant")

    def test_signing_out_sends_nobody_elsewhere(self, issuer: Issuer, browser: Browser) -> None:
        tokens = browser.redeem(browser.code()).json()
        asked = {
            "id_token_hint": tokens["id_token"],
            "post_logout_redirect_uri": "https://attacker.example/",
        }
        page = httpx.get(f"{issuer.url}/logout", params=asked)
        assert (page.status_code, "signed out" in page.text) == (200, True)
        assert refusal(httpx.get(f"{issuer.url}/logout", params={"id_token_hint": "a.b.c"}))[0] == 400


class TestTime:
    def sign_in(self) -> SignIn:
        return SignIn("one", sample_person("sample-operator"), CLIENT, "openid", 0, None)

    def test_ends_a_code_after_a_minute(self) -> None:
        now = 0.0
        sessions = Sessions(lambda: now)
        code = sessions.begin(self.sign_in(), BACK, "c" * 43)
        now = CODE_SECONDS
        with pytest.raises(OAuthError, match="invalid_grant"):
            sessions.redeem_code(code, CLIENT, BACK, "v" * 43)

    def test_ends_a_sign_in_however_often_it_was_refreshed(self) -> None:
        now = 0.0
        sessions = Sessions(lambda: now)
        token = sessions.refresh_token(self.sign_in())
        for now in (SESSION_SECONDS / 2, SESSION_SECONDS - 1):  # noqa: B007 - the clock of the sessions
            token = sessions.refresh_token(sessions.refresh(token, CLIENT))
        now = SESSION_SECONDS
        with pytest.raises(OAuthError, match="invalid_grant"):
            sessions.refresh(token, CLIENT)
