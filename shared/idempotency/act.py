"""A POST that creates or acts, and doing it once."""

import hashlib
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import rfc8785
from fastapi import Depends, Header, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy import text

from shared.auth.caller import Caller
from shared.auth.dependencies import CallerDep
from shared.database.connection import Database, Tx
from shared.errors import DomainError, Kind
from shared.http.edge import route_template
from shared.idempotency.store import KEPT_DAYS, lock_key

_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class IdempotencyKeyMissing(DomainError):
    """A request that creates or acts must carry a key, so that it can be repeated safely."""

    kind = Kind.MALFORMED
    title = "Idempotency-Key is required"

    def __init__(self) -> None:
        super().__init__(
            "Make a random key for the act, send it as Idempotency-Key, and repeat with the same one."
        )


class IdempotencyKeyInvalid(DomainError):
    """The key has another form than 1 to 255 visible ASCII characters."""

    kind = Kind.MALFORMED
    title = "Idempotency-Key has the wrong form"

    def __init__(self) -> None:
        super().__init__("A key has 1 to 255 visible ASCII characters; a random UUID is a good one.")


class KeyReused(DomainError):
    """The key was already used for another request."""

    kind = Kind.INVALID
    title = "The Idempotency-Key belongs to another request"

    def __init__(self) -> None:
        super().__init__("Use a fresh key for another act, or repeat the first request unchanged.")


class TwinInFlight(DomainError):
    """The same act is being done at this moment."""

    kind = Kind.CONFLICT
    title = "The same request is being worked on"

    def __init__(self) -> None:
        super().__init__(
            "Wait a moment and send the same request again: you will get its outcome.", retry_after_seconds=1
        )


class NothingKept(RuntimeError):
    """A route ended well inside ``Act.once`` without ``keep``: its repeat would act twice, so it is rolled back."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the first request came to: its HTTP status, and a reference to load the answer by."""

    status: int
    reference: str


@dataclass(slots=True)
class Once:
    """Inside the one transaction. ``kept`` is None the first time; then call ``keep`` before the block ends.

    When ``kept`` is there, load the answer by its reference, checking again that the caller may see it.
    """

    tx: Tx
    kept: Kept | None
    _act: "Act"
    _done: bool = field(default=False)

    async def keep(self, *, status: int, reference: str, for_good: bool = False) -> None:
        """Keep the outcome, in this transaction: 7 days, or ``for_good``."""
        await self.tx.execute(
            _KEEP, {**self._act.row(status, reference, for_good=for_good), "days": KEPT_DAYS}
        )
        self._done = True

    @property
    def settled(self) -> bool:
        """Whether there is an outcome to commit."""
        return self._done or self.kept is not None


@dataclass(frozen=True, slots=True)
class Act:
    """Who does what under which key: scope is caller and route, fingerprint is the request itself."""

    caller: Caller
    scope: str
    key: str
    fingerprint: bytes

    @property
    def lock(self) -> int:
        """The advisory lock of this act, see ``lock_key``."""
        return lock_key(self.scope, self.key)

    def row(self, status: int, reference: str, *, for_good: bool = False) -> dict[str, Any]:
        """The values of ``INSERT_COLUMNS``."""
        return {
            "scope": self.scope,
            "key": self.key,
            "fingerprint": self.fingerprint,
            "status": status,
            "reference": reference,
            "for_good": for_good,
        }

    def with_content(self, digest: bytes) -> "Act":
        """The same act about content that is not JSON (an upload), which ``digest`` stands for."""
        return replace(self, fingerprint=hashlib.sha256(self.fingerprint + digest).digest())

    def read(self, fingerprint: bytes, status: int, reference: str) -> Kept:
        """A stored row as what this act came to. Raises ``KeyReused`` when the row is another request's."""
        if fingerprint != self.fingerprint:
            raise KeyReused
        return Kept(status, reference)

    async def is_kept(self, database: Database) -> bool:
        """Whether something is kept under the key, of this request or of another: for what is costly to begin."""
        async with database.engine.connect() as connection:
            values = {"scope": self.scope, "key": self.key, "days": KEPT_DAYS}
            return (await connection.execute(_READ, values)).first() is not None

    @asynccontextmanager
    async def once(self, database: Database) -> AsyncIterator[Once]:
        """One transaction in which the act is done, or found done.

        Raises ``TwinInFlight`` while another request with the key is at work, ``KeyReused`` when the key is
        another request's. A refusal inside the block rolls back, keeps nothing and leaves the key free.
        """
        async with database.transaction() as tx:
            if not await tx.scalar(_LOCK, {"lock": self.lock}):
                raise TwinInFlight
            # a statement of its own: its snapshot must be younger than the lock
            row = (await tx.execute(_READ, {"scope": self.scope, "key": self.key, "days": KEPT_DAYS})).first()
            once = Once(tx, None if row is None else self.read(*row), self)
            yield once
            if not once.settled:
                raise NothingKept


