"""The issuer's published keys: read ahead of need, read again when a token names a new one, never once per token."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

import httpx
import structlog
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet

from shared.errors import Unavailable

log = structlog.get_logger()

REFETCH_AFTER_SECONDS = 5.0
KEYS_FRESH_SECONDS = 600.0
RETRY_SECONDS = 10.0


class IssuerUnavailable(Unavailable):
    """The issuer's keys cannot be read, so nobody's token can be told from a false one."""

    title = "Sign-in is temporarily unavailable"


class IssuerKeys:
    """The keys of one issuer, for one process. ``client`` is closed by whoever gave it."""

    def __init__(self, issuer_url: str, client: httpx.AsyncClient) -> None:
        self._issuer = issuer_url
        self._client = client
        self._keys: KeySet | None = None
        self._ids: frozenset[str | None] = frozenset()
        self._fetched_at = self._tried_at = self._again_at = float("-inf")
        self._reachable = False
        self._fetching = asyncio.Lock()

    async def present(self) -> KeySet:
        """The keys that were read last, at once; read now only when there are none. Raises ``IssuerUnavailable``."""
        return self._keys or await self._fetch(unless_tried_after=time.monotonic())

    async def again(self) -> KeySet:
        """The keys read again at once: an unknown key id may be a new key, with which issuers sign at once.

        Once in some seconds, however many tokens name keys that never were.
        """
        now = time.monotonic()
        if now - self._again_at >= REFETCH_AFTER_SECONDS:
            self._again_at = now
        return await self._fetch(unless_tried_after=self._again_at)

    def publishes(self, key_id: str) -> bool:
        """Whether the key was among those read last: a withdrawn one stops counting."""
        return key_id in self._ids

    async def follow(self) -> None:
        """Read them at once and every ten minutes, beside the requests; until cancelled."""
        while True:
            try:
                await self._fetch(unless_tried_after=time.monotonic())
            except IssuerUnavailable:
                await asyncio.sleep(RETRY_SECONDS)  # those that were read before go on counting
            else:
                await asyncio.sleep(KEYS_FRESH_SECONDS)

    async def _fetch(self, *, unless_tried_after: float) -> KeySet:
        """Read the keys, or share the outcome of a try after that moment (monotonic seconds)."""
        async with self._fetching:
            if self._tried_at < unless_tried_after:
                try:
                    self._keys = await self._published()
                    self._ids = frozenset(key.kid for key in self._keys.keys)
                    self._fetched_at = time.monotonic()
                finally:
                    self._tried_at = time.monotonic()
                    self._reachable = self._fetched_at > unless_tried_after
            if self._keys is None or not self._reachable:
                raise IssuerUnavailable
            return self._keys

    async def _published(self) -> KeySet:
        try:
            configuration = await self._read(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            return _usable(await self._read(_address_of_keys(configuration, self._issuer)))
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


def _address_of_keys(configuration: Mapping[str, Any], issuer_url: str) -> str:
    if configuration["issuer"] != issuer_url:  # OpenID Connect Discovery 1.0, section 4.3
        raise ValueError("the configuration is another issuer's")
    address = str(configuration["jwks_uri"])
    if issuer_url.startswith("https:") and not address.startswith("https:"):
        raise ValueError("the keys of an issuer behind TLS would come without it")
    return address


def _usable(jwks: Mapping[str, Any]) -> KeySet:
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
