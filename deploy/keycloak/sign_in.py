"""A person's way through Keycloak's sign-in page, without a browser: forms and redirects, nothing drawn."""

import base64
import hashlib
import html
import re
import secrets
from typing import Any, Self

import httpx

FRONT_END = "kcity-front-end"
STATE = "where it was"
RETURN_TO = "http://localhost:8080/callback"
PASSWORD = "development-sample"  # noqa: S105 - the composition's own default
_FORM = re.compile(r'<form[^>]+action="([^"]+)"')


class SignInRefused(Exception):
    """Keycloak did not let the person in; the message is what it answered."""


class SignIn:
    """One front end with one person before it. ``verifier`` is the secret of PKCE (RFC 7636)."""

    def __init__(self, issuer: str) -> None:
        self._http = httpx.Client(trust_env=False, timeout=60)
        self.endpoints: dict[str, Any] = self._http.get(f"{issuer}/.well-known/openid-configuration").json()
        self.verifier = secrets.token_urlsafe(48)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def ask(self, **changed: str | None) -> httpx.Response:
        """The authorization request (RFC 6749, 4.1.1), with parameters changed or, for None, left out."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        parameters = {
            "client_id": FRONT_END,
            "response_type": "code",
            "redirect_uri": RETURN_TO,
            "scope": "openid profile",
            "state": STATE,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        } | changed
        asked = {name: value for name, value in parameters.items() if value is not None}
        return self._http.get(self.endpoints["authorization_endpoint"], params=asked)

    def code(self, username: str, password: str = PASSWORD) -> str:
        """What the front end is returned with. Raises ``SignInRefused`` with what the page said."""
        form = _FORM.search(self.ask().text)
        if form is None:
            raise SignInRefused("the page has no form to sign in with")
        # its cookies are for TLS alone; browsers give them back to loopback, too, httpx does not
        kept = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self._http.cookies.jar)
        filled_in = {"username": username, "password": password}
        back = self._http.post(html.unescape(form[1]), data=filled_in, headers={"Cookie": kept})
        if back.status_code != httpx.codes.FOUND:
            raise SignInRefused(back.text)
        returned = httpx.URL(back.headers["location"])
        if not str(returned).startswith(RETURN_TO) or returned.params["state"] != STATE:
            raise SignInRefused(f"it returned to {returned}")
        return returned.params["code"]

    def exchange(self, code: str, verifier: str | None = None) -> httpx.Response:
        """Tokens for a code."""
        return self.token(
            grant_type="authorization_code",
            client_id=FRONT_END,
            redirect_uri=RETURN_TO,
            code=code,
            code_verifier=verifier or self.verifier,
        )

    def refresh(self, refresh_token: str) -> httpx.Response:
        """Fresh tokens for a refresh token."""
        return self.token(grant_type="refresh_token", client_id=FRONT_END, refresh_token=refresh_token)

    def token(self, auth: tuple[str, str] | None = None, **form: str) -> httpx.Response:
        """The token endpoint."""
        return self._http.post(
            self.endpoints["token_endpoint"], data=form, auth=auth or httpx.USE_CLIENT_DEFAULT
        )