_LOCK = text("SELECT pg_try_advisory_xact_lock(:lock)")
_READ = text(
    "SELECT fingerprint, status, reference FROM idempotency_key WHERE scope = :scope AND key = :key "
    "AND (for_good OR created_at >= clock_timestamp() - make_interval(days => :days))"
)
_KEEP = text(
    "INSERT INTO idempotency_key AS kept (scope, key, fingerprint, status, reference, for_good) "
    "VALUES (:scope, :key, :fingerprint, :status, :reference, :for_good) "
    "ON CONFLICT (scope, key) DO UPDATE SET fingerprint = EXCLUDED.fingerprint, status = EXCLUDED.status, "
    "reference = EXCLUDED.reference, for_good = EXCLUDED.for_good, created_at = clock_timestamp() "
    "WHERE NOT kept.for_good AND kept.created_at < clock_timestamp() - make_interval(days => :days)"
)


async def idempotent_act(
    request: Request,
    caller: CallerDep,
    key: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key",
            description="Required. Random, one per act, 1–255 visible ASCII characters; repeat with the same one.",
            examples=["5e0c7c2e-6d0f-4f2c-9b1e-0a3d1f6b7c55"],
        ),
    ] = None,
) -> Act:
    """The act this request asks for. Raises ``IdempotencyKeyMissing`` or ``IdempotencyKeyInvalid``."""
    if key is None or not key.strip():
        raise IdempotencyKeyMissing
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyInvalid
    scope = f"{caller.subject} {request.method} {route_template(request.scope)}"
    return Act(caller, scope, key, await fingerprint_of(request))


ActDep = Annotated[Act, Depends(idempotent_act)]


async def fingerprint_of(request: Request) -> bytes:
    """SHA-256 of method, path, query and canonical JSON body; a body that is not JSON stays out (``with_content``).

    Raises ``RequestValidationError`` for a body that says it is JSON and is not.
    """
    digest = hashlib.sha256()
    for part in (request.method, request.url.path, request.url.query):
        digest.update(part.encode() + b"\0")
    if "json" in request.headers.get("content-type", "") and await request.body():
        digest.update(_canonical(await _json_of(request)))
    return digest.digest()


async def _json_of(request: Request) -> Any:
    """The body, also of a route that declares none, so that nobody has read it before."""
    try:
        return await request.json()
    except json.JSONDecodeError as error:
        place = {"type": "json_invalid", "loc": ("body", error.pos), "msg": "JSON decode error", "input": {}}
        raise RequestValidationError([{**place, "ctx": {"error": error.msg}}]) from error


def _canonical(body: Any) -> bytes:
    """Equal for bodies that differ in spaces and order only, also where RFC 8785 has no form for a number."""
    try:
        return rfc8785.dumps(body)
    except rfc8785.CanonicalizationError:
        return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
