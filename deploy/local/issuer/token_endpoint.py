"""``POST /token``: codes, refresh tokens and client secrets for tokens. Source: RFC 6749, sections 4 to 6."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, Literal
from urllib.parse import unquote_plus
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response
from pydantic import BaseModel, Field

from deploy.local.issuer.clients import DEVELOPMENT_GRANT, front_end, machine
from deploy.local.issuer.documents import AUTHORIZATION_CODE, CLIENT_CREDENTIALS, REFRESH_TOKEN
from deploy.local.issuer.keys import SigningKeys
from deploy.local.issuer.refusals import NO_STORE, OAuthError
from deploy.local.issuer.sessions import Sessions, SignIn
from deploy.local.issuer.tokens import (
    LIFETIME_SECONDS,
    MOST_SECONDS,
    SIGNED_IN_SECONDS,
    mint,
    mint_identity,
)
from shared.auth.caller import Role


class TokenRequest(BaseModel):
    """The form of ``/token``; lists are separated by spaces or commas."""

    grant_type: str
    client_id: str = ""
    client_secret: str = ""
    scope: str = ""
    code: str = ""
    redirect_uri: str = ""
    code_verifier: Annotated[str, Field(max_length=128)] = ""
    refresh_token: str = ""
    # the development grant's
    subject: str = ""
    roles: str = ""
    organisation_id: UUID | Literal[""] = ""
    tracks: str = ""
    expires_in: Annotated[int, Field(le=MOST_SECONDS)] = LIFETIME_SECONDS


class TokenDesk:
    """Answers each grant."""

    def __init__(self, keys: SigningKeys, issuer: str, sessions: Sessions) -> None:
        self._keys = keys
        self._issuer = issuer
        self._sessions = sessions

    def answer(self, asked: TokenRequest) -> dict[str, Any]:
        """The tokens that a request gets. Raises ``OAuthError``."""
        if asked.grant_type == AUTHORIZATION_CODE:
            front_end(asked.client_id)
            return self._signed_in(
                self._sessions.redeem_code(
                    asked.code, asked.client_id, asked.redirect_uri, asked.code_verifier
                )
            )
        if asked.grant_type == REFRESH_TOKEN:
            front_end(asked.client_id)
            return self._signed_in(self._sessions.refresh(asked.refresh_token, asked.client_id))
        if asked.grant_type == CLIENT_CREDENTIALS:
            found = machine(asked.client_id, asked.client_secret)
            scope = found.granted(asked.scope)
            return self._access(asked.client_id, [found.role], scope=scope, expires_in=LIFETIME_SECONDS)
        if asked.grant_type == DEVELOPMENT_GRANT:
            return self._for_anybody(asked)
        raise OAuthError("unsupported_grant_type", "See grant_types_supported of the configuration.")

    def _signed_in(self, sign_in: SignIn) -> dict[str, Any]:
        person = sign_in.person
        answer = self._access(
            person.subject,
            [person.role],
            organisation_id=person.organisation_id and str(person.organisation_id),
            tracks=person.tracks,
            scope=sign_in.scope,
            expires_in=SIGNED_IN_SECONDS,
        )
        answer["refresh_token"] = self._sessions.refresh_token(sign_in)
        if "openid" in sign_in.scope.split():
            answer["id_token"] = mint_identity(
                self._keys.signing(),
                self._issuer,
                subject=person.subject,
                client_id=sign_in.client_id,
                nonce=sign_in.nonce,
                auth_time=sign_in.signed_in_at,
                sid=sign_in.id,
                name=person.name.en if "profile" in sign_in.scope.split() else None,
            )
        return answer

    def _for_anybody(self, asked: TokenRequest) -> dict[str, Any]:
        roles = _words(asked.roles)
        if not asked.subject or set(roles) - set(Role):
            raise OAuthError("invalid_request", "A subject is needed, and roles of: " + ", ".join(Role) + ".")
        return self._access(
            asked.subject,
            roles,
            organisation_id=str(asked.organisation_id) or None,
            tracks=_words(asked.tracks),
            scope=asked.scope,
            expires_in=asked.expires_in,
        )

    def _access(
        self, subject: str, roles: Sequence[str], *, scope: str, expires_in: int, **claims: Any
    ) -> dict[str, Any]:
        token = mint(
            self._keys.signing(),
            self._issuer,
            subject=subject,
            roles=roles,
            scope=scope,
            expires_in=expires_in,
            **claims,
        )
        return {"access_token": token, "token_type": "Bearer", "expires_in": expires_in, "scope": scope}


def token_router(desk: TokenDesk) -> APIRouter:
    """The endpoint."""
    router = APIRouter()

    @router.post("/token")
    async def post_token(
        request: Request, response: Response, asked: Annotated[TokenRequest, Form()]
    ) -> dict[str, Any]:
        response.headers.update(NO_STORE)
        return desk.answer(_with_basic(asked, request.headers.get("authorization", "")))

    return router


def _with_basic(asked: TokenRequest, header: str) -> TokenRequest:
    """Client id and secret may come in HTTP Basic instead of the form. Source: RFC 6749, section 2.3.1."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return asked
    try:
        client_id, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise OAuthError("invalid_client", "The Authorization header is not readable.", 401) from error
    return asked.model_copy(
        update={"client_id": unquote_plus(client_id), "client_secret": unquote_plus(secret)}
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())
