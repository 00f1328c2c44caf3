"""Repeating a POST is harmless: the same Idempotency-Key leads to what the first one did, never to a second act.

Source: architecture, "Idempotency". Kept are status and the reference of what came out, no bodies; refusals
(4xx) are not kept; 7 days, or for good.
"""

from shared.idempotency.act import (
    Act,
    ActDep,
    IdempotencyKeyInvalid,
    IdempotencyKeyMissing,
    Kept,
    KeyReused,
    NothingKept,
    Once,
    TwinInFlight,
    idempotent_act,
)
from shared.idempotency.lookup import idempotency_router
from shared.idempotency.store import (
    INSERT_COLUMNS,
    KEPT_DAYS,
    add_idempotency_table,
    lock_key,
    purge_expired,
)

__all__ = [
    "INSERT_COLUMNS",
    "KEPT_DAYS",
    "Act",
    "ActDep",
    "IdempotencyKeyInvalid",
    "IdempotencyKeyMissing",
    "Kept",
    "KeyReused",
    "NothingKept",
    "Once",
    "TwinInFlight",
    "add_idempotency_table",
    "idempotency_router",
    "idempotent_act",
    "lock_key",
    "purge_expired",
]
