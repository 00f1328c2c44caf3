"""Signing in and out in a browser: authorization code with PKCE. Source: OAuth 2.1, section 4.1; OpenID Connect Core 1.0."""

import re
import secrets
import time
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from pydantic import BaseModel, Field

from deploy.local.issuer.clients import FRONT_ENDS, front_end
from deploy.local.issuer.documents import PEOPLES_SCOPES
from deploy.local.issuer.keys import SigningKeys
from deploy.local.issuer.page import Language, farewell_page, sign_in_page
from deploy.local.issuer.refusals import NO_STORE, OAuthError
from deploy.local.issuer.sessions import Sessions, SignIn
from deploy.local.people import sample_person

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_SEE_OTHER = 303
Text = Annotated[str, Field(max_length=2_000)]


class AuthorizeRequest(BaseModel):
    """What a front end asks for when it sends somebody here."""

    client_id: Text = ""
    redirect_uri: Text = ""
    response_type: Text = ""
    scope: Text = "openid"
    state: Text = ""
    nonce: Text = ""
    code_challenge: Text = ""
    code_challenge_method: Text = ""
    prompt: Text = ""
    ui_locales: Text = ""

    @property
    def language(self) -> Language:
        """In which language the page speaks."""
        return "ko" if self.ui_locales.lower().startswith("ko") else "en"

    def must_come_from_a_front_end(self) -> None:
        """Raise ``OAuthError`` where nobody may be sent back, not even with a refusal."""
        if not front_end(self.client_id).may_return_to(self.redirect_uri):
            raise OAuthError("invalid_request", "redirect_uri is not one of this client's.")

    def refusal(self) -> OAuthError | None:
        """What is wrong with the rest, for the front end to hear."""
        if self.response_type != "code":
            return OAuthError("unsupported_response_type", "Only code is given.")
        if self.code_challenge_method != "S256" or not _CHALLENGE.fullmatch(self.code_challenge):
            return OAuthError("invalid_request", "PKCE with S256 is required.")
        if not set(self.scope.split()) <= set(PEOPLES_SCOPES):
            return OAuthError("invalid_scope", "People need no scopes beyond openid and profile.")
        if "none" in self.prompt.split():
            return OAuthError("login_required", "Somebody has to choose who they are.")
        return None

    def back(self, issuer: str, **answer: str) -> RedirectResponse:
        """Send the browser back to the front end. ``iss`` tells it who answered (RFC 9207)."""
        members = {**answer, **({"state": self.state} if self.state else {}), "iss": issuer}
        return RedirectResponse(f"{self.redirect_uri}?{urlencode(members)}", _SEE_OTHER, NO_STORE)


class Chosen(AuthorizeRequest):
    """The same, and who was clicked."""

    person: Text = ""


class LogoutRequest(BaseModel):
    """Source: OpenID Connect RP-Initiated Logout 1.0, section 2."""

    id_token_hint: Annotated[str, Field(max_length=8_192)] = ""
    client_id: Text = ""
    post_logout_redirect_uri: Text = ""
    state: Text = ""
    ui_locales: Text = ""


class SignInDesk:
    """Lets people choose who they are."""

    def __init__(self, keys: SigningKeys, issuer: str, sessions: Sessions) -> None:
        self._keys = keys
        self._issuer = issuer
        self._sessions = sessions

    def ask(self, asked: AuthorizeRequest) -> HTMLResponse | RedirectResponse:
        """The page with the sample people, or a refusal sent back. Raises ``OAuthError``."""
        asked.must_come_from_a_front_end()
        if (refusal := asked.refusal()) is not None:
            return asked.back(self._issuer, error=refusal.error, error_description=refusal.description)
        return sign_in_page(asked.model_dump(), asked.redirect_uri, asked.language)

    def admit(self, chosen: Chosen) -> HTMLResponse | RedirectResponse:
        """Send the chosen person back with a code. Raises ``OAuthError``."""
        chosen.must_come_from_a_front_end()
        if chosen.refusal() is not None:
            return self.ask(chosen)
        try:
            person = sample_person(chosen.person)
        except LookupError as error:
            raise OAuthError("invalid_request", str(error)) from error
        signed_in_at, nonce = int(time.time()), chosen.nonce or None
        sign_in = SignIn(
            secrets.token_urlsafe(16), person, chosen.client_id, chosen.scope, signed_in_at, nonce
        )
        code = self._sessions.begin(sign_in, chosen.redirect_uri, chosen.code_challenge)
        return chosen.back(self._issuer, code=code)

    def leave(self, asked: LogoutRequest) -> HTMLResponse | RedirectResponse:
        """End the sign-in of the identity token; then back to the front end, where it may be returned to."""
        client_id = asked.client_id
        if asked.id_token_hint:
            sign_in_id, client_id = self._sign_in_of(asked.id_token_hint)
            self._sessions.end(sign_in_id)
        client = FRONT_ENDS.get(client_id)
        address = asked.post_logout_redirect_uri
        if client is not None and client.may_return_to(address):
            query = f"?{urlencode({'state': asked.state})}" if asked.state else ""
            return RedirectResponse(address + query, _SEE_OTHER, NO_STORE)
        return farewell_page("ko" if asked.ui_locales.lower().startswith("ko") else "en")

    def _sign_in_of(self, identity_token: str) -> tuple[str, str]:
        """Its id and client; an expired token will do, it only says who leaves. Raises ``OAuthError``."""
        try:
            keys = KeySet(list(self._keys.published()))
            claims = jwt.decode(identity_token, keys, algorithms=["Ed25519"]).claims
            return str(claims["sid"]), str(claims["aud"])
        except (JoseError, ValueError, KeyError) as error:
            raise OAuthError("invalid_request", "id_token_hint is not of this issuer.") from error


def sign_in_router(desk: SignInDesk) -> APIRouter:
    """The pages."""
    router = APIRouter()

    @router.get("/authorize", response_model=None)
    async def get_authorize(
        asked: Annotated[AuthorizeRequest, Query()],
    ) -> HTMLResponse | RedirectResponse:
        return desk.ask(asked)

    @router.post("/authorize", response_model=None)
    async def post_authorize(chosen: Annotated[Chosen, Form()]) -> HTMLResponse | RedirectResponse:
        return desk.admit(chosen)

    @router.get("/logout", response_model=None)
    async def get_logout(asked: Annotated[LogoutRequest, Query()]) -> HTMLResponse | RedirectResponse:
        return desk.leave(asked)

    @router.post("/logout", response_model=None)
    async def post_logout(asked: Annotated[LogoutRequest, Form()]) -> HTMLResponse | RedirectResponse:
        return desk.leave(asked)

    return router
