"""Bearer tokens: verified against the issuer's published keys, by real time, and remembered until they expire."""

import asyncio
import contextlib
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self, cast
from uuid import UUID

import httpx
import structlog
from joserfc import jwt
from joserfc.errors import ExpiredTokenError, InvalidKeyIdError, JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from shared.auth.caller import TRACKS, Caller, Role
from shared.errors import DomainError, Kind, Unavailable

log = structlog.get_logger()

ALGORITHMS = ("Ed25519", "ES256", "RS256")
LEEWAY_SECONDS = 30
REFETCH_AFTER_SECONDS = 5.0
KEYS_FRESH_SECONDS = 600.0
REMEMBERED_TOKENS = 10_000
_LONGEST_TOKEN = 16_384
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


class IssuerUnavailable(Unavailable):
    """The issuer's keys cannot be read, so nobody's token can be told from a false one."""

    title = "Sign-in is temporarily unavailable"


@dataclass(frozen=True, slots=True)
class _Remembered:
    caller: Caller
    expires_at: float


class TokenVerifier:
    """Turns an access token into a ``Caller``. One per process; ``close`` it.

    ``now``: real time in seconds since 1970; a host's own clock may be minutes off.
    """

    def __init__(
        self,
        issuer_url: str,
        audience: str,
        *,
        now: Callable[[], float] = time.time,
        client: httpx.AsyncClient | None = None,
    ) -> None:
        self._issuer = issuer_url
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
        self._keys: KeySet | None = None
        self._fetched_at = self._tried_at = float("-inf")
        self._reachable = False
        self._fetching = asyncio.Lock()
        self._remembered: OrderedDict[bytes, _Remembered] = OrderedDict()

    async def close(self) -> None:
        """Close the connection to the issuer."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
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
            if known.expires_at > self._now():
                self._remembered.move_to_end(digest)
                return known.caller
            del self._remembered[digest]
        claims = await self._claims_of(token)
        caller = _caller_of(claims)
        self._remember(digest, _Remembered(caller, claims["exp"] + LEEWAY_SECONDS))
        return caller

    def _remember(self, digest: bytes, remembered: _Remembered) -> None:
        self._remembered[digest] = remembered
        while len(self._remembered) > REMEMBERED_TOKENS:
            self._remembered.popitem(last=False)

    async def _claims_of(self, token: str) -> dict[str, Any]:
        if len(token) > _LONGEST_TOKEN:
            raise TokenInvalid
        keys = await self._present_keys()
        try:
            try:
                decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            except InvalidKeyIdError:
                decoded = jwt.decode(token, await self._refetched(), algorithms=ALGORITHMS)
            self._claims.validate(decoded.claims)
        except ExpiredTokenError as error:
            raise TokenExpired from error
        except (JoseError, ValueError, TypeError, RecursionError) as error:
            raise TokenInvalid from error
        return decoded.claims

    async def _present_keys(self) -> KeySet:
        """The keys, read again when they are old, so that a withdrawn key stops counting; old ones beat none."""
        if self._keys is None:
            return await self._fetch(unless_tried_after=time.monotonic())
        if time.monotonic() - self._fetched_at > KEYS_FRESH_SECONDS:
            with contextlib.suppress(IssuerUnavailable):
                return await self._refetched()
        return self._keys

    async def _refetched(self) -> KeySet:
        """The keys read again, as an unknown key id may be a new key; tried at most once in some seconds."""
        return await self._fetch(unless_tried_after=time.monotonic() - REFETCH_AFTER_SECONDS)

    async def _fetch(self, *, unless_tried_after: float) -> KeySet:
        """Read the keys, or share the outcome of a try after that moment (monotonic seconds)."""
        async with self._fetching:
            if self._tried_at < unless_tried_after:
                try:
                    self._keys = await self._published_keys()
                    self._fetched_at = time.monotonic()
                finally:
                    self._tried_at = time.monotonic()
                    self._reachable = self._fetched_at > unless_tried_after
            if self._keys is None or not self._reachable:
                raise IssuerUnavailable
            return self._keys

    async def _published_keys(self) -> KeySet:
        try:
            configuration = await self._read(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            return _usable_keys(await self._read(str(configuration["jwks_uri"])))
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("auth.issuer_unavailable", error=type(error).__name__)
            raise IssuerUnavailable from error

    async def _read(self, url: str) -> Mapping[str, Any]:
        response = await self._client.get(url)
        response.raise_for_status()
        content = response.json()
        if not isinstance(content, Mapping):
            raise TypeError("the issuer did not answer with a JSON object")
        return content


def _usable_keys(jwks: Mapping[str, Any]) -> KeySet:
    """The signing keys we understand; others in the set (encryption, new kinds) are left aside (RFC 7517, 5)."""
    keys: list[Key] = []
    for jwk in jwks["keys"]:
        if jwk.get("kty") in ("OKP", "EC", "RSA") and jwk.get("use", "sig") == "sig":
            try:
                keys.append(JWKRegistry.import_key(jwk))
            except (JoseError, ValueError) as error:
                log.warning("auth.key_left_aside", error=type(error).__name__)
    if not keys:
        raise ValueError("the issuer publishes no key that we can use")
    return KeySet(keys)


def _caller_of(claims: Mapping[str, Any]) -> Caller:
    """The caller in verified claims. Roles and tracks that we do not know are ignored; a system is nothing besides."""
    subject = claims["sub"]
    if not _SUBJECT.fullmatch(subject):
        raise TokenInvalid
    roles = _strings(claims.get("roles"))
    tracks = _strings(claims.get("tracks"))
    person = Caller(
        subject=subject,
        roles=frozenset(role for role in Role if role in roles),
        organisation_id=_uuid(claims.get("organisation_id")),
        tracks=frozenset(track for track in TRACKS if track in tracks),
        scopes=frozenset(str(claims.get("scope") or "").split()),
        expires_at=datetime.fromtimestamp(claims["exp"], UTC),
    )
    if not person.is_machine:
        return person
    return replace(person, roles=frozenset({Role.SYSTEM}), organisation_id=None, tracks=frozenset())


def _strings(value: object) -> frozenset[str]:
    return (
        frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
    )


def _uuid(value: object) -> UUID | None:
    if value is None:
        return None
    try:
        return UUID(cast("str", value))
    except (ValueError, AttributeError, TypeError) as error:
        raise TokenInvalid from error
