"""A fenced lease: one holder at a time, each change of holder with a higher token. Real time only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg

LEASE_SECONDS = 3.0
RENEW_SECONDS = 1.0

TAKE = """
    INSERT INTO relay_lease AS held (name, holder, token, expires_at)
    VALUES ($1, $2, 1, clock_timestamp() + make_interval(secs => $3))
    ON CONFLICT (name) DO UPDATE SET
        holder = EXCLUDED.holder,
        token = CASE WHEN held.holder = EXCLUDED.holder THEN held.token ELSE held.token + 1 END,
        expires_at = EXCLUDED.expires_at
    WHERE held.holder = EXCLUDED.holder OR held.expires_at < clock_timestamp()
    RETURNING token
"""
RELEASE = (
    "UPDATE relay_lease SET expires_at = clock_timestamp() WHERE name = $1 AND holder = $2 AND token = $3"
)


@dataclass(frozen=True, slots=True)
class Lease:
    """What a holder holds: statements that matter carry its token, so a late one does nothing."""

    name: str
    holder: UUID
    token: int


async def take_lease(connection: "asyncpg.Connection[Any]", name: str, holder: UUID) -> Lease | None:
    """Take or renew the lease for ``LEASE_SECONDS``; None while another holds it."""
    token = await connection.fetchval(TAKE, name, holder, LEASE_SECONDS)
    return None if token is None else Lease(name, holder, token)


async def release_lease(connection: "asyncpg.Connection[Any]", lease: Lease) -> None:
    """Give the lease back at once, so that a successor need not wait."""
    await connection.execute(RELEASE, lease.name, lease.holder, lease.token)
