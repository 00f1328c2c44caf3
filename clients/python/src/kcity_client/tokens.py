"""Where access tokens come from: a string, a callback, or the client credentials of a system."""

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from kcity_client._effects import AskToken, Effect, Outgoing, Received, Reply, Send, TokenCallback
from kcity_client.errors import TokenRefused

EARLY_SECONDS = 30.0
"""A token is asked anew this long before it expires."""

OK = 200
TokenSource: TypeAlias = "str | TokenCallback | ClientCredentials | None"


@dataclass(slots=True)
class ClientCredentials:
    """A system's token (RFC 6749, section 4.4), asked when needed and kept until shortly before it expires.

    ``token_url``: ``token_endpoint`` of the issuer's discovery document. ``scope``: separated by spaces.
    """

    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    scope: str = ""
    _token: str | None = field(default=None, init=False, repr=False)
    _good_until: float = field(default=0.0, init=False, repr=False)

    def current(self, renew: bool) -> Generator[Effect, Reply, str]:
        """The token, asked of the issuer where it must be. Raises ``TokenRefused``."""
        if self._token is None or renew or time.monotonic() >= self._good_until:
            answer = yield Send(self._request())
            self._keep(answer)
        assert self._token is not None  # noqa: S101 - _keep raises otherwise
        return self._token

    def _request(self) -> Outgoing:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "scope": self.scope,
        }
        return Outgoing("POST", self.token_url, {"Accept": "application/json"}, form=form)

    def _keep(self, answer: Reply) -> None:
        if not isinstance(answer, Received):
            raise TokenRefused(0, "the issuer was not reached")
        found = answer.json()
        told = found if isinstance(found, dict) else {}
        token = told.get("access_token")
        if answer.status != OK or not isinstance(token, str):
            raise TokenRefused(answer.status, _error_of(told))
        self._token = token
        lifetime = told.get("expires_in")
        seconds = float(lifetime) if isinstance(lifetime, (int, float)) else 0.0
        self._good_until = time.monotonic() + max(0.0, seconds - EARLY_SECONDS)


def token(source: TokenSource, *, renew: bool) -> Generator[Effect, Reply, str | None]:
    """The token to send, or None without a source."""
    if source is None or isinstance(source, str):
        return source
    if isinstance(source, ClientCredentials):
        return (yield from source.current(renew))
    given = yield AskToken(source, renew)
    assert given is None or isinstance(given, str)  # noqa: S101 - what drivers reply to AskToken
    return given


def renewable(source: TokenSource) -> bool:
    """Whether it can give another token than the last."""
    return source is not None and not isinstance(source, str)


def _error_of(told: Mapping[str, object]) -> str:
    found = told.get("error")
    return found if isinstance(found, str) else "no reason given"
