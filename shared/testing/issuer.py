"""The local stack's issuer inside the test process: real keys, real tokens, no socket."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import httpx
from joserfc.jwk import OKPKey

from deploy.local.issuer import create_app, mint
from shared.auth.caller import Role, Track
from shared.auth.verifier import TokenVerifier


class TokenIssuer:
    """Gives tokens, and a verifier that reads its keys: ``app.state.tokens = issuer.verifier()``."""

    url = "http://127.0.0.1:8180"

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.asked_hosts: set[str] = set()
        self.reachable = True
        self.rotate()

    def rotate(self) -> None:
        """Sign with a fresh key from now on; the former is no longer published."""
        self.key = OKPKey.generate_key("Ed25519", auto_kid=True)
        self._transport = httpx.ASGITransport(create_app(self.key, self.url))

    def token(
        self,
        subject: str,
        *roles: Role,
        organisation_id: UUID | None = None,
        tracks: Iterable[Track] = (),
        scope: str = "",
        lasts_seconds: int = 3600,
        **claims: Any,
    ) -> str:
        """A token for ``subject``; ``claims`` replace the usual ones."""
        return mint(
            self.key,
            self.url,
            subject=subject,
            roles=roles,
            organisation_id=None if organisation_id is None else str(organisation_id),
            tracks=tuple(tracks),
            scope=scope,
            expires_in=lasts_seconds,
            **claims,
        )

    def header(self, subject: str, *roles: Role, **options: Any) -> dict[str, str]:
        """The Authorization header with a token, see ``token``."""
        return {"Authorization": f"Bearer {self.token(subject, *roles, **options)}"}

    def verifier(self, **options: Any) -> TokenVerifier:
        """A fresh verifier that asks this issuer for its keys."""
        return TokenVerifier(self.url, "kcity", client=httpx.AsyncClient(transport=self.transport), **options)

    @property
    def transport(self) -> httpx.AsyncBaseTransport:
        """The way to this issuer, on which every request is noted in ``asked``."""
        return _Watched(self)

    async def answer(self, request: httpx.Request) -> httpx.Response:
        """What the issuer answers, or a connection error while it is not ``reachable``."""
        self.asked.append(request.url.path)
        self.asked_hosts.add(request.url.netloc.decode())
        if not self.reachable:
            raise httpx.ConnectError("the issuer is down", request=request)
        return await self._transport.handle_async_request(request)


class _Watched(httpx.AsyncBaseTransport):
    """Passes requests to the issuer's application as it is at that moment."""

    def __init__(self, issuer: TokenIssuer) -> None:
        self._issuer = issuer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        return await self._issuer.answer(request)
