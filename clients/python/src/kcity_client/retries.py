"""When and how long to wait before a request is sent again; pure."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TOO_MANY = 429
PASSING = frozenset({408, 502, 503, 504})
"""Statuses that pass by themselves. A 409 passes when it says so in ``Retry-After``: a twin is being worked on."""
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Retries:
    """How patient a client is. ``attempts``: how often a request is sent in all; 1 for never again.

    Pauses double from ``first_pause`` to ``longest_pause`` seconds with full jitter; ``Retry-After`` is kept to the
    second and more. A wait that would pass ``within`` seconds since the first attempt is not begun.
    """

    attempts: int = 5
    first_pause: float = 0.25
    longest_pause: float = 8.0
    within: float = 60.0

    def pause(self, attempt: int, retry_after: float | None, elapsed: float) -> float | None:
        """Seconds to wait after failed ``attempt`` (from 1), or None for no more."""
        if attempt >= self.attempts:
            return None
        ceiling = min(self.longest_pause, self.first_pause * 2 ** (attempt - 1))
        jitter = random.uniform(0, ceiling)  # noqa: S311 - spreads clients, guards nothing
        wait = jitter if retry_after is None else retry_after + min(jitter, self.first_pause)
        return wait if elapsed + wait <= self.within else None


NEVER = Retries(attempts=1)


def retry_after_of(headers: Mapping[str, str]) -> float | None:
    """Seconds that the service asks to wait, or None. Source: RFC 9110, 10.2.3."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def may_pass(status: int, retry_after: float | None, *, repeatable: bool) -> bool:
    """Whether a refusal may be over later. 429 is counted before anything is done, so it holds for every request."""
    if status == TOO_MANY:
        return True
    return repeatable and (status in PASSING or (status == CONFLICT and retry_after is not None))
