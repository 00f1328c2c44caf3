"""Bearer tokens: verified against the issuer's published keys, by real time, and remembered until they expire."""

import asyncio
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self
from uuid import UUID

import httpx
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError

from shared.auth.caller import TRACKS, Caller, Role
from shared.auth.issuer_keys import IssuerKeys
from shared.auth.token_form import key_id_of
from shared.errors import DomainError, Kind

ALGORITHMS = ("Ed25519", "ES256", "RS256")
LEEWAY_SECONDS = 30
REMEMBERED_TOKENS = 10_000
_SUBJECT = re.compile(r"[\x21-\x7e]{1,255}")


class TokenMissing(DomainError):
    """The act needs a caller; the request names none."""

    kind = Kind.UNAUTHENTICATED
    title = "Sign in first"

    def __init__(self) -> None:
        super().__init__("Send an access token in the header: Authorization: Bearer <token>.")


class TokenInvalid(DomainError):
    """The token was not issued for us by our issuer, or says something unreadable."""

    kind = Kind.UNAUTHENTICATED
    title = "The access token is not valid"

    def __init__(self) -> None:
        super().__init__("Get an access token for this service from its issuer.")
        self.challenge = 'Bearer error="invalid_token"'


class TokenExpired(DomainError):
    """The token was good once."""

    kind = Kind.UNAUTHENTICATED
    title = "The access token has expired"

    def __init__(self) -> None:
        super().__init__("Get a new access token and send the same request again.")
        self.challenge = 'Bearer error="invalid_token"'


@dataclass(frozen=True, slots=True)
class _Remembered:
    caller: Caller
    expires_at: float
    key_id: str


class TokenVerifier:
    """Turns an access token into a ``Caller``. One per process; ``async with`` keeps the issuer's keys fresh.

    The issuer is asked for its keys alone, beside the requests: never about a token. ``now``: real time in seconds
    since 1970; a host's own clock may be minutes off.
    """

    def __init__(
        self,
        issuer_url: str,
        audience: str,
        *,
        now: Callable[[], float] = time.time,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._now = now
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(now()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer_url},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        self._client = client or httpx.AsyncClient(timeout=httpx.Timeout(5, connect=2))
        self._keys = IssuerKeys(issuer_url, self._client)
        self._following: asyncio.Task[None] | None = None
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()

    async def close(self) -> None:
        """Close the connection to the issuer."""
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        self._following = asyncio.create_task(self._keys.follow(), name="issuer keys")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def verify(self, token: str) -> Caller:
        """The caller a token names. Raises ``TokenInvalid``, ``TokenExpired`` or ``IssuerUnavailable``.

        Technical time: a token expires in real time, in a rehearsal too.
        """
        digest = hashlib.sha256(token.encode()).digest()
        known = self._remembered.get(digest)
        if known is not None:
            if known.expires_at > self._now() and self._keys.publishes(known.key_id):
                self._remembered.move_to_end(digest)
                return known.caller
            del self._remembered[digest]
        remembered = await self._read(token)
        self._remembered[digest] = remembered
        while len(self._remembered) > REMEMBERED_TOKENS:
            self._remembered.popitem(last=False)
        return remembered.caller

    async def _read(self, token: str) -> _Remembered:
        try:
            key_id = key_id_of(token)
            claims = await self._claims_of(token)
            return _Remembered(caller_in(claims), claims["exp"] + LEEWAY_SECONDS, key_id)
        except ExpiredTokenError as error:
            raise TokenExpired from error
        except (JoseError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise TokenInvalid from error

    async def _claims_of(self, token: str) -> dict[str, Any]:
        keys = await self._keys.present()
        try:
            decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            decoded = jwt.decode(token, await self._keys.again(), algorithms=ALGORITHMS)
        self._claims.validate(decoded.claims)
        return decoded.claims


def caller_in(claims: Mapping[str, Any]) -> Caller:
    """The caller in verified claims. Roles and tracks that we do not know are ignored; a system is nothing besides.

    Raises ``ValueError``, ``TypeError`` or ``OverflowError`` for claims that say something unreadable.
    """
    subject = claims["sub"]
    if not _SUBJECT.fullmatch(subject):
        raise ValueError("the subject has characters that have no place in one")
    roles, tracks = _strings(claims.get("roles")), _strings(claims.get("tracks"))
    organisation = claims.get("organisation_id")
    person = Caller(
        subject=subject,
        roles=frozenset(role for role in Role if role in roles),
        organisation_id=None if organisation is None else _uuid(organisation),
        tracks=frozenset(track for track in TRACKS if track in tracks),
        scopes=_words(claims.get("scope")),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )
    if not person.is_machine:
        return person
    return replace(person, roles=frozenset({Role.SYSTEM}), organisation_id=None, tracks=frozenset())


def _strings(value: object) -> frozenset[str]:
    return (
        frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
    )


def _words(value: object) -> frozenset[str]:
    return frozenset(value.split()) if isinstance(value, str) else frozenset()


def _uuid(value: object) -> UUID:
    if not isinstance(value, str):
        raise TypeError("an organisation's id is a UUID in a string")
    return UUID(value)
