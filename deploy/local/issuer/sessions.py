"""Who signed in: one-use codes and refresh tokens, in the memory of this process and bounded.

A code or refresh token that comes a second time was stolen by one of the two who sent it, so the whole sign-in
ends. Source: OAuth 2.1, sections 4.1.3 and 4.3.1.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from deploy.local.issuer.refusals import OAuthError
from deploy.local.people import SamplePerson

CODE_SECONDS = 60
SESSION_SECONDS = 10 * 3600
_MOST_KEPT = 10_000
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class SignIn:
    """One sign-in of a person at a client. ``signed_in_at``: seconds since 1970."""

    id: str
    person: SamplePerson
    client_id: str
    scope: str
    signed_in_at: int
    nonce: str | None


@dataclass(frozen=True, slots=True)
class _Ticket:
    sign_in: SignIn
    expires_at: float
    redirect_uri: str = ""
    challenge: str = ""


class Sessions:
    """All sign-ins. ``now``: seconds since 1970."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._tickets: OrderedDict[str, _Ticket] = OrderedDict()
        self._spent: OrderedDict[str, str] = OrderedDict()
        self._ended: OrderedDict[str, None] = OrderedDict()

    def begin(self, sign_in: SignIn, redirect_uri: str, challenge: str) -> str:
        """The code that the client fetches its tokens with, once, within a minute."""
        return self._issue(_Ticket(sign_in, self._now() + CODE_SECONDS, redirect_uri, challenge))

    def redeem_code(self, code: str, client_id: str, redirect_uri: str, verifier: str) -> SignIn:
        """The sign-in of a code. Raises ``OAuthError`` for one that is spent, over, another client's or unproven."""
        ticket = self._spend(code, client_id)
        if (
            not ticket.challenge
            or ticket.redirect_uri != redirect_uri
            or not _proves(verifier, ticket.challenge)
        ):
            raise _no_grant()
        return ticket.sign_in

    def refresh(self, token: str, client_id: str) -> SignIn:
        """The sign-in of a refresh token, which is spent by this. Raises ``OAuthError``."""
        ticket = self._spend(token, client_id)
        if ticket.challenge:
            raise _no_grant()
        return ticket.sign_in

    def refresh_token(self, sign_in: SignIn) -> str:
        """The next refresh token of a sign-in; it holds as long as the sign-in may last."""
        return self._issue(_Ticket(sign_in, sign_in.signed_in_at + SESSION_SECONDS))

    def end(self, sign_in_id: str) -> None:
        """Sign out: nothing of this sign-in is redeemed from now on."""
        _keep(self._ended, sign_in_id, None)

    def _issue(self, ticket: _Ticket) -> str:
        secret = secrets.token_urlsafe(32)
        _keep(self._tickets, secret, ticket)
        return secret

    def _spend(self, secret: str, client_id: str) -> _Ticket:
        if secret in self._spent:
            self.end(self._spent[secret])
        ticket = self._tickets.get(secret)
        if ticket is None or ticket.sign_in.client_id != client_id:
            raise _no_grant()
        del self._tickets[secret]
        _keep(self._spent, secret, ticket.sign_in.id)
        if ticket.expires_at <= self._now() or ticket.sign_in.id in self._ended:
            raise _no_grant()
        return ticket


def _keep(shelf: OrderedDict[str, Kept], name: str, thing: Kept) -> None:
    shelf[name] = thing
    while len(shelf) > _MOST_KEPT:
        shelf.popitem(last=False)


def _proves(verifier: str, challenge: str) -> bool:
    """Source: RFC 7636, section 4.6 (S256)."""
    digest = hashlib.sha256(verifier.encode()).digest()
    made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return hmac.compare_digest(made, challenge)


def _no_grant() -> OAuthError:
    return OAuthError("invalid_grant", "Unknown, spent, expired or another client's; sign in again.")
